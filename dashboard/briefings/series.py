"""The figures of many weeks as the charts need them: six weeks, twelve months, the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from dashboard import clock
from dashboard.briefings.figure import SAMPLED_UNITS, Slot
from dashboard.indicators.week_signal import Weeks
from dashboard.store.week_figures import WeekFigure

WEEKS, MONTHS = 6, 12
WEEK, YEAR = timedelta(days=7), timedelta(days=364)
"""Fifty-two weeks: the same weekday a year before, whatever number the week then had."""
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def six_weeks(found: Weeks, week: datetime) -> tuple[Slot, ...]:
    """The last six weeks up to `week`, each beside the week a year before."""
    mondays = [week - WEEK * back for back in reversed(range(WEEKS))]
    return tuple(Slot(str(clock.wib(m).isocalendar().week), _value(found, m), _value(found, m - YEAR)) for m in mondays)


def twelve_months(found: Weeks, week: datetime, unit: str) -> tuple[Slot, ...]:
    """The twelve months before the one that the Thursday of `week` lies in; a week belongs to its Thursday's month."""
    by_month: dict[tuple[int, int], list[WeekFigure]] = {}
    for monday, figure in sorted(found.items()):
        by_month.setdefault(_month(monday), []).append(figure)
    year, month = _month(week)
    slots = []
    for back in range(MONTHS, 0, -1):
        y, m = divmod(year * 12 + month - 1 - back, 12)
        now, before = (mean_of(by_month.get((that, m + 1), []), unit) for that in (y, y - 1))
        slots.append(Slot(MONTH_NAMES[m], now, before))
    return tuple(slots)


def mean_of(figures: Sequence[WeekFigure], unit: str) -> Decimal | None:
    """The mean of weeks: shares and mean times pooled by their n, everything else week by week."""
    known = [f for f in figures if f.value is not None]
    if not known:
        return None
    if unit in SAMPLED_UNITS and all(f.n for f in known):
        weights = [Decimal(f.n or 0) for f in known]
        pairs = zip(known, weights, strict=True)
        return sum(((f.value or Decimal(0)) * w for f, w in pairs), Decimal(0)) / sum(weights)
    return sum((f.value or Decimal(0) for f in known), Decimal(0)) / len(known)


def _value(found: Weeks, monday: datetime) -> Decimal | None:
    figure = found.get(monday)
    return None if figure is None else figure.value


def _month(monday: datetime) -> tuple[int, int]:
    thursday = clock.wib(monday) + timedelta(days=3)
    return thursday.year, thursday.month
