"""Silences and maintenance windows: what is not told for a while, why, and until when. Ended early, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Row, String, Table, and_, insert, or_, select, update

from dashboard.store.database import UtcTime, id_column, metadata

silences = Table(
    "silences",
    metadata,
    id_column(),
    Column("rule", String(96), nullable=False),
    Column("start", UtcTime, nullable=False),
    Column("end", UtcTime, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index("silences_by_time", "end", "start"),
)

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Silence:
    """Of one rule, or of EVERYTHING; from `start` to `end`, with the reason that was given."""

    id: int
    rule: str
    start: datetime
    end: datetime
    reason: str
    by: str

    def covers(self, rule: str) -> bool:
        """Whether messages of that rule are held back by it."""
        return self.rule in (rule, EVERYTHING)


def add_silence(
    connection: Connection, rule: str, start: datetime, end: datetime, reason: str, by: str, at: datetime
) -> int:
    """Keep a silence; returns its number."""
    values = {"rule": rule, "start": start, "end": end, "reason": reason, "by": by, "at": at}
    key = connection.execute(insert(silences).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def end_silence(connection: Connection, number: int, at: datetime) -> bool:
    """End one before its time; False when there is none that still holds."""
    c = silences.c
    holds = and_(c.id == number, c.end > at, c.ended_at.is_(None))
    return connection.execute(update(silences).where(holds).values(ended_at=at)).rowcount == 1


def silences_at(connection: Connection, at: datetime) -> list[Silence]:
    """Those that hold, or held, at a moment."""
    c = silences.c
    known = and_(c.at <= at, c.start <= at, c.end > at, or_(c.ended_at.is_(None), c.ended_at > at))
    return [_silence(r) for r in connection.execute(select(silences).where(known).order_by(c.end, c.id))]


def silences_to_come(connection: Connection, at: datetime) -> list[Silence]:
    """Those that hold or are still to begin."""
    c = silences.c
    rows = connection.execute(select(silences).where(c.end > at, c.ended_at.is_(None)).order_by(c.start, c.id))
    return [_silence(r) for r in rows]


def _silence(row: Row) -> Silence:
    return Silence(row.id, row.rule, row.start, row.end, row.reason, row.by)
