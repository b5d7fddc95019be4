"""The glasses of a wall that one computer drives: which there are, and how each is named by its place."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.editing.entry import EntryRefused, quoted, whole_number

WHOLE = 0
"""In place of a glass: all of them."""
Shape = tuple[int, int]
"""How many glasses across and down."""
Shapes = Mapping[str, Shape]
"""By profile."""


def place_of(glass: int, across: int) -> str:
    """'baris 1, kolom 2' of the second glass from the left in the upper row."""
    row, column = divmod(glass - 1, across)
    return f"baris {row + 1}, kolom {column + 1}"


def glass_in(given: object, shape: Shape) -> int:
    """A glass of a wall of this shape, or the whole of it. Raises EntryRefused."""
    across, down = shape
    known = WHOLE if given == WHOLE else whole_number(given)
    if known is None or known > across * down:
        raise EntryRefused(f"Layar {quoted(str(given))} tidak ada pada dinding itu; pilih salah satu dari kisi.")
    return known
