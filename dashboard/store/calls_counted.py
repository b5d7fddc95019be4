"""Calls counted over a span of time: by the hour, day or week, or all of it as one; never by reading the calls."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select

from dashboard.store.call_hours import call_days, call_hours
from dashboard.store.call_waits import MONDAY_MS, WEEK_MS
from dashboard.store.database import from_ms
from dashboard.store.recount_due import DAY_MS, WIB_MS
from dashboard.store.recounted import HOUR_MS, floor
from dashboard.store.whole_days import END, START, parts, span


@dataclass(frozen=True, slots=True)
class CallHour:
    """The calls that entered in one hour, over all sources. Seconds are sums; their n says over how many calls."""

    hour: datetime
    offered: int
    answered: int
    abandoned: int
    short_abandoned: int
    timeout: int
    unknown: int
    waited_s: int
    waited_n: int
    talked_s: int
    talked_n: int


COUNTED = [f.name for f in fields(CallHour)][1:]


def hours_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The hours of [start, end) in which calls entered, oldest first; an hour without a call is absent."""
    return _counted(connection, HOUR_MS, 0, start, end)


def days_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The WIB days of [start, end) in which calls entered, each as one; `hour` is their 00.00 WIB."""
    return _counted(connection, DAY_MS, -WIB_MS, start, end)


def weeks_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The ISO weeks (WIB) of [start, end) in which calls entered; `hour` is their Monday 00.00 WIB."""
    return _counted(connection, WEEK_MS, MONDAY_MS, start, end)


def all_between(connection: Connection, start: datetime, end: datetime) -> CallHour | None:
    """The calls that entered in [start, end) as one; `hour` is its start. None without a call."""
    row = connection.execute(TOTAL, span(start, end)).one()
    return None if row[0] is None else CallHour(start, *map(int, row))


def _counted(connection: Connection, width_ms: int, origin_ms: int, start: datetime, end: datetime) -> list[CallHour]:
    rows = connection.execute(_summing(width_ms, origin_ms), span(start, end)).all()
    return [CallHour(from_ms(r[0]), *map(int, r[1:])) for r in rows]  # type: ignore[arg-type]


@cache
def _summing(width_ms: int, origin_ms: int) -> Select[Any]:
    """Sums over slots of time. Built once: the database takes less long."""
    at, sums = (PARTS.c.at, SUMS) if width_ms >= DAY_MS else (call_hours.c.hour, HOURLY)
    statement = select(floor(at, width_ms, origin_ms), *sums).group_by(literal_column("1"))
    if width_ms < DAY_MS:
        statement = statement.where(call_hours.c.hour >= START, call_hours.c.hour < END)
    return statement.order_by(literal_column("1"))


PARTS = parts(call_hours, call_days, ["source", *COUNTED])
SUMS, HOURLY = ([func.sum(of.c[name]) for name in COUNTED] for of in (PARTS, call_hours))
TOTAL = select(*SUMS)
SOURCES = select(PARTS.c.source).distinct()
NEWEST = select(func.max(call_hours.c.hour)).where(call_hours.c.hour < END)


def sources_between(connection: Connection, start: datetime, end: datetime) -> frozenset[str]:
    """The sources that told of calls in [start, end)."""
    return frozenset(connection.execute(SOURCES, span(start, end)).scalars())


def newest_hour(connection: Connection, before: datetime) -> datetime | None:
    """The last hour before a moment in which calls entered."""
    newest: datetime | None = connection.execute(NEWEST, {"end": before}).scalar()
    return newest
