"""Complaints and requests for information as days: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import Boolean, Column, Connection, Date, Index, String, Table, func, or_, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert_tuples
from datasources.complaints.records import Complaint, Procedure

complaints = Table(
    "complaints",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("number", String(64), primary_key=True),
    Column("procedure", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("received", Date, nullable=False),
    Column("opd", String(96), nullable=False),
    Column("category", String(64), nullable=False),
    Column("verified", Date),
    Column("answered", Date),
    Column("closed", Date),
    Column("reopened", Date),
    Column("extended", Boolean, nullable=False),
    Column("left_out", Boolean, nullable=False),
    Column("undated", Boolean, nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("complaints_by_day", "procedure", "received"),
)

_NAMES = tuple(f.name for f in fields(Complaint))
_COLUMNS = [complaints.c[name] for name in _NAMES]


def keep_complaints(connection: Connection, source: str, records: Sequence[Complaint], known_at: datetime) -> None:
    """Keep the newest row by (source, number)."""
    of = attrgetter(*_NAMES)
    rows = {r.number: of(r) for r in records}
    same = {"source": source, "known_at": known_at}
    upsert_tuples(connection, complaints, _NAMES, list(rows.values()), Merge.REPLACE, ("known_at",), same)


def received_between(connection: Connection, procedure: Procedure, first: date, last: date) -> list[Complaint]:
    """Those that came in from `first` to `last`, both included, in order of their day; those left out as well."""
    c = complaints.c
    rows = connection.execute(
        select(*_COLUMNS)
        .where(c.procedure == procedure, c.received >= first, c.received <= last)
        .order_by(c.received, c.number)
    )
    return [Complaint(*row) for row in rows]


def still_open(connection: Connection, procedure: Procedure, day: date) -> list[Complaint]:
    """Those of any age that were not closed by the end of a day, the oldest first; a reopened one is open again."""
    c = complaints.c
    is_open = or_(c.closed.is_(None), c.closed > day, c.reopened > c.closed)
    rows = connection.execute(
        select(*_COLUMNS)
        .where(c.procedure == procedure, c.received <= day, is_open, c.left_out.is_(False), c.undated.is_(False))
        .order_by(c.received, c.number)
    )
    return [Complaint(*row) for row in rows]


def newest_day(connection: Connection, procedure: Procedure, until: date) -> date | None:
    """The last day on which one came in."""
    c = complaints.c
    newest: date | None = connection.execute(
        select(func.max(c.received)).where(c.procedure == procedure, c.received <= until)
    ).scalar()
    return newest
