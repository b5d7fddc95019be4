"""Which messages were received already: their idempotency keys, for as long as a sender may repeat them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Index, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

KEPT_FOR = timedelta(days=7)

received = Table(
    "received",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("received_at", UtcTime, nullable=False),
    Index("received_by_time", "received_at"),
)


def key_of(said: str, body: bytes) -> str:
    """The key of a message: its name and its content, so that a name used twice for two contents loses neither."""
    return hashlib.sha256(said.encode() + b"\0" + body).hexdigest()


def is_known(connection: Connection, source: str, key: str) -> bool:
    """Whether the message was received."""
    where = (received.c.source == source, received.c.key == key)
    return connection.execute(select(received.c.key).where(*where)).first() is not None


def remember(connection: Connection, source: str, key: str, at: datetime) -> None:
    """Note that the message was received and kept, and forget those that nobody repeats any more."""
    connection.execute(delete(received).where(received.c.received_at < at - KEPT_FOR))
    row = {"source": source, "key": key, "received_at": at}
    upsert(connection, received, [row], Merge.REPLACE, fixed=("received_at",))
