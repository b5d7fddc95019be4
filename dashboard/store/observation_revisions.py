"""What a source said of a reading before it said something else: kept, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Float, String, Table, and_, select

from dashboard.store.database import EPOCH, UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

observation_revisions = Table(
    "observation_revisions",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("averaging", String(8), primary_key=True),
    Column("observed_at", UtcTime, primary_key=True),
    Column("replaced_at", UtcTime, primary_key=True),
    Column("value", Float, nullable=False),
    Column("unit", String(16), nullable=False),
    Column("quality", String(8), nullable=False),
    Column("flags", String(256), nullable=False),
)
KEY = ("station", "parameter", "averaging", "observed_at")
SAID = ("value", "unit", "quality", "flags", "station_name")
LOOKED_THROUGH = timedelta(days=31)
"""Readings further apart are looked for apart: one that comes years late must not make us read the years between."""
Row = Mapping[str, Any]


def only_news(
    connection: Connection, table: Table, source: str, rows: Sequence[dict[str, Any]], at: datetime
) -> list[dict[str, Any]]:
    """The rows that say something new; what they replace is kept with the moment at which it was replaced."""
    known: dict[tuple[Any, ...], Row] = {}
    for group in _near_in_time(rows):
        known |= _known(connection, table, source, group)
    news = [row for row in rows if _key(row) not in known or any(known[_key(row)][n] != row[n] for n in SAID)]
    replaced = [known[_key(row)] for row in news if _key(row) in known]
    kept = [column.name for column in observation_revisions.c if column.name != "replaced_at"]
    new = {_key(row): row for row in news}
    earlier = [
        {**{name: row[name] for name in kept}, "replaced_at": at} for row in replaced if _differs(row, new[_key(row)])
    ]
    upsert(connection, observation_revisions, earlier, Merge.REPLACE)
    return news


def _differs(earlier: Row, new: Row) -> bool:
    """Whether the measurement itself changed; another name of the station is no revision of a reading."""
    return any(new[name] != earlier[name] for name in ("value", "unit", "quality"))


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _near_in_time(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault((row["observed_at"] - EPOCH) // LOOKED_THROUGH, []).append(row)
    return groups.values()


def _known(connection: Connection, table: Table, source: str, rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    c = table.c
    moments = [row["observed_at"] for row in rows]
    same = [c[name].in_({row[name] for row in rows}) for name in KEY[:3]]
    inside = and_(c.source == source, *same, c.observed_at.between(min(moments), max(moments)))
    found = connection.execute(select(table).where(inside)).mappings()
    return {_key(dict(row)): dict(row) for row in found}
