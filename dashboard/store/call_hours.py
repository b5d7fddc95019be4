"""Calls counted by the hour, so that ten years behind a panel cost no more than a week.

Kept true by recounting: a batch marks the time it touched, the worker recounts marked time from the calls themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)

from dashboard.store.call_waits import MONDAY_MS, WEEK_MS, recount_waits
from dashboard.store.calls112 import calls
from dashboard.store.database import UtcTime, metadata
from dashboard.store.recount_due import DAY, DAY_MS, WIB_MS, Due, wib_day
from dashboard.store.recounted import HOUR_MS, clear, floor, rows_of

SHORT_ABANDON_S = 5
MS = timedelta(milliseconds=1)


def _counts() -> list[Column]:
    return [
        Column("offered", Integer, nullable=False),
        Column("answered", Integer, nullable=False),
        Column("abandoned", Integer, nullable=False),
        Column("short_abandoned", Integer, nullable=False),
        Column("timeout", Integer, nullable=False),
        Column("unknown", Integer, nullable=False),
        Column("waited_s", BigInteger, nullable=False),
        Column("waited_n", Integer, nullable=False),
        Column("talked_s", BigInteger, nullable=False),
        Column("talked_n", Integer, nullable=False),
    ]


call_hours = Table(
    "call_hours",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    *_counts(),
    Index("call_hours_by_time", "hour"),
)

call_days = Table(
    "call_days",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    *_counts(),
    Index("call_days_by_time", "day"),
)
"""The hours of each WIB day as one row: a year of hours takes ten times as long to add up."""


def recount_calls(connection: Connection, piece: Due) -> None:
    """Count the calls of a span again; one transaction of the caller's."""
    inside = rows_of(calls.c.source, calls.c.t_enter, piece)
    clear(connection, call_hours, call_hours.c.hour, piece)
    c = calls.c
    answered = func.coalesce(c.outcome, case((c.t_answer.is_not(None), "answered"))) == "answered"
    counted = {
        "offered": func.count(),
        "answered": _sum(answered),
        "abandoned": _sum(c.outcome == "abandoned"),
        "short_abandoned": _sum(and_(c.outcome == "abandoned", c.wait_s <= SHORT_ABANDON_S)),
        "timeout": _sum(c.outcome == "timeout"),
        "unknown": _sum(c.outcome == "unknown"),
        "waited_s": func.coalesce(func.sum(case((answered, c.wait_s))), 0),
        "waited_n": _sum(and_(answered, c.wait_s.is_not(None))),
        "talked_s": func.coalesce(func.sum(case((answered, c.talk_s))), 0),
        "talked_n": _sum(and_(answered, c.talk_s.is_not(None))),
    }
    hour = floor(c.t_enter, HOUR_MS, 0)
    connection.execute(
        insert(call_hours).from_select(
            ["source", "hour", *counted],
            select(literal(piece.source), hour, *counted.values()).where(inside).group_by(literal_column("2")),
        )
    )
    _recount_days(connection, piece, list(counted))
    recount_waits(connection, piece, case((answered, "answered"), else_=c.outcome))


def _recount_days(connection: Connection, piece: Due, names: list[str]) -> None:
    c = call_hours.c
    clear(connection, call_days, call_days.c.day, piece)
    connection.execute(
        insert(call_days).from_select(
            ["source", "day", *names],
            select(literal(piece.source), floor(c.hour, DAY_MS, -WIB_MS), *(func.sum(c[name]) for name in names))
            .where(rows_of(c.source, c.hour, piece))
            .group_by(literal_column("2")),
        )
    )


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


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


def hours_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The hours of [start, end) in which calls entered, oldest first; an hour without a call is absent."""
    return _counted(connection, HOUR_MS, 0, start, end)


def days_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The WIB days of [start, end) in which calls entered, each as one; `hour` is their 00.00 WIB."""
    return _counted(connection, DAY_MS, -WIB_MS, start, end)


def weeks_between(connection: Connection, start: datetime, end: datetime) -> list[CallHour]:
    """The ISO weeks (WIB) of [start, end) in which calls entered; `hour` is their Monday 00.00 WIB."""
    return _counted(connection, WEEK_MS, MONDAY_MS, start, end)


def _counted(connection: Connection, width_ms: int, origin_ms: int, start: datetime, end: datetime) -> list[CallHour]:
    """Sums over slots of time, from whole days as far as there are and from hours at the ends."""
    names = [f.name for f in fields(CallHour)][1:]
    hours, days = call_hours.c, call_days.c
    first, last = (start, start) if width_ms < DAY_MS else (wib_day(start - MS) + DAY, wib_day(end))
    cells = [hours[name] for name in names]
    told: Any = select(hours.hour.label("at"), *cells).where(hours.hour >= start, hours.hour < end)
    if first < last:
        at_ends = or_(hours.hour < first, hours.hour >= last)
        whole = select(days.day.label("at"), *(days[name] for name in names))
        told = told.where(at_ends).union_all(whole.where(days.day >= first, days.day < last))
    parts = told.subquery()
    begins = type_coerce(floor(parts.c.at, width_ms, origin_ms), UtcTime)
    rows = connection.execute(
        select(begins, *(func.sum(parts.c[name]) for name in names))
        .group_by(literal_column("1"))
        .order_by(literal_column("1"))
    )
    return [CallHour(r[0], *map(int, r[1:])) for r in rows.all()]


def sources_between(connection: Connection, start: datetime, end: datetime) -> frozenset[str]:
    """The sources that told of calls in [start, end)."""
    hours, days, last = call_hours.c, call_days.c, wib_day(end)
    whole = select(days.source).where(days.day >= start, days.day < last).distinct()
    ends = or_(hours.hour < wib_day(start - MS) + DAY, hours.hour >= last)
    rest = select(hours.source).where(hours.hour >= start, hours.hour < end, ends).distinct()
    return frozenset(connection.execute(whole.union(rest)).scalars())


def newest_hour(connection: Connection, before: datetime) -> datetime | None:
    """The last hour before a moment in which calls entered."""
    newest: datetime | None = connection.execute(
        select(func.max(call_hours.c.hour)).where(call_hours.c.hour < before)
    ).scalar()
    return newest
