"""Results that a ministry published: facts with their source, a line for each instrument and year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Connection, Integer, String, Table, Text, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.spbe.records import PublishedResult

published_results = Table(
    "published_results",
    metadata,
    Column("instrument", String(32), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("printed_index", String(16), nullable=False),
    Column("predicate", String(64), nullable=False),
    Column("groups", Text, nullable=False),
    Column("confidence", String(16), nullable=False),
    Column("basis", String(400), nullable=False),
    Column("source", String(64), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)


def keep_results(connection: Connection, source: str, records: Sequence[PublishedResult], known_at: datetime) -> None:
    """Keep the newest words for each instrument and year."""
    rows = {
        (r.instrument, r.year): {
            "instrument": r.instrument,
            "year": r.year,
            "printed_index": f"{r.index:f}",
            "predicate": r.predicate,
            "groups": json.dumps({str(number): f"{value:f}" for number, value in r.groups.items()}),
            "confidence": r.confidence,
            "basis": r.source,
            "source": source,
            "known_at": known_at,
        }
        for r in records
    }
    upsert(connection, published_results, list(rows.values()), Merge.REPLACE, fixed=("known_at",))


def results(connection: Connection, instrument: str | None = None) -> list[PublishedResult]:
    """What is known, oldest first; of one instrument when asked."""
    asked = select(published_results).order_by(published_results.c.year)
    if instrument is not None:
        asked = asked.where(published_results.c.instrument == instrument)
    return [
        PublishedResult(
            row.year,
            row.instrument,
            Decimal(row.printed_index),
            row.predicate,
            {int(number): Decimal(value) for number, value in json.loads(row.groups).items()},
            row.confidence,
            row.basis,
        )
        for row in connection.execute(asked)
    ]
