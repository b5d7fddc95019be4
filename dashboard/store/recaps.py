"""Counts that others made: table, keeping, and reading by subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.calls112.records import RecapCount, Subject

recaps = Table(
    "recaps",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("end", UtcTime, primary_key=True),
    Column("subject", String(16), primary_key=True),
    Column("label", String(128), primary_key=True),
    Column("is_total", Boolean, primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("recaps_by_subject", "subject", "start"),
)


def keep_recaps(connection: Connection, source: str, records: Sequence[RecapCount], known_at: datetime) -> None:
    """Keep the newest count of each label by source and period; centres correct their recaps later.

    What a file said before and says no more is gone: a batch of a file carries all of it.
    """
    c = recaps.c
    files = {r.file for r in records if r.file}
    connection.execute(delete(recaps).where(c.source == source, c.file.in_(files)))
    newest = {(r.start, r.end, r.subject, r.label, r.is_total): r for r in records}
    rows = [
        {
            "source": source,
            "start": r.start,
            "end": r.end,
            "subject": r.subject,
            "label": r.label[:128],
            "is_total": r.is_total,
            "n": r.n,
            "file": r.file[:128],
            "known_at": known_at,
        }
        for r in newest.values()
    ]
    upsert(connection, recaps, rows, Merge.REPLACE)


def recaps_between(connection: Connection, subject: Subject, start: datetime, end: datetime) -> list[RecapCount]:
    """The counts of periods that lie wholly in [start, end), oldest first; totals among them, marked."""
    c = recaps.c
    rows = connection.execute(
        select(c.start, c.end, c.subject, c.label, c.n, c.is_total)
        .where(c.subject == subject, c.start >= start, c.end <= end)
        .order_by(c.start, c.label)
    )
    return [RecapCount(r.start, r.end, r.subject, r.label, r.n, r.is_total) for r in rows]
