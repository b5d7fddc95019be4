"""A row of somebody else's table of cases: its texts without persons, its days, and what of it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from datasources.contract import Refused
from datasources.indonesian_dates import WIB, to_utc
from datasources.privacy import MASK, mask

FUTURE_TOLERANCE = timedelta(minutes=5)
BLANK = ("", "-", "–")
_masked = lru_cache(maxsize=4096)(mask)
"""Offices, kinds and states are few words, repeated in every row."""
_moment = lru_cache(maxsize=65_536)(to_utc)
_day = lru_cache(maxsize=65_536)(lambda moment: moment.astimezone(WIB).date())

Place = Callable[[str], str]
"""Our name of a column → where it stands, in words."""


@dataclass(slots=True)
class DatedRow:
    """`cells` by our names. What cannot be read is refused with its place and left out; the row goes on."""

    cells: Mapping[str, Any]
    place: Place
    now: datetime
    refused: list[Refused] = field(default_factory=list)

    def text(self, key: str, longest: int) -> str:
        """A word or an office, masked; empty when the cell says nothing."""
        said = _said(self.cells.get(key))
        return "" if said in BLANK else _masked(said)[:longest]

    def identity(self, key: str, longest: int, what: str) -> str:
        """The number by which the office knows it. Empty, and refused, when there is none."""
        said = _said(self.cells.get(key))[:longest]
        if said in BLANK:
            self.refuse(key, f"{what} kosong; setiap baris harus punya nomor")
            return ""
        return said

    def day(self, key: str, not_before: date | None = None) -> date | None:
        """A day in WIB; None for an empty cell, and for one that is refused."""
        value = self.cells.get(key)
        if value is None:
            return None
        try:
            moment = _moment(value if not isinstance(value, str) else _said(value))
        except ValueError:
            self.refuse(key, "bukan tanggal; tulis seperti 31/12/2025 atau 2025-12-31")
            return None
        if moment is None:
            return None
        if moment > self.now + FUTURE_TOLERANCE:
            self.refuse(key, f"tanggal {_day(moment):%d/%m/%Y} masih di depan; periksa tahun dan bulannya")
            return None
        return self._ordered(key, _day(moment), not_before)

    def _ordered(self, key: str, day: date, not_before: date | None) -> date | None:
        if not_before is not None and day < not_before:
            self.refuse(key, f"tanggal {day:%d/%m/%Y} sebelum tanggal masuk {not_before:%d/%m/%Y}; periksa keduanya")
            return None
        return day

    def is_refused(self, key: str) -> bool:
        """Whether something was said about this cell already."""
        return any(note.place == self.place(key) for note in self.refused)

    def refuse(self, key: str, reason: str) -> None:
        """Note what cannot be. A date begins with a digit; other words may be a name."""
        said = _said(self.cells.get(key))
        self.refused.append(
            Refused(_masked(said) if said[:1].isdecimal() else MASK if said else "", reason, self.place(key))
        )


def began(day: date) -> datetime:
    """The moment at which a day began: 00.00 WIB, as UTC. What happened on it is no older."""
    return datetime(day.year, day.month, day.day, tzinfo=WIB).astimezone(UTC)


def _said(value: object) -> str:
    return "" if value is None else " ".join(str(value).replace("\0", "").split())
