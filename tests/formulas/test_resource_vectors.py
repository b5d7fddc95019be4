"""Water, waste, green space and energy: every published or computed vector of the reference library."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas import environmental_index as env
from dashboard.formulas import solar_yield, storet, waste_generation
from dashboard.formulas.energy_intensity import class_of, intensity
from dashboard.formulas.green_space import GreenSpace, green_space
from dashboard.formulas.landfill_life import Compaction, days_left
from dashboard.formulas.nowcast import nowcast
from dashboard.formulas.pollution_index import CLASSES, corrected, pollution_index, ratio
from dashboard.formulas.waste_balance import WasteBalance, gap_in_points, waste_balance
from dashboard.formulas.water_standards import class2, usable

D = Decimal
VECTORS = Path(__file__).parents[2] / "../shared/data/water_waste_energy_vectors.csv"
AT_25_C, OWN_SATURATION = D("8.26"), D("8.09")
SEKEBITUNG = {
    "tss": D(8), "ph": D("6.79"), "chloride": D("0.25"), "ni": D(".035"), "zn": D(".03"), "cu": D(".016"),
    "bod": D("3.8"), "cod": D("1.4672"), "do": D(4), "total_n": D("5.56"), "total_p": D(".052"), "oil_fat": D(".1"),
    "fecal_coli": D(240_000), "total_coli": D(4_600_000),
}  # fmt: skip
OWN = {
    "ph": D("7.2"), "tss": D(100), "bod": D("4.5"), "cod": D(30), "do": D("3.5"), "total_p": D("0.25"),
    "fecal_coli": D(7000),
}  # fmt: skip


def written(value: Decimal | Fraction | float, places: int) -> str:
    exact = D(value.numerator) / value.denominator if isinstance(value, Fraction) else D(value)
    return f"{exact:.{places}f}"


def oxygen(value: str) -> Decimal:
    return ratio(D(value), class2()["do"], AT_25_C)


def acid(value: str) -> Decimal:
    return ratio(D(value), class2()["ph"], AT_25_C)


def index_words(values: dict[str, Decimal], saturation: Decimal) -> str:
    found = pollution_index(values, usable(), saturation)
    assert found is not None
    return f"M={found.largest:.4f} R={found.mean:.4f} IP={found.value:.4f} {found.word}"


def storet_of_four() -> str:
    each = (
        storet.points(4, "fisika", True, False, True), storet.points(4, "kimia", True, True, True),
        storet.points(4, "biologi", True, False, False),
    )  # fmt: skip
    return f"{each[0]} + {each[1]} + {each[2]} = {sum(each)} -> {letter(sum(each))} sedang"


def letter(score: int) -> str:
    return storet.judged(score)[0]


def air(no2: str, so2: str) -> str:
    index = env.pollutant_index(D(no2), D(so2))
    return f"Ieu={written(index, 6)} IKU={written(env.iku(index).value, 6)}"


def whole(weights: env.Weights = env.DISTRICT, **parts: str) -> Fraction:
    found = env.iklh({name.upper(): D(value) for name, value in parts.items()}, weights)
    assert isinstance(found, env.ComputedFigure)
    return found.value


def water(*counts: int) -> str:
    found = env.ika(dict(zip(CLASSES.words, counts, strict=True)))
    assert isinstance(found, env.ComputedFigure)
    return written(found.value, 4 if len(set(counts)) > 2 else 1)


def jakstrada() -> str:
    b = waste_balance(D(167_900), D(33_580), D(92_345))
    assert isinstance(b, WasteBalance)
    assert b.unmanaged is not None
    assert (gap_in_points(b.reduced, D(30)), gap_in_points(b.handled, D(70))) == (10, 15)
    shares = [written(s * 100, 2) for s in (b.reduced, b.handled, b.managed, b.unmanaged)]
    return f"{shares[0]}% + {shares[1]}% = {shares[2]}% terkelola; {shares[3]}% not managed"


def tpa() -> str:
    days = days_left(D(250_000), D(300), Compaction(D("0.75"), D("0.15")))
    assert isinstance(days, Fraction)
    return f"{written(days / 365, 4)} years"


def rth() -> str:
    g = green_space(D(140), D(90), D(1000))
    assert isinstance(g, GreenSpace)
    shares = [written(s * 100, 1) for s in (g.public, g.private, g.whole)]
    short = [written(s, 1) for s in (g.public_short, g.private_short, g.short)]
    return (
        f"{shares[0]}% + {shares[1]}% = {shares[2]}%; shortfall {short[0]} public, {short[1]} private, "
        f"{short[2]} points total"
    )


def makassar() -> str:
    monthly = intensity(D(63_661), D(5_119))
    return f"{written(monthly, 4)} {class_of(monthly, 'AC')}"


def yearly() -> str:
    monthly = intensity(D(165), D(12))
    return f"{written(monthly, 4)} {class_of(monthly, 'AC')}"


def renewable() -> str:
    own = solar_yield.own_use(D(65_700), D(5_700))
    share = solar_yield.renewable_share(own, D(310_000))
    assert isinstance(share, Fraction)
    return f"own use {own:,}; RE share {written(share * 100, 4)}%"


def cast(*given: float | None) -> Decimal | None:
    return nowcast([None if v is None else D(str(v)) for v in given])


PUBLISHED = (34.9, 43, 50, 64.9, 69.2, 66.2, 53.7, 48.6, 49.2, 35)

COMPUTED: dict[tuple[str, str], Callable[[], str]] = {
    **{("IP ratio correction", f"C/L={r}"): lambda r=r: f"{corrected(D(r)):.6f}"
       for r in ("0.5", "1.0", "1.5", "2", "10")},
    ("IP DO", "C=4, L=4, DOsat=8.26 (25 C)"): lambda: f"{oxygen('4'):.6f}",
    ("IP DO", "C=2, L=4, DOsat=8.26"): lambda: f"{oxygen('2'):.6f} -> {corrected(oxygen('2')):.6f}",
    ("IP DO", "C=6, L=4, DOsat=8.26"): lambda: f"{oxygen('6'):.6f}",
    ("IP DO", "C=9, L=4, DOsat=8.26"): lambda: f"{oxygen('9'):.6f}",
    ("IP pH", "pH=6.79 in 6..9"): lambda: f"{acid('6.79'):.6f}",
    ("IP pH", "pH=9.5 in 6..9"): lambda: f"{acid('9.5'):.6f} -> {corrected(acid('9.5')):.6f}",
    ("IP pH", "pH=7.5"): lambda: f"{acid('7.5'):.6f}",
    ("IP full", "Sekebitung 2024 (published M 15.82, R 2.48, IP 11.32)"): lambda: index_words(SEKEBITUNG, AT_25_C),
    ("IP full", "own: pH 7.2, TSS 100, BOD 4.5, COD 30, DO 3.5 (DOsat 8.09), TP 0.25, fecal coli 7000; class 2"):
        lambda: index_words(OWN, OWN_SATURATION),
    ("IP class", "IP=1.0 / 5.0 / 10.0 / 10.01"):
        lambda: "/".join(CLASSES.word(D(v)) for v in ("1.0", "5.0", "10.0", "10.01")),
    ("STORET", "n=4: TSS(fis) max+avg exceed; BOD(kim) max,min,avg; fecal coli(bio) max only"): storet_of_four,
    ("STORET", "n=12: BOD(kim) max,min,avg"):
        lambda: f"{(s := storet.points(12, 'kimia', True, True, True))} -> {letter(s)} sedang",
    ("STORET", "score 0 / -1 / -10 / -11 / -30 / -31"):
        lambda: "; ".join(letter(s) for s in (0, -1, -10, -11, -30, -31)),
    ("IKA", "10 samples: 2 memenuhi, 5 ringan, 2 sedang, 1 berat"): lambda: water(2, 5, 2, 1),
    ("IKA", "all memenuhi / all berat"): lambda: f"{water(7, 0, 0, 0)} / {water(0, 0, 0, 7)}",
    **{("IKU", f"NO2={n}, SO2={s} ug/m3"): lambda n=n, s=s: air(n, s)
       for n, s in (("8", "4"), ("12", "6"), ("4", "2"), ("40", "20"), ("10.5", "5.2"))},
    ("IKU", "Ieu=0.262"): lambda: written(env.iku(Fraction("0.262")).value, 4),
    **{("IKL/IKTL", f"TL={t}, LW={a}, DKK=0"): lambda t=t, a=a: written(env.ikl(D(t), D(a)).value, 4)
       for t, a in (("20000", "100000"), ("30000", "100000"), ("84.3", "100"))},
    ("IKLH kab/kota", "IKA=52, IKU=86, IKL=40"): lambda: written(whole(ika="52", iku="86", ikl="40"), 4),
    ("IKLH kab/kota", "IKA=50, IKU=100, IKL=50"): lambda: written(whole(ika="50", iku="100", ikl="50"), 4),
    ("IKLH national 2023", "IKA 54.59, IKU 88.67, IKL 61.79, IKAL 78.84"):
        lambda: written(whole(env.NATIONAL, ika="54.59", iku="88.67", ikl="61.79", ikal="78.84"), 6),
    ("timbulan", "1,150,000 people x 0.40 kg/person/day"):
        lambda: f"{written(waste_generation.generated_per_day(1_150_000, D('0.40')), 1)} t/day; "
                f"{written(waste_generation.generated_per_year(1_150_000, D('0.40')), 1)} t/year",
    ("timbulan leap year", "same, 366 days"):
        lambda: f"{written(waste_generation.generated_per_year(1_150_000, D('0.40'), 366), 1)} t/year",
    ("SIPSN check", "58.76 t/d x 365 (Nias)"): lambda: str(D("58.76") * waste_generation.DAYS),
    ("SIPSN check", "521.55 t/d x 365 (Langkat)"): lambda: str(D("521.55") * waste_generation.DAYS),
    ("Jakstrada", "timbulan 167,900; pengurangan 33,580; penanganan 92,345 t/yr"): jakstrada,
    ("TPA life", "volume left 250,000 m3; 300 t/d in; 0.75 t/m3 compacted; 15% cover soil"): tpa,
    ("RTH", "urban area 1,000 ha; public 140; private 90"): rth,
    ("IKE AC", "63,661 kWh / 5,119 m2 (Balai Kota Makassar, published 12.44)"): makassar,
    **{("IKE AC", v): lambda v=v: str(class_of(D(v), "AC"))
       for v in ("8.4999", "8.5", "13.99", "14", "18.4999", "18.5")},
    **{("IKE non-AC", v): lambda v=v: str(class_of(D(v), "tanpa AC")) for v in ("3.3999", "3.4", "5.6", "7.4")},
    ("IKE year", "165 kWh/m2/year /12"): yearly,
    ("PV", "50 kWp, 65,700 kWh/yr"):
        lambda: f"yield {written(solar_yield.specific_yield(D(65_700), D(50)), 1)} kWh/kWp/yr; "
                f"CF {written(solar_yield.capacity_factor(D(65_700), D(50)) * 100, 2)}%",
    ("PV", "PV 65,700; grid import 310,000; export 5,700 kWh"): renewable,
    ("PV CO2", "60,000 kWh x 0.87 t/MWh (example factor)"):
        lambda: f"{written(solar_yield.avoided_co2(D(60_000), D('0.87')), 2)} t",
    ("NowCast PM2.5", "[34.9, 43, 50, 64.9, 69.2, 66.2, 53.7, 48.6, 49.2, 35, None, 21]"):
        lambda: f"{cast(*PUBLISHED, None, 21):.4f} -> truncated 28.4",
    ("NowCast", " same, last two None"): lambda: str(cast(*PUBLISHED, None, None)),
    ("NowCast", "constant 20 x12"): lambda: f"{cast(*[20] * 12):.4f}",
}  # fmt: skip
"""(topic, input) of a row → what we compute, as the row writes it."""
PARTLY = {
    ("STORET", "score 0 / -1 / -10 / -11 / -30 / -31"): "A; B; B; C; C; D",
    ("NowCast", " same, last two None"): "None",
    ("PV", "PV 65,700; grid import 310,000; export 5,700 kWh"): "own use 60,000; RE share 16.2162%",
}
"""Rows whose expectation is words of the library; ours says the same in its own."""


def rows() -> list[dict[str, str]]:
    if not VECTORS.exists():
        return []
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_library_has_57_vectors_and_each_is_computed_here() -> None:
    if not rows():
        pytest.skip("the shared vectors are not on this machine")
    assert Counter((row["topic"], row["input"]) for row in rows()) == Counter(list(COMPUTED))
    assert len(COMPUTED) == 57


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['topic']}: {row['input'][:40]}")
def test_each_vector_is_reproduced(row: dict[str, str]) -> None:
    key = (row["topic"], row["input"])
    assert COMPUTED[key]() == PARTLY.get(key, row["expected"])


@pytest.mark.parametrize(("day", "year", "agree"), [
    ("58.76", "21446.67", True), ("521.55", "190367.39", True), ("58.76", "21450", False),
])  # fmt: skip
def test_a_printed_day_agrees_with_its_printed_year_within_its_rounding(day: str, year: str, agree: bool) -> None:
    assert waste_generation.printed_agree(D(day), D(year)) is agree
