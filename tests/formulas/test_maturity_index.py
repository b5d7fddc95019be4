"""Maturity indices: the regulation's worked examples, published results, and the edges of the predicates."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.level_sums import weight_classes
from dashboard.formulas.maturity_index import (
    PredicateOn,
    half_up,
    is_disputed,
    maturity_index,
    neighbours,
    points_missing,
    predicate,
    weighted_mean,
)
from dashboard.instruments import level_sums, scheme_of
from datasources.spbe.instrument_files import instruments

ROOT = Path(__file__).parents[2]
SHARED = ROOT / "../shared/data"
RESULTS = SHARED / "spbe_published_results.json"
SPBE, PEMDI = instruments()["SPBE-2020"], instruments()["PEMDI-2026"]
SCHEME, PEMDI_SCHEME = scheme_of(SPBE), scheme_of(PEMDI)
DENPASAR_2021 = "4143333333" + "2234" + "4353" + "43" + "22222223" + "223" + "4335533335" + "422444"
"""Its 47 levels, aspect by aspect."""
STEPPED_DOWN = {*range(1, 5), *range(21, 28), *range(32, 38), *range(42, 48)}


def test_regulation_table_10_gives_aspect_2() -> None:
    found = maturity_index(SCHEME, {11: 3, 12: 4, 13: 3, 14: 2})
    assert found.aspects[2] == 3
    assert (found.index, found.upper[2], len(found.missing)) == (None, None, 43)


def test_regulation_table_11_gives_domain_2() -> None:
    aspects_3_4_3 = {n: {2: 3, 3: 4, 4: 3}[SPBE.indicators[n].aspect] for n in SPBE.members("upper", 2)}
    assert maturity_index(SCHEME, aspects_3_4_3).upper[2] == Fraction("3.4")


def test_regulation_table_12_gives_the_index() -> None:
    index = from_domains({1: "3.7", 2: "3.4", 3: "3.0", 4: "3.2"})
    assert half_up(index) == Decimal("3.28")
    assert predicate(index, SCHEME.bands) == "Baik"


def test_the_levels_of_denpasar_2021_give_its_published_result() -> None:
    found = maturity_index(SCHEME, dict(enumerate(map(int, DENPASAR_2021), 1)))
    assert found.index == Fraction("3.1925")
    assert shown(found.upper) == {1: "3.00", 2: "3.30", 3: "2.18", 4: "3.55"}
    assert shown(found.aspects)[8] == "3.33"
    assert found.predicate == "Baik"


@pytest.mark.skipif(not RESULTS.exists(), reason="the shared results are not on this machine")
def test_every_shared_result_is_reproduced() -> None:
    cases = {case["id"]: case for case in json.loads(RESULTS.read_text(encoding="utf-8"))["cases"]}
    assert len(cases) == 6
    whole = [case for case in cases.values() if "levels" in case or "nilai" in case]
    assert len(whole) == 3
    for case in whole:
        scheme = SCHEME if "levels" in case else PEMDI_SCHEME
        given = {int(n): Decimal(str(v)) for n, v in case.get("levels", case.get("nilai")).items()}
        found = maturity_index(scheme, given)
        assert found.index == Fraction(str(case["recomputed"]["indeks_unrounded"]))
        assert half_up(found.index) == Decimal(str(case["expect_published"]["indeks"]))
        assert found.predicate == case["expect_published"].get("predikat", found.predicate)
        assert shown(found.aspects) == {int(k): f"{v:.2f}" for k, v in case["recomputed"]["aspek"].items()}
        for number, value in case["expect_published"].get("domain", {}).items():
            assert half_up(found.upper[int(number)] or 0) == Decimal(str(value))


@pytest.mark.skipif(not RESULTS.exists(), reason="the shared results are not on this machine")
def test_the_regulations_tables_are_the_shared_ones() -> None:
    cases = {case["id"]: case for case in json.loads(RESULTS.read_text(encoding="utf-8"))["cases"]}
    ten, eleven, twelve = (cases[f"permen59_2020_tabel{n}"] for n in (10, 11, 12))
    values = {int(n): level for n, level in ten["input"].items()}
    assert maturity_index(SCHEME, values).aspects[2] == Fraction(str(ten["expect"]["aspek_2"]))
    weights = {int(a): SPBE.aspects[int(a)].weight for a in eleven["input_aspek"]}
    aspects = {int(a): Decimal(str(v)) for a, v in eleven["input_aspek"].items()}
    assert weighted_mean(weights, aspects) == Fraction(str(eleven["expect"]["domain_2"]))
    index = from_domains({int(d): str(v) for d, v in twelve["input_domain"].items()})
    assert half_up(index) == Decimal(str(twelve["expect"]["indeks"]))
    assert predicate(index, SCHEME.bands) == twelve["expect"]["predikat"]


@pytest.mark.parametrize("file", ["spbe_indicators.csv", "pemdi_2026_indicators.csv"])
def test_names_places_and_weights_agree_with_the_official_table(file: str) -> None:
    if not (SHARED / file).exists():
        pytest.skip("the shared tables are not on this machine")
    instrument = SPBE if file.startswith("spbe") else PEMDI
    rows = list(csv.DictReader((SHARED / file).read_text(encoding="utf-8").splitlines()))
    assert [int(row["no"]) for row in rows] == list(instrument.indicators)
    for row in rows:
        ours = instrument.indicators[int(row["no"])]
        assert (ours.name, ours.aspect, ours.weight) == (
            row["nama_indikator"], int(row["aspek_no"]), Decimal(row["bobot_indikator_pct"])
        )  # fmt: skip
        assert instrument.aspects[ours.aspect].name == row["aspek"]
        assert instrument.aspects[ours.aspect].weight == Decimal(row["bobot_aspek_pct"])
        if "domain" in row:
            domain = instrument.upper_of(ours.number)
            assert (instrument.domains[domain].name, domain) == (row["domain"], int(row["domain_no"]))


@pytest.mark.parametrize(
    ("index", "unrounded", "rounded"),
    [
        ("4.2000", "Memuaskan", "Memuaskan"),
        ("4.1999", "Sangat Baik", "Memuaskan"),
        ("4.1950", "Sangat Baik", "Memuaskan"),
        ("4.1949", "Sangat Baik", "Sangat Baik"),
        ("3.5000", "Sangat Baik", "Sangat Baik"),
        ("3.4986", "Baik", "Sangat Baik"),
        ("2.6000", "Baik", "Baik"),
        ("2.5968", "Cukup", "Baik"),
        ("1.8000", "Cukup", "Cukup"),
        ("1.7985", "Kurang", "Cukup"),
        ("1.7963", "Kurang", "Cukup"),
        ("1.7949", "Kurang", "Kurang"),
        ("1.0000", "Kurang", "Kurang"),
    ],
)
def test_the_predicate_depends_on_whether_the_index_was_rounded(index: str, unrounded: str, rounded: str) -> None:
    assert predicate(Decimal(index), SCHEME.bands, "unrounded") == unrounded
    assert predicate(Decimal(index), SCHEME.bands, "rounded") == rounded
    assert is_disputed(Decimal(index), SCHEME.bands) == (unrounded != rounded)


@pytest.mark.parametrize(
    ("index", "word"),
    [("1.00", "Kurang"), ("1.50", "Cukup"), ("2.50", "Baik"), ("3.50", "Sangat Baik"), ("4.00", "Memuaskan"),
     ("1.4999", "Kurang"), ("3.9999", "Sangat Baik")],
)  # fmt: skip
def test_pemdi_has_predicates_of_its_own(index: str, word: str) -> None:
    assert predicate(Decimal(index), PEMDI_SCHEME.bands) == word


@pytest.mark.parametrize(
    ("threshold", "word", "below", "sums"),
    [
        ("4.2", "Memuaskan", "Sangat Baik", (40, 40, 44, 44, 27)),
        ("4.2", "Memuaskan", "Sangat Baik", (45, 39, 32, 48, 28)),
        ("3.5", "Sangat Baik", "Baik", (35, 33, 36, 36, 23)),
        ("2.6", "Baik", "Cukup", (25, 24, 28, 26, 18)),
        ("1.8", "Cukup", "Kurang", (20, 16, 17, 18, 13)),
    ],
)
def test_boundaries_that_levels_reach_exactly_belong_to_the_upper_predicate(
    threshold: str, word: str, below: str, sums: tuple[int, ...]
) -> None:
    found = maturity_index(SCHEME, levels_of(sums))
    assert (found.index, found.predicate, found.disputed) == (Fraction(threshold), word, False)
    assert maturity_index(scheme_of(SPBE, "rounded"), levels_of(sums)).predicate == word
    one_less = levels_of((sums[0] - 1, *sums[1:]))
    assert maturity_index(SCHEME, one_less).predicate == below
    assert maturity_index(scheme_of(SPBE, "rounded"), one_less).predicate == below


def test_a_result_says_when_the_two_ways_disagree() -> None:
    stands_at_3498 = {number: 3 if number in STEPPED_DOWN else 4 for number in SPBE.indicators}
    disputed = maturity_index(SCHEME, stands_at_3498)
    assert disputed.index == Fraction("3.4980")
    assert (disputed.predicate, disputed.disputed) == ("Baik", True)
    assert maturity_index(scheme_of(SPBE, "rounded"), stands_at_3498).predicate == "Sangat Baik"


@pytest.mark.parametrize(
    ("index", "start", "on", "points"),
    [
        ("4.1625", "4.2", "unrounded", "3.75"),
        ("4.1600", "4.2", "unrounded", "4.00"),
        ("4.1600", "4.2", "rounded", "3.50"),
        ("2.5940", "2.6", "unrounded", "0.60"),
        ("4.2000", "4.2", "unrounded", "0"),
    ],
)
def test_the_points_missing_to_a_threshold(index: str, start: str, on: PredicateOn, points: str) -> None:
    assert points_missing(Decimal(index), Decimal(start), on) == Fraction(points)


def test_an_index_knows_both_its_neighbours() -> None:
    found = neighbours(Decimal("4.16"), SCHEME.bands)
    assert (found.above, found.missing, found.reserve) == ("Memuaskan", 4, 66)
    top = neighbours(Decimal("4.2"), SCHEME.bands)
    assert (top.above, top.missing, top.reserve) == (None, None, 0)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_equal_levels_everywhere_are_the_index(level: int) -> None:
    for scheme in (SCHEME, PEMDI_SCHEME):
        assert maturity_index(scheme, dict.fromkeys(scheme.weights, level)).index == level


def test_a_missing_indicator_leaves_the_index_open_unless_it_counts_as_zero() -> None:
    without_44 = {number: 4 for number in SPBE.indicators if number != 44}
    open_result = maturity_index(SCHEME, without_44)
    assert (open_result.index, open_result.predicate, open_result.missing) == (None, None, (44,))
    assert open_result.upper == {1: 4, 2: 4, 3: 4, 4: None}
    zero_result = maturity_index(SCHEME, without_44, unscored=0)
    assert (zero_result.index, zero_result.missing) == (Fraction("3.88"), (44,))


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(ValueError, match="indikator nomor 48 tidak ada; nomornya 1 sampai 47"):
        maturity_index(SCHEME, {48: 3})


@pytest.mark.parametrize(
    ("domains", "index", "sums", "unrounded"),
    [
        ({1: "4.50", 2: "3.80", 3: "2.82", 4: "4.75"}, "4.16",
         [(45, 38, 31, 47, 29), (45, 38, 31, 48, 28)], ["4.1625", "4.16"]),
        ({1: "4.20", 2: "3.60", 3: "2.09", 4: "3.80"}, "3.52",
         [(42, 36, 23, 40, 21), (42, 36, 23, 41, 20)], ["3.521", "3.5185"]),
        ({1: "3.00", 2: "3.30", 3: "2.18", 4: "3.55"}, "3.19", [(30, 33, 24, 37, 20)], ["3.1925"]),
    ],
)  # fmt: skip
def test_the_level_sums_behind_a_published_result(
    domains: dict[int, str], index: str, sums: list[tuple[int, ...]], unrounded: list[str]
) -> None:
    found = level_sums(SPBE, {d: Decimal(v) for d, v in domains.items()}, Decimal(index))
    assert set(sums) <= {tuple(f.sums.values()) for f in found}
    by_sums = {tuple(f.sums.values()): f.index for f in found}
    assert [by_sums[s] for s in sums] == [Fraction(u) for u in unrounded]
    if len(sums) == 2:
        assert len(found) == 2


def test_domain_values_that_no_whole_levels_give_have_no_sums() -> None:
    assert level_sums(SPBE, {1: Decimal("4.55"), 2: Decimal("3.80"), 3: Decimal("2.82"), 4: Decimal("4.75")}) == []


def test_a_domain_below_one_is_possible_only_where_unscored_counts_zero() -> None:
    printed = {1: Decimal("1.00"), 2: Decimal("1.00"), 3: Decimal("1.00"), 4: Decimal("0.30")}
    assert level_sums(SPBE, printed) == []
    assert level_sums(SPBE, printed, unscored=True) != []


@pytest.mark.parametrize(
    ("value", "printed"), [("2.005", "2.01"), ("2.0049", "2.00"), ("24/11", "2.18"), ("17/8", "2.13")]
)
def test_halves_are_printed_upward(value: str, printed: str) -> None:
    assert str(half_up(Fraction(value))) == printed


def from_domains(values: Mapping[int, str]) -> Fraction:
    weights = {d: group.weight for d, group in SPBE.domains.items()}
    mean = weighted_mean(weights, {d: Decimal(v) for d, v in values.items()})
    assert mean is not None
    return mean


def levels_of(sums: tuple[int, ...]) -> dict[int, int]:
    """Levels as even as the sums of the weight classes allow."""
    found: dict[int, int] = {}
    for one, total in zip(weight_classes(SCHEME.weights, SCHEME.upper), sums, strict=True):
        low, rest = divmod(total, len(one.members))
        found |= {number: low + (place < rest) for place, number in enumerate(one.members)}
    return found


def shown(groups: Mapping[int, Fraction | None]) -> dict[int, str]:
    return {key: str(half_up(value)) for key, value in groups.items() if value is not None}
