"""Requests for services as days: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import Boolean, Column, Connection, Date, Index, Integer, String, Table, or_, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.delivery.records import ServiceRequest

service_requests = Table(
    "service_requests",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("number", String(64), primary_key=True),
    Column("service", String(96), nullable=False),
    Column("submitted", Date, nullable=False),
    Column("opd", String(96), nullable=False),
    Column("completed", Date),
    Column("limit_days", Integer),
    Column("left_out", Boolean, nullable=False),
    Column("undated", Boolean, nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("service_requests_by_day", "submitted"),
)

_NAMES = tuple(f.name for f in fields(ServiceRequest))
_COLUMNS = [service_requests.c[name] for name in _NAMES]


def keep_requests(connection: Connection, source: str, records: Sequence[ServiceRequest], known_at: datetime) -> None:
    """Keep the newest row by (source, number)."""
    rows = [
        {"source": source, **{name: getattr(r, name) for name in _NAMES}, "known_at": known_at}
        for r in {r.number: r for r in records}.values()
    ]
    upsert(connection, service_requests, rows, Merge.REPLACE, fixed=("known_at",))


def submitted_between(connection: Connection, first: date, last: date) -> list[ServiceRequest]:
    """Those that came in from `first` to `last`, both included, in order of their day."""
    c = service_requests.c
    rows = connection.execute(
        select(*_COLUMNS).where(c.submitted >= first, c.submitted <= last).order_by(c.submitted, c.number)
    )
    return [ServiceRequest(*row) for row in rows]


def still_open(connection: Connection, day: date) -> list[ServiceRequest]:
    """Those of any age that were not completed by the end of a day, the oldest first."""
    c = service_requests.c
    rows = connection.execute(
        select(*_COLUMNS)
        .where(c.submitted <= day, or_(c.completed.is_(None), c.completed > day))
        .where(c.left_out.is_(False), c.undated.is_(False))
        .order_by(c.submitted, c.number)
    )
    return [ServiceRequest(*row) for row in rows]
