"""The ISPU of P.14/2020: breakpoints, rounding and the critical parameter."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.ispu import BREAKPOINTS, Category, category, ispu, rounded, sub_index

VECTORS = Path(__file__).parents[2] / "../shared/data/ispu_test_vectors.csv"


@pytest.mark.parametrize(
    ("parameter", "concentration", "exact", "index", "word"),
    [
        ("pm25", "0", "0", 0, "BAIK"),
        ("pm25", "15.5", "50", 50, "BAIK"),
        ("pm25", "15.6", "20000/399", 50, "BAIK"),
        ("pm25", "15.89", "6715/133", 50, "BAIK"),
        ("pm25", "15.90", "20150/399", 51, "SEDANG"),
        ("pm25", "55.5", "1902/19", 100, "SEDANG"),
        ("pm25", "188.09", "23769/100", 238, "SANGAT TIDAK SEHAT"),
        ("pm25", "500", "500", 500, "BERBAHAYA"),
        ("pm25", "600", "22625/39", 580, "BERBAHAYA"),
        ("pm10", "350", "200", 200, "TIDAK SEHAT"),
        ("pm10", "534.25", "4685/8", 586, "BERBAHAYA"),
        ("so2", "322", "1810/11", 165, "TIDAK SEHAT"),
        ("co", "9000", "800/7", 114, "TIDAK SEHAT"),
        ("o3", "54", "45/2", 23, "BAIK"),
        ("no2", "2260", "300", 300, "SANGAT TIDAK SEHAT"),
        ("hc", "157.5", "150", 150, "TIDAK SEHAT"),
    ],
)
def test_a_concentration_has_the_index_and_the_word_of_the_regulation(
    parameter: str, concentration: str, exact: str, index: int, word: str
) -> None:
    assert_vector(parameter, concentration, exact, index, word)


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not on this machine")
def test_every_shared_vector_is_reproduced() -> None:
    rows = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 59
    for row in rows:
        assert_vector(
            row["parameter"].lower(),
            row["concentration_ug_m3"],
            row["index_exact_fraction"],
            int(row["index_rounded_half_up"]),
            row["category"],
        )


@pytest.mark.parametrize(
    ("concentrations", "index", "critical"),
    [
        ({"pm10": "534.25", "pm25": "455.44"}, 586, "pm10"),
        ({"pm10": "475.67", "pm25": "494.26", "so2": "139.43", "no2": "98.83"}, 495, "pm25"),
        ({"pm25": "442.11"}, 454, "pm25"),
        ({"pm10": "489.71", "pm25": "290.11"}, 474, "pm10"),
        ({"pm25": "268.46"}, 314, "pm25"),
        ({"pm25": "284.46", "pm10": "337.2"}, 327, "pm25"),
        ({"pm25": "188.09", "pm10": "273.42"}, 238, "pm25"),
        ({"pm25": "165.09"}, 215, "pm25"),
        ({"pm25": "154.8", "pm10": "205.01"}, 204, "pm25"),
        ({"pm10": "324.77", "pm25": "90.66"}, 187, "pm10"),
        ({"pm25": "124.1"}, 172, "pm25"),
        ({"pm25": "121.87"}, 170, "pm25"),
    ],
)
def test_a_station_shows_what_klh_published(concentrations: dict[str, str], index: int, critical: str) -> None:
    found = ispu({parameter: Decimal(value) for parameter, value in concentrations.items()})
    assert found is not None
    assert (found.index, found.critical) == (index, critical)
    assert found.sub_indices[critical] == index


@pytest.mark.parametrize(
    ("index", "word"),
    [(50, "BAIK"), (51, "SEDANG"), (100, "SEDANG"), (101, "TIDAK SEHAT"), (200, "TIDAK SEHAT"),
     (201, "SANGAT TIDAK SEHAT"), (300, "SANGAT TIDAK SEHAT"), (301, "BERBAHAYA"), (900, "BERBAHAYA")],
)  # fmt: skip
def test_the_word_follows_from_the_rounded_index(index: int, word: str) -> None:
    assert category(index) == Category(word)


def test_without_a_valid_parameter_there_is_no_index() -> None:
    assert ispu({}) is None


@pytest.mark.parametrize(
    ("parameter", "concentration", "sentence"),
    [
        ("pm2.5", "10", "parameter ISPU 'pm2.5' tidak dikenal; yang ada: pm10, pm25, so2, co, o3, no2, hc"),
        ("pm25", "-999", "konsentrasi pm25 tidak mungkin: -999 µg/m³"),
        ("pm25", "NaN", "konsentrasi pm25 tidak mungkin: NaN µg/m³"),
    ],
)
def test_an_impossible_concentration_is_refused_with_its_value(
    parameter: str, concentration: str, sentence: str
) -> None:
    with pytest.raises(ValueError) as refusal:
        sub_index(parameter, Decimal(concentration))
    assert str(refusal.value) == sentence


def test_the_index_never_falls_when_the_concentration_rises() -> None:
    for parameter in BREAKPOINTS:
        indices = [sub_index(parameter, Decimal(step)) for step in range(0, 50_000, 37)]
        assert indices == sorted(indices)


def assert_vector(parameter: str, concentration: str, exact: str, index: int, word: str) -> None:
    value = sub_index(parameter, Decimal(concentration))
    assert abs(Fraction(value) - Fraction(exact)) < Fraction(1, 10**40)
    assert rounded(value) == index
    found = ispu({parameter: Decimal(concentration)})
    assert found is not None
    assert (found.index, found.category, found.critical) == (index, word, parameter)


def test_the_breakpoints_are_those_of_the_shared_table() -> None:
    path = VECTORS.with_name("ispu_breakpoints.csv")
    if not path.exists():
        pytest.skip("the shared table is not on this machine")
    table: dict[str, list[Decimal]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        upper = table.setdefault(row["parameter"].lower(), [Decimal(0)])
        upper.append(Decimal(row["conc_hi_inclusive_ug_m3"]))
    assert {parameter: tuple(bounds) for parameter, bounds in table.items()} == dict(BREAKPOINTS)
