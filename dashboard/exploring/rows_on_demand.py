"""Rows that are made when they are read: a page shows two hundred of a year of cases, an export all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

Row = Mapping[str, Any]
AT_ONCE = 1000
"""Rows made together where all are read: an export needs no more of them at a time."""


class RowsOnDemand(Sequence[Row]):
    """`count` rows, of which `made` makes those from one place to before another."""

    def __init__(self, count: int, made: Callable[[int, int], Sequence[Row]]) -> None:
        self._count, self._made = count, made

    def __len__(self) -> int:
        """How many there are; none has to be made for it."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """One row, or those of a slice; a slice of steps makes what lies between, too."""
        if isinstance(place, slice):
            start, end, step = place.indices(self._count)
            return self._made(start, end) if step == 1 else list(self)[place]
        at = range(self._count)[place]
        return self._made(at, at + 1)[0]

    def __iter__(self) -> Iterator[Row]:
        """All of them, in their order."""
        for start in range(0, self._count, AT_ONCE):
            yield from self._made(start, min(start + AT_ONCE, self._count))
