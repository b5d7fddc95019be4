"""Days off that people enter beside the calendar: joint leave, local holidays, or a day that is worked after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, Column, Connection, Date, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

holiday_edits = Table(
    "holiday_edits",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_off", Boolean, nullable=False),
    Column("reason", String(120), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """A day that somebody entered: off, or worked although the calendar says otherwise."""

    day: date
    is_off: bool
    reason: str
    by: str


def entered_days(connection: Connection) -> list[EnteredDay]:
    """All of them, in order."""
    c = holiday_edits.c
    return [EnteredDay(*row) for row in connection.execute(select(c.day, c.is_off, c.reason, c.by).order_by(c.day))]


def enter_days(connection: Connection, days: Sequence[EnteredDay], at: datetime) -> None:
    """Keep days; one that is known is replaced."""
    rows = {d.day: {"day": d.day, "is_off": d.is_off, "reason": d.reason, "by": d.by, "at": at} for d in days}
    upsert(connection, holiday_edits, list(rows.values()), Merge.REPLACE)


def remove_day(connection: Connection, day: date) -> bool:
    """Let the calendar speak again; False when the day was not entered."""
    return connection.execute(delete(holiday_edits).where(holiday_edits.c.day == day)).rowcount == 1
