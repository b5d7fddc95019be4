"""Periods for which a plan sets targets: quarters (TW1-TW4) and whole years, and which of them is to be judged when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

Period = tuple[int, str]
"""(year, 'TW1' … 'TW4' or 'tahunan')."""

ANNUAL = "tahunan"
QUARTERS = ("TW1", "TW2", "TW3", "TW4")
NAMES = (ANNUAL, *QUARTERS)


def first_day(period: Period) -> date:
    """Its first day. Raises ValueError for a name that is none."""
    year, name = period
    return date(year, 1, 1) if name == ANNUAL else date(year, 3 * QUARTERS.index(name) + 1, 1)


def day_after(period: Period) -> date:
    """The day after its last. Raises ValueError for a name that is none."""
    year, name = period
    month = 12 if name == ANNUAL else 3 * QUARTERS.index(name) + 3
    return date(year + month // 12, month % 12 + 1, 1)


def due(periods: Collection[Period], today: date) -> Period | None:
    """The period that ended last; of a year and its last quarter the year. None while none has ended."""
    ended = [p for p in periods if day_after(p) <= today]
    return max(ended, key=lambda p: (day_after(p), p[1] == ANNUAL), default=None)


def running(periods: Collection[Period], today: date) -> Period | None:
    """The shortest period that today lies in; None when no target was set for one."""
    there = [p for p in periods if first_day(p) <= today < day_after(p)]
    return min(there, key=lambda p: (p[1] == ANNUAL, p), default=None)


def words(period: Period) -> str:
    """'TW3 2026' or '2026'."""
    year, name = period
    return str(year) if name == ANNUAL else f"{name} {year}"
