"""Which stations must be judged and counted again, and from when to when: marked by every batch that says news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table, delete, select

from dashboard.formulas.air_limits import LIMITS
from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

air_due = Table(
    "air_due",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("first", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False),
    Column("marked_at", UtcTime, nullable=False),
)
Span = tuple[datetime, datetime]
COUNTED = frozenset((*LIMITS, "ispu"))
"""Parameters that stand in hours and days of air; levels of rivers and the like do not."""


@dataclass(frozen=True, slots=True)
class AirDue:
    """A station whose readings from `first` to `last` came or changed."""

    source: str
    station: str
    first: datetime
    last: datetime


def mark_air(connection: Connection, source: str, rows: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Say that readings of air came or changed."""
    spans: dict[str, Span] = {}
    for row in rows:
        if row["parameter"] in COUNTED:
            first, last = spans.get(row["station"], (row["observed_at"], row["observed_at"]))
            spans[row["station"]] = min(first, row["observed_at"]), max(last, row["observed_at"])
    mark_spans(connection, source, spans, at)


def mark_spans(connection: Connection, source: str, spans: Mapping[str, Span], at: datetime) -> None:
    """Say that stations of a source must be counted again from one moment to another."""
    if not spans:
        return
    c = air_due.c
    known = {
        row.station: row
        for row in connection.execute(select(air_due).where(c.source == source, c.station.in_(list(spans))))
    }
    rows = []
    for station, (first, last) in spans.items():
        earlier = known.get(station)
        rows.append({
            "source": source, "station": station,
            "first": min(first, earlier.first) if earlier else first,
            "last": max(last, earlier.last) if earlier else last,
            "marked_at": earlier.marked_at if earlier else at,
        })  # fmt: skip
    upsert(connection, air_due, rows, Merge.REPLACE)


def next_due(connection: Connection) -> AirDue | None:
    """The station that waits longest."""
    row = connection.execute(select(air_due).order_by(air_due.c.marked_at).limit(1)).first()
    return None if row is None else AirDue(row.source, row.station, row.first, row.last)


def take(connection: Connection, due: AirDue) -> None:
    """Take it off the list; the recount that follows in the same transaction sees every reading marked before."""
    c = air_due.c
    connection.execute(delete(air_due).where(c.source == due.source, c.station == due.station))
