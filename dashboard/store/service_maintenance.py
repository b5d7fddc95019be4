"""Announced maintenance of services: from sources.toml, or entered by an officer. Withdrawn, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, or_, select, tuple_, update

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.services.records import DeclaredService

EVERY_SERVICE = "*"
"""A window of this name holds for all services."""
DECLARED = "sources.toml"
"""Who announced a window that an operator wrote there."""

service_maintenance = Table(
    "service_maintenance",
    metadata,
    Column("service", String(48), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("end", UtcTime, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("by", String(128), nullable=False),
    Column("source", String(64)),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("service_maintenance_by_time", "end"),
)


@dataclass(frozen=True, slots=True)
class Announced:
    """One window. `by` is a person's title, or sources.toml."""

    service: str
    start: datetime
    end: datetime
    reason: str
    by: str


_COLUMNS = [service_maintenance.c[name] for name in Announced.__dataclass_fields__]


def keep_declared(connection: Connection, source: str, records: Sequence[DeclaredService], known_at: datetime) -> None:
    """The windows that a source declares now; those to come that it no longer names are withdrawn."""
    for record in records:
        for window in record.maintenance:
            one = Announced(record.service, window.start, window.end, window.reason, DECLARED)
            announce(connection, one, known_at, source)
    c = service_maintenance.c
    named = [(r.service, w.start) for r in records for w in r.maintenance]
    dropped = [c.source == source, c.end > known_at, c.withdrawn_at.is_(None)]
    if named:
        dropped.append(tuple_(c.service, c.start).not_in(named))
    connection.execute(update(service_maintenance).where(*dropped).values(withdrawn_at=known_at))


def announce(connection: Connection, window: Announced, at: datetime, source: str | None = None) -> None:
    """Keep a window; one that begins at the same moment for the same service takes its place."""
    row = {
        **{name: getattr(window, name) for name in Announced.__dataclass_fields__},
        "source": source,
        "at": at,
        "withdrawn_at": None,
    }
    upsert(connection, service_maintenance, [row], Merge.REPLACE, fixed=("at",))


def withdraw(connection: Connection, service: str, start: datetime, at: datetime) -> bool:
    """Take an officer's window back; False when there is none that still stands."""
    c = service_maintenance.c
    one = (c.service == service, c.start == start, c.withdrawn_at.is_(None), c.source.is_(None))
    return connection.execute(update(service_maintenance).where(*one).values(withdrawn_at=at)).rowcount == 1


def windows_between(connection: Connection, start: datetime, end: datetime, known_at: datetime) -> list[Announced]:
    """The windows that touch [start, end) and stood at `known_at`, in order."""
    c = service_maintenance.c
    stood = or_(c.withdrawn_at.is_(None), c.withdrawn_at > known_at)
    rows = connection.execute(select(*_COLUMNS).where(c.end > start, c.start < end, stood).order_by(c.start, c.service))
    return [Announced(*row) for row in rows]
