"""Classes of calls counted by the hour and the WIB day, kept true by recounting."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

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
)

from dashboard.store.call_classes import call_classes
from dashboard.store.call_waits import MONDAY_MS, WEEK_MS
from dashboard.store.database import UtcTime, from_ms, metadata
from dashboard.store.recount_due import DAY_MS, WIB_MS, Due
from dashboard.store.recounted import HOUR_MS, clear, floor, rows_of
from dashboard.store.whole_days import parts, span


def _counted(name: str, moment: str) -> Table:
    return Table(
        name,
        metadata,
        Column("source", String(64), primary_key=True),
        Column(moment, UtcTime, primary_key=True),
        Column("class_raw", String(64), primary_key=True),
        Column("n", Integer, nullable=False),
        Index(f"{name}_by_time", moment),
    )


class_hours = _counted("class_hours", "hour")
class_days = _counted("class_days", "day")
"""The hours of each WIB day as one row: a year of hours takes twenty times as long to add up."""


def recount_classes(connection: Connection, piece: Due) -> None:
    """Count the classes of a span again; one transaction of the caller's."""
    c, counted = call_classes.c, class_hours.c
    _recount(
        connection, class_hours, floor(c.at, HOUR_MS), c.class_raw, func.count(), rows_of(c.source, c.at, piece), piece
    )
    day, within = floor(counted.hour, DAY_MS, -WIB_MS), rows_of(counted.source, counted.hour, piece)
    _recount(connection, class_days, day, counted.class_raw, func.sum(counted.n), within, piece)


def _recount(connection: Connection, table: Table, moment: Any, word: Any, n: Any, within: Any, piece: Due) -> None:
    names = [column.name for column in table.c]
    clear(connection, table, table.c[names[1]], piece)
    told = select(literal(piece.source), moment, word, n).where(within).group_by(literal_column("2"), word)
    connection.execute(insert(table).from_select(names, told))


PARTS = parts(class_hours, class_days, ["class_raw", "n"])
BY_WORD = select(PARTS.c.class_raw, func.sum(PARTS.c.n)).group_by(PARTS.c.class_raw)
WEEKLY = (
    select(floor(PARTS.c.at, WEEK_MS, MONDAY_MS), PARTS.c.class_raw, func.sum(PARTS.c.n))
    .group_by(literal_column("1"), PARTS.c.class_raw)
    .order_by(literal_column("1"))
)


def classes_between(connection: Connection, start: datetime, end: datetime) -> Counter[str]:
    """How many calls of [start, end), whole hours, were written down as each class, in the words of the sources."""
    return Counter({r[0]: int(r[1]) for r in connection.execute(BY_WORD, span(start, end)).all()})


def weekly_classes(connection: Connection, start: datetime, end: datetime) -> dict[datetime, Counter[str]]:
    """Monday 00.00 WIB → how many calls were written down as each class, in the words of the sources."""
    found: dict[datetime, Counter[str]] = {}
    for begins, word, n in connection.execute(WEEKLY, span(start, end)).all():
        found.setdefault(from_ms(begins), Counter())[word] = int(n)  # type: ignore[arg-type]
    return found
