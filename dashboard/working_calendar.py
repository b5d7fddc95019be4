"""The working days of Indonesia as the joint decree has them, and as people here corrected them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from dashboard.day_types import FIRST_YEAR, day_type
from dashboard.formulas.working_days import WorkingCalendar

YEARS_AHEAD = 2
"""Clocks of sixty working days reach into the next year."""


def working_calendar(until: date, off: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkingCalendar:
    """The calendar from 2015 to the second year after `until`; entered days go before those of the decree."""
    return _built(until.year + YEARS_AHEAD, frozenset(off), frozenset(worked))


@lru_cache(maxsize=8)
def _built(last: int, off: frozenset[date], worked: frozenset[date]) -> WorkingCalendar:
    decreed = _decreed(last)
    return WorkingCalendar((decreed | off) - worked, FIRST_YEAR, last, worked)


@lru_cache(maxsize=8)
def _decreed(last: int) -> frozenset[date]:
    first = date(FIRST_YEAR, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(last, 12, 31) - first).days + 1))
    return frozenset(day for day in days if day.weekday() < 5 and day_type(day).holiday is not None)
