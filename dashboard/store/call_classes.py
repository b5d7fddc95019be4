"""What agents wrote calls down as: table and keeping; the words of the source stay, classes.py gives them a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table

from dashboard.store.caller_codes import living
from dashboard.store.database import UtcTime, metadata
from dashboard.store.recount_due import mark
from dashboard.store.restated_rows import restated_at
from dashboard.store.upsert import Merge, upsert
from datasources.calls112.records import CallClass

call_classes = Table(
    "call_classes",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("call_id", String(96), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("class_raw", String(64), nullable=False),
    Column("caller_hash", String(64)),
    Column("known_at", UtcTime, nullable=False),
    restated_at("caller_hash"),
    Index("call_classes_by_time", "at", "class_raw"),
)


def keep_call_classes(connection: Connection, source: str, records: Sequence[CallClass], known_at: datetime) -> None:
    """Keep the newest class of each call by (source, call_id); an agent corrects it later."""
    newest = {record.call_id: record for record in records}
    rows = [
        {
            "source": source,
            "call_id": r.call_id,
            "at": r.at,
            "class_raw": r.class_raw[:64],
            "caller_hash": living(r.caller_hash, r.at, known_at),
            "known_at": known_at,
        }
        for r in newest.values()
    ]
    upsert(connection, call_classes, rows, Merge.REPLACE, fixed=("known_at",))
    moments = [r.at for r in records]
    mark(connection, "call_classes", source, min(moments), max(moments))
