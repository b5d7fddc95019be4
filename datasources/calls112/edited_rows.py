"""Rows that are edited after they were written: which to read again, and which of those changed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from datasources.contract import Cursor

MOST_REMEMBERED = 5_000
"""Rows whose content is remembered, so that only changed ones are given again."""


@dataclass
class EditedRows:
    """The highest id, the first id of each recent day, and what the rows since then looked like.

    Times may be words or without an index, so the database cannot be asked for recent ones; ids grow with time.
    """

    days: tuple[str, ...]
    highest: int | None
    first_ids: dict[str, int] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Cursor, days: tuple[str, ...]) -> EditedRows:
        recent = {day: int(first) for day, first in cursor.get("first_ids", []) if day >= days[0]}
        made = cls(days, cursor.get("id"), recent)
        start = made.start()
        made.seen = {int(i): crc for i, crc in cursor.get("seen", []) if start is not None and i > start}
        return made

    def start(self) -> int | None:
        """Rows after this id are read; None reads from the first."""
        if self.highest is None:
            return None
        return min([*(first - 1 for first in self.first_ids.values()), self.highest])

    def is_beyond(self, highest_there: int | None) -> bool:
        """Whether their ids end before ours: the table was emptied or rebuilt, and is read from its first row."""
        return self.highest is not None and (highest_there is None or highest_there < self.highest)

    def is_new(self, number: int, row: Mapping[str, Any]) -> bool:
        """Whether the row was not seen before as it is now; remembers it.

        The row must carry no telephone number: 32 bits of it stay in the cursor, and the numbers of a country can be
        tried against them.
        """
        crc = zlib.crc32(repr(sorted(row.items())).encode())
        known = self.seen.get(number) == crc
        self.seen[number] = crc
        self.passed(number)
        return not known

    def passed(self, number: int) -> None:
        """The row was met, and is of no interest."""
        self.highest = number if self.highest is None else max(self.highest, number)

    def received(self, number: int, day: str) -> None:
        """A recent row begins what is read again; a mistyped year in the future must not hold that back for ever."""
        if self.days[0] <= day <= self.days[-1]:
            self.first_ids[day] = min(number, self.first_ids.get(day, number))

    def cursor(self) -> dict[str, Any]:
        start = self.start()
        recent = sorted(item for item in self.seen.items() if start is not None and item[0] > start)
        self.seen = dict(recent[-MOST_REMEMBERED:])
        return {
            "id": self.highest,
            "first_ids": [list(item) for item in sorted(self.first_ids.items())],
            "seen": [list(item) for item in self.seen.items()],
        }
