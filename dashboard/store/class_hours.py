"""Classes of calls counted by the hour, kept true by recounting."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    func,
    insert,
    literal,
    literal_column,
    select,
    type_coerce,
)

from dashboard.store.call_classes import call_classes
from dashboard.store.call_waits import MONDAY_MS, WEEK_MS
from dashboard.store.database import UtcTime, metadata
from dashboard.store.recount_due import Due
from dashboard.store.recounted import HOUR_MS, clear, floor, rows_of

class_hours = Table(
    "class_hours",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("class_raw", String(64), primary_key=True),
    Column("n", Integer, nullable=False),
    Index("class_hours_by_time", "hour"),
)


def recount_classes(connection: Connection, piece: Due) -> None:
    """Count the classes of a span again; one transaction of the caller's."""
    c = call_classes.c
    clear(connection, class_hours, class_hours.c.hour, piece)
    connection.execute(
        insert(class_hours).from_select(
            ["source", "hour", "class_raw", "n"],
            select(literal(piece.source), floor(c.at, HOUR_MS), c.class_raw, func.count())
            .where(rows_of(c.source, c.at, piece))
            .group_by(literal_column("2"), c.class_raw),
        )
    )


def classes_between(connection: Connection, start: datetime, end: datetime) -> Counter[str]:
    """How many calls of [start, end), whole hours, were written down as each class, in the words of the sources."""
    c = class_hours.c
    rows = connection.execute(
        select(c.class_raw, func.sum(c.n)).where(c.hour >= start, c.hour < end).group_by(c.class_raw)
    )
    return Counter({r[0]: int(r[1]) for r in rows})


def weekly_classes(connection: Connection, start: datetime, end: datetime) -> dict[datetime, Counter[str]]:
    """Monday 00.00 WIB → how many calls were written down as each class, in the words of the sources."""
    c = class_hours.c
    monday = type_coerce(floor(c.hour, WEEK_MS, MONDAY_MS), UtcTime)
    rows = connection.execute(
        select(monday, c.class_raw, func.sum(c.n))
        .where(c.hour >= start, c.hour < end)
        .group_by(literal_column("1"), c.class_raw)
        .order_by(literal_column("1"))
    )
    found: dict[datetime, Counter[str]] = {}
    for begins, word, n in rows:
        found.setdefault(begins, Counter())[word] = int(n)
    return found
