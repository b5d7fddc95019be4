"""The SPBE index: the regulation's worked examples, published results and the edges of the predicates."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.spbe_index import (
    ASPECT_NAMES,
    DOMAIN_NAMES,
    INDICATORS,
    half_up,
    index_from_domains,
    level_name,
    predicate,
    spbe_index,
    to_next_predicate,
)

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "../shared/data/spbe_published_results.json"
OFFICIAL = ROOT / "../shared/data/spbe_indicators.csv"
DENPASAR_2021 = "4143333333" + "2234" + "4353" + "43" + "22222223" + "223" + "4335533335" + "422444"
"""Its 47 levels, aspect by aspect."""
STEPPED_DOWN = {*range(1, 5), *range(21, 28), *range(32, 38), *range(42, 48)}


def test_the_weights_are_those_of_the_regulation() -> None:
    assert len(INDICATORS) == 47
    assert sum(indicator.weight for indicator in INDICATORS.values()) == 10_000
    by_aspect = {a: sum(i.weight for i in INDICATORS.values() if i.aspect == a) for a in ASPECT_NAMES}
    by_domain = {d: sum(i.weight for i in INDICATORS.values() if i.domain == d) for d in DOMAIN_NAMES}
    assert by_aspect == {1: 1300, 2: 1000, 3: 1000, 4: 500, 5: 1200, 6: 450, 7: 2750, 8: 1800}
    assert by_domain == {1: 1300, 2: 2500, 3: 1650, 4: 4550}


def test_regulation_table_10_gives_aspect_2() -> None:
    found = spbe_index({11: 3, 12: 4, 13: 3, 14: 2})
    assert found.aspects[2] == 3
    assert found.index is None
    assert found.domains[2] is None
    assert len(found.missing) == 43


def test_regulation_table_11_gives_domain_2() -> None:
    aspects_3_4_3 = {n: {2: 3, 3: 4, 4: 3}[i.aspect] for n, i in INDICATORS.items() if i.domain == 2}
    assert spbe_index(aspects_3_4_3).domains[2] == Fraction("3.4")


def test_regulation_table_12_gives_the_index() -> None:
    index = index_from_domains(decimals({1: "3.7", 2: "3.4", 3: "3.0", 4: "3.2"}))
    assert half_up(index) == Decimal("3.28")
    assert predicate(index) == "Baik"


def test_the_levels_of_denpasar_2021_give_its_published_result() -> None:
    found = spbe_index(levels(DENPASAR_2021))
    assert found.index == Decimal("3.1925")
    assert half_up(found.index) == Decimal("3.19")
    assert shown(found.domains) == {1: "3.00", 2: "3.30", 3: "2.18", 4: "3.55"}
    assert shown(found.aspects)[8] == "3.33"
    assert found.predicate == "Baik"


@pytest.mark.parametrize(
    ("domains", "published"),
    [
        ({1: "4.50", 2: "3.80", 3: "2.82", 4: "4.75"}, "4.16"),
        ({1: "4.20", 2: "3.60", 3: "2.09", 4: "3.80"}, "3.52"),
    ],
)
def test_the_domains_of_mojokerto_agree_with_its_index(domains: dict[int, str], published: str) -> None:
    found = index_from_domains(decimals(domains))
    assert abs(found - Decimal(published)) <= Decimal("0.0077")
    assert predicate(found) == "Sangat Baik"


@pytest.mark.skipif(not RESULTS.exists(), reason="the shared results are not on this machine")
def test_every_shared_result_of_spbe_2020_is_reproduced() -> None:
    cases = json.loads(RESULTS.read_text(encoding="utf-8"))["cases"]
    whole = [case for case in cases if "levels" in case]
    assert len(whole) == 2
    for case in whole:
        found = spbe_index({int(number): level for number, level in case["levels"].items()})
        assert found.index == Decimal(str(case["recomputed"]["indeks_unrounded"]))
        assert found.predicate == case["expect_published"].get("predikat", found.predicate)
        published = {int(k): f"{v:.2f}" for k, v in case["expect_published"]["domain"].items()}
        assert shown(found.domains) == published
        assert shown(found.aspects) == {int(k): f"{v:.2f}" for k, v in case["recomputed"]["aspek"].items()}


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the shared table is not on this machine")
def test_places_and_weights_agree_with_the_official_table() -> None:
    for row in csv.DictReader(OFFICIAL.read_text(encoding="utf-8").splitlines()):
        indicator = INDICATORS[int(row["no"])]
        assert (indicator.aspect, indicator.domain) == (int(row["aspek_no"]), int(row["domain_no"]))
        assert indicator.weight == Decimal(row["bobot_indikator_pct"]) * 100
        assert DOMAIN_NAMES[indicator.domain] == row["domain"]
        assert ASPECT_NAMES[indicator.aspect] == row["aspek"]


@pytest.mark.parametrize(
    ("index", "unrounded", "rounded"),
    [
        ("4.2000", "Memuaskan", "Memuaskan"),
        ("4.1999", "Sangat Baik", "Memuaskan"),
        ("4.1949", "Sangat Baik", "Sangat Baik"),
        ("3.4986", "Baik", "Sangat Baik"),
        ("3.5000", "Sangat Baik", "Sangat Baik"),
        ("2.5968", "Cukup", "Baik"),
        ("1.7963", "Kurang", "Cukup"),
        ("1.7950", "Kurang", "Cukup"),
        ("1.0000", "Kurang", "Kurang"),
    ],
)
def test_the_predicate_depends_on_whether_the_index_was_rounded(index: str, unrounded: str, rounded: str) -> None:
    assert predicate(Decimal(index), "unrounded") == unrounded
    assert predicate(Decimal(index), "rounded") == rounded


def test_a_result_says_when_the_two_ways_disagree() -> None:
    stands_at_3498 = {number: 3 if number in STEPPED_DOWN else 4 for number in INDICATORS}
    disputed = spbe_index(stands_at_3498)
    assert disputed.index == Decimal("3.4980")
    assert (disputed.predicate, disputed.predicate_disputed) == ("Baik", True)
    assert spbe_index(stands_at_3498, predicate_on="rounded").predicate == "Sangat Baik"


@pytest.mark.parametrize(
    ("index", "on", "word", "points"),
    [
        ("4.1625", "unrounded", "Memuaskan", "3.75"),
        ("4.1600", "unrounded", "Memuaskan", "4.00"),
        ("4.1600", "rounded", "Memuaskan", "3.50"),
        ("2.5940", "unrounded", "Baik", "0.60"),
        ("1.0000", "unrounded", "Cukup", "80.00"),
    ],
)
def test_the_points_missing_to_the_next_predicate(index: str, on: str, word: str, points: str) -> None:
    ahead = to_next_predicate(Decimal(index), on)  # type: ignore[arg-type]
    assert ahead is not None
    assert (ahead.predicate, ahead.points) == (word, Decimal(points))


def test_above_memuaskan_there_is_nothing_to_reach() -> None:
    assert to_next_predicate(Decimal("4.2")) is None


@pytest.mark.parametrize(
    ("level", "index"), [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")]
)  # fmt: skip
def test_equal_levels_everywhere_are_the_index(level: int, index: str) -> None:
    assert spbe_index(dict.fromkeys(range(1, 48), level)).index == Decimal(index)


def test_a_missing_indicator_leaves_the_index_open_unless_it_counts_as_zero() -> None:
    without_44 = {number: 4 for number in INDICATORS if number != 44}
    open_result = spbe_index(without_44)
    assert (open_result.index, open_result.predicate, open_result.missing) == (None, None, (44,))
    assert open_result.domains == {1: 4, 2: 4, 3: 4, 4: None}
    zero_result = spbe_index(without_44, unscored_as_zero=True)
    assert (zero_result.index, zero_result.missing) == (Decimal("3.88"), (44,))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({48: 3}, "indikator SPBE nomor 48 tidak ada; nomornya 1 sampai 47"),
        ({1: 6}, "level 6 untuk indikator 1 tidak mungkin; levelnya 1 sampai 5"),
        ({1: 0}, "level 0 untuk indikator 1 tidak mungkin; levelnya 1 sampai 5"),
    ],
)
def test_an_impossible_level_is_refused(wrong: dict[int, int], sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        spbe_index(wrong)
    assert str(refusal.value) == sentence


def test_three_domains_are_no_index() -> None:
    with pytest.raises(ValueError, match="memerlukan nilai domain 1 sampai 4"):
        index_from_domains({1: Decimal(3), 2: Decimal(3), 3: Decimal(3)})


def test_services_have_level_words_of_their_own() -> None:
    assert level_name(31, 3) == "Terdefinisi"
    assert level_name(32, 3) == "Transaksi"


@pytest.mark.parametrize(
    ("value", "printed"), [("2.005", "2.01"), ("2.0049", "2.00"), ("24/11", "2.18"), ("17/8", "2.13")]
)
def test_halves_are_printed_upward(value: str, printed: str) -> None:
    assert str(half_up(Fraction(value))) == printed


def levels(digits: str) -> dict[int, int]:
    return {number: int(digit) for number, digit in enumerate(digits, 1)}


def decimals(values: dict[int, str]) -> dict[int, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


def shown(groups: object) -> dict[int, str]:
    assert isinstance(groups, dict)
    return {key: str(half_up(value)) for key, value in groups.items()}
