"""Calls that were offered, summed over equal stretches of time and over the hours of the week."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from dashboard.store.call_hours import call_days, call_hours
from dashboard.store.call_waits import MONDAY_MS
from dashboard.store.database import slot, to_ms
from dashboard.store.recount_due import DAY, wib_day
from dashboard.store.recounted import HOUR_MS

WEEK_HOURS = 7 * 24
MS = timedelta(milliseconds=1)


def offered_per(connection: Connection, start: datetime, end: datetime, width: timedelta) -> dict[int, int]:
    """Number of the stretch, from 0 at `start`, → calls of [start, end), whole hours; without calls: absent.

    Stretches of whole WIB days are summed from days, as far as these are over.
    """
    until = wib_day(end) if not width % DAY and wib_day(start) == start else start
    days, hours = call_days.c, call_hours.c
    parts = ((days.day, days.offered, start, until), (hours.hour, hours.offered, until, end))
    found: Counter[int] = Counter()
    for moment, offered, first, last in parts:
        number = slot(moment, width // MS, to_ms(start)).label("number")
        summed = select(number, func.sum(offered)).where(moment >= first, moment < last).group_by(number)
        if first < last:
            found.update({int(place): int(calls) for place, calls in connection.execute(summed).all()})
    return dict(found)


def offered_by_hour_of_week(connection: Connection, start: datetime, end: datetime) -> dict[tuple[int, int], int]:
    """(Monday 0, hour in WIB) → calls of the hours that begin in [start, end); without calls: absent."""
    c = call_hours.c
    place = (slot(c.hour, HOUR_MS, MONDAY_MS) % WEEK_HOURS).label("place")
    rows = connection.execute(select(place, func.sum(c.offered)).where(c.hour >= start, c.hour < end).group_by(place))
    return {divmod(int(number), 24): int(calls) for number, calls in rows}


def days_with_calls(connection: Connection, start: datetime, end: datetime) -> list[datetime]:
    """00.00 WIB, in UTC, of each day with an hour of [start, end) in which somebody called; `start` is such a moment.

    The last day is looked up in its hours, the others in the days.
    """
    today = max(start, wib_day(end))
    days, hours = call_days.c, call_hours.c
    over = select(days.day).where(days.day >= start, days.day < today).distinct().order_by(days.day)
    begun = select(hours.hour).where(hours.hour >= today, hours.hour < end).limit(1)
    found = list(connection.execute(over).scalars())
    return [*found, today] if connection.execute(begun).first() else found
