"""Data sets of open-data catalogues: table, keeping, reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.open_data.records import Dataset

datasets = Table(
    "datasets",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("producer", String(200), nullable=False),
    Column("modified_at", UtcTime, nullable=False),
    Column("frequency", String(64), nullable=False),
    Column("period_days", Integer),
    Column("resources", Integer, nullable=False),
    Column("formats", Text, nullable=False),
    Column("licence", String(96), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("missing", Text, nullable=False),
    Column("read_at", UtcTime, nullable=False),
)

_NAMES = [f.name for f in fields(Dataset)]
_LISTS = ("formats", "missing")


def keep_datasets(connection: Connection, source: str, records: Sequence[Dataset], known_at: datetime) -> None:
    """The catalogue as it is now: what it no longer lists is taken out, in the same transaction."""
    rows = [
        {"source": source, **{n: json.dumps(getattr(r, n)) if n in _LISTS else getattr(r, n) for n in _NAMES}}
        for r in records
    ]
    connection.execute(delete(datasets).where(datasets.c.source == source))
    upsert(connection, datasets, rows, Merge.REPLACE)


def listed(connection: Connection) -> list[Dataset]:
    """Every data set that a catalogue lists now, by producer and title."""
    c = datasets.c
    rows = connection.execute(select(*(c[n] for n in _NAMES)).order_by(c.producer, c.title)).mappings()
    return [Dataset(**{**row, **{n: tuple(json.loads(row[n])) for n in _LISTS}}) for row in rows]
