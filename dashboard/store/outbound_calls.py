"""Calls that the centre made itself: table and keeping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, Index, String, Table

from dashboard.store.caller_codes import living
from dashboard.store.database import UtcTime, metadata
from dashboard.store.restated_rows import restated_at
from dashboard.store.upsert import Merge, upsert
from datasources.calls112.records import OutboundCall

outbound_calls = Table(
    "outbound_calls",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("call_id", String(96), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("called_hash", String(64)),
    Column("answered", Boolean),
    Column("known_at", UtcTime, nullable=False),
    restated_at("called_hash"),
    Index("outbound_calls_by_time", "at"),
)


def keep_outbound_calls(
    connection: Connection, source: str, records: Sequence[OutboundCall], known_at: datetime
) -> None:
    """Keep outbound calls by (source, call_id)."""
    newest = {record.call_id: record for record in records}
    rows = [
        {
            "source": source,
            "call_id": r.call_id,
            "at": r.at,
            "called_hash": living(r.called_hash, r.at, known_at),
            "answered": r.answered,
            "known_at": known_at,
        }
        for r in newest.values()
    ]
    upsert(connection, outbound_calls, rows, Merge.REPLACE, fixed=("known_at",))
