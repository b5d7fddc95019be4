"""What BMKG says people felt, place by place."""

from __future__ import annotations

import pytest

from dashboard.formulas.felt_intensity import felt_in, felt_places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (None, ()),
        ("-", ()),
        ("Tidak dirasakan", ()),
        ("II-III Kab. Lembata", (("Kab. Lembata", 2, 3),)),
        ("III Ternate,II-III Bitung", (("Ternate", 3, 3), ("Bitung", 2, 3))),
        ("IV Pacitan, III - IV Trenggalek, Blitar", (("Pacitan", 4, 4), ("Trenggalek", 3, 4), ("Blitar", 3, 4))),
        ("II MMI di Mojokerto; XII Lain", (("Mojokerto", 2, 2), ("Lain", 12, 12))),
    ],
)
def test_each_place_has_its_degrees(text: str | None, places: tuple[tuple[str, int, int], ...]) -> None:
    assert felt_places(text) == places


def test_the_highest_degree_of_a_place_that_is_named_counts() -> None:
    assert felt_in("II Kota Mojokerto, III-IV Kab. Mojokerto, V Malang", "Mojokerto") == 4
    assert felt_in("V Mojokertoan", "Mojokerto") is None
