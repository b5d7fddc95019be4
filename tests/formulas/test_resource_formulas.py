"""Water, waste, green space and energy: edges, what is not known, and figures from memory that are never law."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.computed_figure import ComputedFigure
from dashboard.formulas.dissolved_oxygen import saturation
from dashboard.formulas.energy_intensity import class_of, cooling, intensity
from dashboard.formulas.environmental_index import iklh_of_year
from dashboard.formulas.green_space import green_space
from dashboard.formulas.landfill_life import Compaction, days_left, volume_taken
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.pollution_index import corrected, pollution_index
from dashboard.formulas.solar_yield import own_use, renewable_share
from dashboard.formulas.storet import judged, storet
from dashboard.formulas.waste_balance import WasteBalance, waste_balance
from dashboard.formulas.waste_targets import target_of, targets
from dashboard.formulas.water_standards import class2, to_confirm, usable

D = Decimal


@pytest.mark.parametrize(("celsius", "mg"), [("0", "14.62"), ("20", "9.09"), ("25", "8.26"), ("26", "8.11")])
def test_warm_water_holds_less_oxygen(celsius: str, mg: str) -> None:
    assert saturation(D(celsius)) == D(mg)


def test_a_temperature_of_no_river_is_refused() -> None:
    with pytest.raises(ValueError, match="46"):
        saturation(D(46))


@given(st.decimals(min_value=0, max_value=1000, places=4))
def test_correcting_keeps_the_order_and_changes_nothing_up_to_the_limit(plain: Decimal) -> None:
    assert corrected(plain) <= corrected(plain + D("0.0001"))
    if plain <= 1:
        assert corrected(plain) == plain


def test_supersaturated_water_counts_as_clean_and_is_named() -> None:
    found = pollution_index({"do": D(9), "tss": D(25)}, usable(), D("8.26"))
    assert found is not None
    assert (found.clamped, found.ratios["do"], found.driving) == (("do",), 0, "tss")


def test_a_limit_from_memory_judges_nothing_until_an_officer_has_confirmed_it() -> None:
    sample = {"no2_n": D(6), "tss": D(25), "bod": D(3)}
    before = pollution_index(sample, usable(), D("8.26"))
    after = pollution_index(sample, usable({"no2_n": (D("0.06"), "PP 22/2021")}), D("8.26"))
    assert before is not None
    assert after is not None
    assert (before.unjudged, before.driving) == (("no2_n",), "bod")
    assert (after.unjudged, after.driving, after.ratios["no2_n"]) == ((), "no2_n", 11)
    assert "no2_n" in to_confirm()
    assert "no2_n" not in to_confirm({"no2_n": (D("0.06"), "PP 22/2021")})


def test_sixteen_limits_were_read_and_the_others_say_that_they_were_not() -> None:
    read = {key for key, s in class2().items() if s.basis.verified}
    assert read == {
        "tds", "tss", "colour", "ph", "bod", "cod", "do", "chloride", "total_n", "total_p", "oil_fat", "zn", "cu",
        "ni", "fecal_coli", "total_coli",
    }  # fmt: skip
    assert all("perlu verifikasi" in s.basis.words for key, s in class2().items() if key not in read)


def test_one_parameter_makes_no_index() -> None:
    assert pollution_index({"tss": D(500), "hg": D(1)}, usable(), D("8.26")) is None


def test_storet_takes_from_each_parameter_what_its_extremes_and_mean_exceed() -> None:
    samples = {"tss": [D(60), D(40), D(70), D(45)], "bod": [D(4)] * 4, "fecal_coli": [D(2000), D(100), D(90), D(80)]}
    found = storet(samples, usable())
    assert found is not None
    assert (found.by_parameter, found.score, found.letter) == ({"tss": -4, "bod": -10, "fecal_coli": -3}, -17, "C")
    assert storet({"hg": [D(1)]}, usable()) is None


@pytest.mark.parametrize(("score", "letter"), [(0, "A"), (-1, "B"), (-10, "B"), (-11, "C"), (-30, "C"), (-31, "D")])
def test_the_edges_of_storet_belong_to_the_better_class(score: int, letter: str) -> None:
    assert judged(score)[0] == letter


@pytest.mark.parametrize("year", [2020, 2025, 2026])
def test_the_whole_index_is_not_computed_for_years_whose_rule_was_not_seen(year: int) -> None:
    found = iklh_of_year(year, {"IKA": D(50), "IKU": D(80), "IKL": D(40)})
    assert isinstance(found, NotComputable)
    assert str(year) in found.missing


def test_a_computed_index_says_that_it_is_ours_and_what_may_have_replaced_the_rule() -> None:
    found = iklh_of_year(2024, {"IKA": D(52), "IKU": D(86), "IKL": D(40)})
    assert isinstance(found, ComputedFigure)
    assert found.value == Fraction(63142, 1000)
    assert found.label.startswith("hitungan lokal menurut Permen LHK P.27/2021")
    assert "14/2025" in found.label


def test_more_managed_than_generated_is_called_double_counting() -> None:
    found = waste_balance(D(100), D(40), D(70))
    assert isinstance(found, WasteBalance)
    assert (found.double_counted, found.unmanaged) == (True, None)


def test_a_target_from_memory_is_no_target_and_the_last_one_goes_on() -> None:
    assert target_of(2024) is None
    assert targets()[2024].basis.words.endswith("(perlu verifikasi)")
    last, later = target_of(2025), target_of(2027)
    assert last is not None
    assert later is not None
    assert (last.reduced, last.handled, last.continued) == (30, 70, False)
    assert (later.reduced, later.handled, later.continued) == (30, 70, True)


def test_a_landfill_whose_volume_nobody_measured_has_no_last_day() -> None:
    assert isinstance(days_left(None, D(300)), NotComputable)
    assert isinstance(days_left(D(1000), D(0)), NotComputable)
    assert days_left(D(-5), D(300)) == 0
    assert volume_taken(D(75), Compaction(D("0.75"), D(0))) == 100


def test_the_area_of_the_kabupaten_never_stands_in_for_the_urban_area() -> None:
    found = green_space(D(140), D(90), None)
    assert isinstance(found, NotComputable)
    with pytest.raises(ValueError, match="tidak mungkin"):
        green_space(D(140), D(90), D(200))


@pytest.mark.parametrize(("bare", "kind"), [("0", "AC"), ("99.9", "AC"), ("100", "campuran"), ("1000", "tanpa AC")])
def test_a_tenth_of_the_floor_without_ac_makes_a_building_mixed(bare: str, kind: str) -> None:
    assert cooling(D(1000), D(bare)) == kind


def test_a_mixed_building_has_no_class_and_a_long_bill_is_brought_to_a_month() -> None:
    assert isinstance(class_of(D(10), "campuran"), NotComputable)
    assert intensity(D(3650), D(10), 365) == Fraction(365, 12)


def test_what_is_exported_is_not_credited() -> None:
    assert own_use(D(100), D(30)) == 70
    with pytest.raises(ValueError, match="ekspor"):
        own_use(D(10), D(30))
    assert isinstance(renewable_share(D(0), D(0)), NotComputable)
