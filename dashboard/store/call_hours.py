"""Calls counted by the hour, so that ten years behind a panel cost no more than a week.

Kept true by recounting: a batch marks the time it touched, the worker recounts marked time from the calls themselves.
"""

from __future__ import annotations

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
    select,
)

from dashboard.store.call_waits import recount_waits
from dashboard.store.calls112 import calls
from dashboard.store.database import UtcTime, metadata
from dashboard.store.recount_due import DAY_MS, WIB_MS, Due
from dashboard.store.recounted import HOUR_MS, clear, floor, rows_of

SHORT_ABANDON_S = 5


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
