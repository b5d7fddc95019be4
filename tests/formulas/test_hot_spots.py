"""Hot spots: Gi* of a small grid, false discoveries, and when nothing may be said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.formulas.hot_spots import (
    HotSpots,
    NotRun,
    adjusted_for_false_discoveries,
    gi_star,
    hot_spots,
    two_sided_normal_p,
)

SHARED = Path(__file__).parents[2] / "../shared/data/stat_vectors.json"
NINE_CELLS = [2, 3, 1, 4, 20, 5, 3, 18, 2]
# Computed from the closed formula, queen neighbours; the centre neighbours all others.
NINE_SCORES = [0.298953, -0.35859, 0.298953, 1.108368, None, 1.010571, 1.78341, 1.303963, 1.78341]
# Benjamini and Hochberg (1995), section 3.2: fifteen tests, of which four stand at 5 %.
FIFTEEN_P = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
             0.7590, 1.0]  # fmt: skip


def queen(rows: int, columns: int) -> list[list[int]]:
    """The cells that touch each cell of a grid, row by row."""
    return [
        [
            columns * r + c
            for r in range(max(0, row - 1), min(rows, row + 2))
            for c in range(max(0, column - 1), min(columns, column + 2))
            if (r, c) != (row, column)
        ]
        for row in range(rows)
        for column in range(columns)
    ]


def test_nine_cells_have_eight_scores_and_an_undefined_centre() -> None:
    found = gi_star(NINE_CELLS, queen(3, 3))
    assert found[4] is None
    assert [z for z in found if z is not None] == pytest.approx([z for z in NINE_SCORES if z is not None], abs=5e-7)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")
def test_the_shared_grid_is_reproduced() -> None:
    vector = json.loads(SHARED.read_text(encoding="utf-8"))["getis_ord_gi_star"]
    assert [value for row in vector["grid"] for value in row] == NINE_CELLS
    assert [z for row in vector["z"] for z in row] == NINE_SCORES


def test_a_cell_counts_as_its_own_neighbour_once() -> None:
    around = queen(3, 3)
    assert gi_star(NINE_CELLS, [[*cells, place] for place, cells in enumerate(around)]) == gi_star(NINE_CELLS, around)


def test_a_flat_map_has_no_scores() -> None:
    assert gi_star([7] * 9, queen(3, 3)) == [None] * 9
    assert gi_star([0.1] * 12, queen(3, 4)) == [None] * 12


@pytest.mark.parametrize(("values", "cells"), [([1, 2], 3), ([], 0)])
def test_values_and_neighbours_must_match(values: list[float], cells: int) -> None:
    with pytest.raises(ValueError, match=f"{len(values)} nilai dan {cells} daftar tetangga"):
        gi_star(values, [[]] * cells)


@pytest.mark.parametrize(("z", "p"), [(0, 1), (1.959964, 0.05), (-1.959964, 0.05), (3.290527, 0.001)])
def test_the_normal_chance_is_two_sided(z: float, p: float) -> None:
    assert two_sided_normal_p(z) == pytest.approx(p, abs=1e-6)


def test_four_of_fifteen_published_tests_stand() -> None:
    adjusted = adjusted_for_false_discoveries(FIFTEEN_P)
    assert [p is not None and p <= 0.05 for p in adjusted] == [True] * 4 + [False] * 11
    assert adjusted[0] == pytest.approx(0.0015)
    assert adjusted[3] == pytest.approx(0.035625)
    assert adjusted[4:6] == pytest.approx([0.0201 * 15 / 5, 0.0298 * 15 / 7])


def test_cells_without_a_score_are_no_tests() -> None:
    assert adjusted_for_false_discoveries([None, 0.04, None, 0.02]) == [None, 0.04, None, 0.04]


def clustered() -> list[int]:
    """Ten by ten cells with a crowded corner."""
    return [40 if cell % 10 < 3 and cell < 30 else cell % 3 for cell in range(100)]


def test_a_crowded_corner_is_hot_and_nothing_else() -> None:
    values = clustered()
    found = hot_spots(values, queen(10, 10), sum(values))
    assert isinstance(found, HotSpots)
    assert {cell for cell, hot in enumerate(found.hot) if hot} >= {0, 1, 2, 10, 11, 12, 20, 21, 22}
    assert not any(found.hot[cell] for cell in range(50, 100))
    assert len(found.z) == len(found.adjusted_p) == 100


@pytest.mark.parametrize(
    ("cells", "events", "reason"),
    [
        (100, 29, "titik rawan tidak dihitung: 29 kejadian, perlu sedikitnya 30"),
        (49, 500, "titik rawan tidak dihitung: 49 sel, perlu sedikitnya 50"),
        (18, 500, "titik rawan tidak dihitung: 18 sel, perlu sedikitnya 50"),
    ],
)
def test_few_events_or_cells_are_refused_with_the_reason(cells: int, events: int, reason: str) -> None:
    assert hot_spots([1.0] * cells, [[]] * cells, events) == NotRun(reason)


def test_thirty_events_on_fifty_cells_are_enough() -> None:
    assert isinstance(hot_spots([float(cell % 4) for cell in range(50)], queen(5, 10), 30), HotSpots)
