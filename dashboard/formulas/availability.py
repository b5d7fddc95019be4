"""Availability in pooled seconds: time that worked of the time that was watched, maintenance left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from dashboard.formulas.service_state import DOWN, UP, Spell

Window = tuple[datetime, datetime]
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """Milliseconds of a span: up, down, in maintenance; the rest of `total` nobody saw."""

    up: int = 0
    down: int = 0
    maintenance: int = 0
    total: int = 0

    def __add__(self, other: Watched) -> Watched:
        return Watched(
            self.up + other.up,
            self.down + other.down,
            self.maintenance + other.maintenance,
            self.total + other.total,
        )

    @property
    def share(self) -> Fraction | None:
        """Up of up and down; None when nothing was seen. Adding spans first and dividing once pools them."""
        return Fraction(self.up, self.up + self.down) if self.up + self.down else None

    @property
    def seen(self) -> Fraction | None:
        """The share of the span outside maintenance that was watched."""
        due = self.total - self.maintenance
        return Fraction(self.up + self.down, due) if due > 0 else None


def watched(spells: Iterable[Spell], start: datetime, end: datetime, maintenance: Sequence[Window] = ()) -> Watched:
    """What was seen of [start, end). Spells must not overlap; windows may."""
    closed = _merged(maintenance, start, end) if maintenance else []
    up = down = 0
    for spell in spells:
        ms = _outside(max(spell.start, start), min(spell.end, end), closed)
        up += ms if spell.state == UP else 0
        down += ms if spell.state == DOWN else 0
    return Watched(up, down, sum(_ms(a, b) for a, b in closed), max(0, _ms(start, end)))


def by_day(spells: Sequence[Spell], days: Sequence[Window], maintenance: Sequence[Window] = ()) -> list[Watched]:
    """What was seen of each day; days and spells in order, as `watched` of each."""
    found, place = [], 0
    for start, end in days:
        while place < len(spells) and spells[place].end <= start:
            place += 1
        here = []
        for spell in spells[place:]:
            if spell.start >= end:
                break
            here.append(spell)
        found.append(watched(here, start, end, maintenance))
    return found


def _ms(start: datetime, end: datetime) -> int:
    return (end - start) // _MS


def _merged(windows: Sequence[Window], start: datetime, end: datetime) -> list[Window]:
    """The windows within the span, in order, none of them overlapping."""
    merged: list[Window] = []
    for a, b in sorted((max(a, start), min(b, end)) for a, b in windows):
        if a >= b:
            continue
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], b))
        else:
            merged.append((a, b))
    return merged


def _outside(start: datetime, end: datetime, closed: Sequence[Window]) -> int:
    """Milliseconds of [start, end) that lie in none of the windows."""
    if start >= end:
        return 0
    if not closed:
        return _ms(start, end)
    covered = sum(_ms(max(a, start), min(b, end)) for a, b in closed if a < end and b > start)
    return _ms(start, end) - covered
