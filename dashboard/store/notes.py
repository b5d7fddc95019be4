"""Notes that people put on a moment or a span, shown on charts and in the briefing. Withdrawn, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata

NoteKind = Literal["perubahan definisi", "peristiwa", "gangguan data"]
"""A change of definition re-bases the limits of control charts from that moment on."""

notes = Table(
    "notes",
    metadata,
    id_column(),
    Column("family", String(16), nullable=False),
    Column("start", UtcTime, nullable=False),
    Column("end", UtcTime),
    Column("kind", String(32), nullable=False),
    Column("text", String(200), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("notes_by_time", "family", "start"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """One note. Times UTC; no end: a moment."""

    id: int
    family: str
    start: datetime
    end: datetime | None
    kind: NoteKind
    text: str
    by: str
    at: datetime


def add_note(
    connection: Connection,
    family: str,
    start: datetime,
    end: datetime | None,
    kind: NoteKind,
    text: str,
    by: str,
    at: datetime,
) -> int:
    """Add a note; returns its number."""
    values = {"family": family, "start": start, "end": end, "kind": kind, "text": text, "by": by, "at": at}
    key = connection.execute(insert(notes).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def withdraw(connection: Connection, number: int, at: datetime) -> bool:
    """Take a note off the charts; False when there is no such note that still stands."""
    c = notes.c
    done = connection.execute(update(notes).where(c.id == number, c.withdrawn_at.is_(None)).values(withdrawn_at=at))
    return done.rowcount == 1


def notes_between(
    connection: Connection, family: str, start: datetime, end: datetime, known_at: datetime
) -> list[Note]:
    """The notes that touch [start, end) and stood at `known_at`, oldest first."""
    c = notes.c
    stood = and_(c.at <= known_at, or_(c.withdrawn_at.is_(None), c.withdrawn_at > known_at))
    touches = and_(c.start < end, func.coalesce(c.end, c.start) >= start)
    rows = connection.execute(select(notes).where(c.family == family, stood, touches).order_by(c.start, c.id))
    return [_note(r) for r in rows]


def standing_notes(connection: Connection, limit: int = 100) -> list[Note]:
    """The notes nobody has withdrawn, the newest entered first."""
    c = notes.c
    rows = connection.execute(select(notes).where(c.withdrawn_at.is_(None)).order_by(c.id.desc()).limit(limit))
    return [_note(r) for r in rows]


def _note(row: Row) -> Note:
    return Note(row.id, row.family, row.start, row.end, row.kind, row.text, row.by, row.at)
