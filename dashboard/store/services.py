"""Services that are probed, as declared: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, or_, select, update

from dashboard.store.database import UtcTime, metadata
from dashboard.store.service_maintenance import keep_declared
from dashboard.store.upsert import Merge, upsert
from datasources.services.records import DeclaredService

services = Table(
    "services",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("service", String(48), primary_key=True),
    Column("title", String(80), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("address", String(512), nullable=False),
    Column("every_s", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("successes", Integer, nullable=False),
    Column("certificate_days", Integer, nullable=False),
    Column("slow_after_ms", Integer, nullable=False),
    Column("declared_at", UtcTime, nullable=False),
    Column("gone_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class Service:
    """One probed service."""

    source: str
    service: str
    title: str
    owner: str
    address: str
    every_s: int
    failures: int
    successes: int
    certificate_days: int
    slow_after_ms: int


_COLUMNS = [services.c[name] for name in Service.__dataclass_fields__]


def keep_services(connection: Connection, source: str, records: Sequence[DeclaredService], known_at: datetime) -> None:
    """What the source declares now, all of it: what it no longer names is gone, its past stays."""
    rows = [
        {
            "source": source,
            "service": r.service,
            "title": r.title,
            "owner": r.owner,
            "address": r.address[:512],
            "every_s": r.every_s,
            "failures": r.failures,
            "successes": r.successes,
            "certificate_days": r.certificate_days,
            "slow_after_ms": r.slow_after_ms,
            "declared_at": r.declared_at,
            "gone_at": None,
        }
        for r in {r.service: r for r in records}.values()
    ]
    upsert(connection, services, rows, Merge.REPLACE, fixed=("declared_at",))
    c = services.c
    gone = (c.source == source, c.service.not_in([row["service"] for row in rows]), c.gone_at.is_(None))
    connection.execute(update(services).where(*gone).values(gone_at=known_at))
    keep_declared(connection, source, records, known_at)


def declared(connection: Connection, at: datetime) -> list[Service]:
    """The services that were declared at `at`, by title."""
    c = services.c
    there = (c.declared_at <= at, or_(c.gone_at.is_(None), c.gone_at > at))
    return [Service(*row) for row in connection.execute(select(*_COLUMNS).where(*there).order_by(c.title, c.service))]
