"""Small counts of sensitive categories are not shown, nor a count from which one could be worked out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import chain
from typing import Literal, TypeVar

from dashboard.indicators.counted_incidents import LEAST_SHOWN

Row = TypeVar("Row", bound=Hashable)
Across = TypeVar("Across", bound=Hashable)

Hidden = Literal["<3", "disamarkan"]
"""One or two cases; or a count that is hidden because its row or column would give another one away."""
HIDDEN_NOTE = "Kategori sensitif dengan 1–2 kejadian ditulis <3; sel lain disamarkan bila selisihnya akan membukanya."


def hidden_cells(
    counts: Mapping[tuple[Row, Across], int], guarded: Callable[[Row, Across], bool]
) -> dict[tuple[Row, Across], Hidden]:
    """Which cells of a table must not be shown, and the word to show instead.

    `guarded` says of a cell whether its small counts are hidden. Where exactly one cell of a row or column is hidden,
    the smallest of the others follows, until no sum gives a cell away. A line without another cell cannot be helped:
    its sum must not be shown either, see `sum_is_safe`.
    """
    hidden: dict[tuple[Row, Across], Hidden] = {
        cell: "<3" for cell, n in counts.items() if 0 < n < LEAST_SHOWN and guarded(*cell)
    }
    while further := _next_to_hide(counts, hidden):
        hidden[further] = "disamarkan"
    return hidden


def _next_to_hide(
    counts: Mapping[tuple[Row, Across], int], hidden: Mapping[tuple[Row, Across], Hidden]
) -> tuple[Row, Across] | None:
    rows: dict[Row, list[tuple[Row, Across]]] = {}
    columns: dict[Across, list[tuple[Row, Across]]] = {}
    for cell in counts:
        rows.setdefault(cell[0], []).append(cell)
        columns.setdefault(cell[1], []).append(cell)
    for line in chain(rows.values(), columns.values()):
        if sum(cell in hidden for cell in line) == 1 and len(line) > 1:
            shown = [cell for cell in line if cell not in hidden]
            # A zero hides nothing: whoever knows the sum knows the rest. Zeros only where there is nothing else.
            return min(shown, key=lambda cell: (counts[cell] == 0, counts[cell]))
    return None


def sum_is_safe(hidden: Mapping[tuple[Row, Across], str]) -> bool:
    """Whether the sum of everything may stand beside the cells: one hidden cell alone would follow from it."""
    return len(hidden) != 1
