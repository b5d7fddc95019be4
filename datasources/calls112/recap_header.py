"""The header of a recap table: headings over one to three rows, with the merged groups above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from datasources.spreadsheet import Cell

Rows = Sequence[Sequence[Cell]]
HEADER_DEPTH = 3


class Heading(NamedTuple):
    """A heading with the groups above it, and the row and column (from 0) of its own cell."""

    path: tuple[str, ...]
    row: int
    column: int


def address(row: int, column: int) -> str:
    """ "C14" of the cell at a row and column counted from 0."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def cell_at(rows: Rows, row: int, column: int) -> Cell:
    """The cell, None outside the sheet."""
    return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else None


def text_at(rows: Rows, row: int, column: int) -> str:
    """The words of a cell; '' for numbers, dates and nothing."""
    cell = cell_at(rows, row, column)
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def headings_of(rows: Rows, top: int, last: int, first: int) -> tuple[Heading, ...]:
    """The headings from column `first` on. A group reaches right over columns empty in its row but filled below.

    A merged cell keeps its words in its first column only. A heading that nothing stands under is merged downwards:
    it has no group, and what stands right of it does not belong to it.
    """
    width = max(len(rows[r]) for r in range(top, last + 1))
    reach = _Groups()
    found: list[Heading] = []
    for column in range(first, width):
        filled = [(r, _words(cell_at(rows, r, column))) for r in range(top, last + 1)]
        own = next(((r, w) for r, w in reversed(filled) if w), None)
        if own is None:
            continue
        groups = tuple(reach.over(r, w) for r, w in filled if r < own[0])
        reach.close(range(own[0], last + 1))
        found.append(Heading((*(g for g in groups if g), own[1]), own[0], column))
    return tuple(found)


@dataclass
class _Groups:
    """The group heading that reaches over the present column, by header row."""

    current: dict[int, str] = field(default_factory=dict)

    def over(self, row: int, words: str) -> str:
        if words:
            self.current[row] = words
            # A new group in a row ends the groups below it.
            self.close(range(row + 1, row + HEADER_DEPTH))
        return self.current.get(row, "")

    def close(self, rows: range) -> None:
        for row in rows:
            self.current.pop(row, None)


def _words(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None and not isinstance(cell, bool) else ""
