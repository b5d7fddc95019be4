"""Distances and directions as they are read out for an earthquake."""

from __future__ import annotations

import pytest

from dashboard.formulas.distance import Place, bearing_deg, direction, great_circle_km

MOJOSARI = (-7.52, 112.56)
SURABAYA = (-7.2575, 112.7521)
BANYUWANGI = (-8.2192, 114.3692)


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        (MOJOSARI, MOJOSARI, 0),
        ((0.0, 0.0), (0.0, 90.0), 10007.557),
        ((0.0, 0.0), (0.0, 180.0), 20015.115),
        ((0.0, 179.5), (0.0, -179.5), 111.195),
        (MOJOSARI, SURABAYA, 36.07),
    ],
)
def test_distances_along_the_great_circle(here: Place, there: Place, kilometres: float) -> None:
    assert great_circle_km(here, there) == pytest.approx(kilometres, abs=0.01)


@pytest.mark.parametrize(
    ("there", "word"),
    [
        ((-6.52, 112.56), "utara"), ((-6.52, 113.56), "timur laut"), ((-7.52, 113.56), "timur"),
        ((-8.52, 113.56), "tenggara"), ((-8.52, 112.56), "selatan"), ((-8.52, 111.56), "barat daya"),
        ((-7.52, 111.56), "barat"), ((-6.52, 111.56), "barat laut"), (MOJOSARI, ""), (BANYUWANGI, "timur"),
        ((-6.52, 112.50), "utara"),
    ],
)  # fmt: skip
def test_the_direction_in_words(there: Place, word: str) -> None:
    assert direction(MOJOSARI, there) == word


def test_bearings_run_clockwise_from_north() -> None:
    assert bearing_deg((0.0, 0.0), (0.0, 1.0)) == pytest.approx(90)
    assert bearing_deg((0.0, 0.0), (0.0, -1.0)) == pytest.approx(270)
