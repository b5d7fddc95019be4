"""The revision of each topic: worker and web are different processes, the database tells one from the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, String, Table, func, select, text

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

CHANNEL = "mojokerto_changes"
WORKER = "worker"
"""The topic by which the worker says, once a minute, that it still measures."""

changes = Table(
    "changes",
    metadata,
    Column("topic", String(64), primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)


def announce(connection: Connection, topics: Iterable[str], at: datetime) -> None:
    """Mark topics as changed in the caller's transaction; on PostgreSQL listeners are told at its commit."""
    names = sorted(set(topics))
    if not names:
        return
    newest = connection.execute(select(func.coalesce(func.max(changes.c.revision), 0))).scalar_one()
    rows = [{"topic": n, "revision": newest + i, "changed_at": at} for i, n in enumerate(names, 1)]
    upsert(connection, changes, rows, Merge.REPLACE)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def revisions(connection: Connection) -> dict[str, int]:
    """Topic → revision. A topic that is absent never changed."""
    return {row.topic: row.revision for row in connection.execute(select(changes.c.topic, changes.c.revision))}


def changed_at(connection: Connection, topic: str) -> datetime | None:
    """When a topic changed last; None when it never did."""
    at: datetime | None = connection.execute(select(changes.c.changed_at).where(changes.c.topic == topic)).scalar()
    return at
