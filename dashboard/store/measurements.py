"""Measurements: what an indicator said, when the data were true and when we knew it. Appended, never rewritten."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    func,
    select,
)

from dashboard.store import thinning
from dashboard.store.database import UtcTime, id_column, metadata, slot, to_ms
from dashboard.store.word_list import each_of

measurements = Table(
    "measurements",
    metadata,
    id_column(),
    Column("indicator", String(96), nullable=False),
    Column("value", String(48)),
    Column("unit", String(32), nullable=False),
    Column("band", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("n", Integer),
    Column("data_time", UtcTime),
    Column("known_at", UtcTime, nullable=False),
    Column("missing", String(512), nullable=False),
    Column("detail", Text, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Index("measurements_by_indicator", "indicator", "known_at"),
    Index("measurements_by_time", "known_at"),
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One appended line. `value` is exact; None means it could not be computed, and `missing` says why."""

    indicator: str
    value: Decimal | None
    unit: str
    band: str
    status: str
    n: int | None
    data_time: datetime | None
    known_at: datetime
    missing: str
    detail: Mapping[str, Any]
    simulated: bool

    def says_the_same(self, other: Measurement) -> bool:
        """Whether nothing but the moment of knowing differs."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in (
                "value",
                "unit",
                "band",
                "status",
                "n",
                "data_time",
                "missing",
                "detail",
                "simulated",
            )
        )


def append(connection: Connection, new: Iterable[Measurement]) -> None:
    """Append measurements."""
    rows = [_row(m) for m in new]
    if rows:
        connection.execute(measurements.insert(), rows)


def _row(m: Measurement) -> dict[str, Any]:
    return {
        "indicator": m.indicator,
        "value": None if m.value is None else str(m.value),
        "unit": m.unit,
        "band": m.band,
        "status": m.status,
        "n": m.n,
        "data_time": m.data_time,
        "known_at": m.known_at,
        "missing": m.missing,
        "detail": json.dumps(m.detail, ensure_ascii=False, sort_keys=True),
        "simulated": m.simulated,
    }


def as_of(connection: Connection, at: datetime, indicators: Collection[str]) -> dict[str, Measurement]:
    """The newest measurement of each indicator known at `at`: now on the wall, any moment in the time machine.

    Each is looked up by itself: the newest of a group would be found by walking through all that was ever measured.
    """
    c, names = measurements.c, each_of(connection, indicators)
    newest = (
        select(c.id)
        .where(c.indicator == names.c.value, c.known_at <= at)
        .order_by(c.known_at.desc(), c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    ids = select(newest.label("id")).select_from(names).subquery()
    rows = connection.execute(select(measurements).join(ids, c.id == ids.c.id))
    return {row.indicator: _measurement(row) for row in rows}


def first_known(connection: Connection) -> datetime | None:
    """When the system measured for the first time; None when it never did."""
    first: datetime | None = connection.execute(select(func.min(measurements.c.known_at))).scalar()
    return first


def history(connection: Connection, indicator: str, start: datetime, end: datetime) -> list[Measurement]:
    """The measurements of one indicator known in [start, end], oldest first."""
    c = measurements.c
    rows = connection.execute(
        select(measurements)
        .where(c.indicator == indicator, c.known_at >= start, c.known_at <= end)
        .order_by(c.known_at, c.id)
    )
    return [_measurement(row) for row in rows]


def trend(connection: Connection, indicator: str, start: datetime, end: datetime, slots: int) -> list[Measurement]:
    """At most `slots` measurements of [start, end]: the last one known in each slot, for drawing."""
    c = measurements.c
    width = max(1, int((end - start).total_seconds() * 1000) // slots)
    ids = (
        select(func.max(c.id).label("id"))
        .where(and_(c.indicator == indicator, c.known_at >= start, c.known_at <= end))
        .group_by(slot(c.known_at, width, to_ms(start)))
        .subquery()
    )
    rows = connection.execute(select(measurements).join(ids, c.id == ids.c.id).order_by(c.known_at, c.id))
    return [_measurement(row) for row in rows]


def _measurement(row: Any) -> Measurement:
    return Measurement(
        indicator=row.indicator,
        value=None if row.value is None else Decimal(row.value),
        unit=row.unit,
        band=row.band,
        status=row.status,
        n=row.n,
        data_time=row.data_time,
        known_at=row.known_at,
        missing=row.missing,
        detail=json.loads(row.detail),
        simulated=row.simulated,
    )


def thin(connection: Connection, now: datetime) -> int:
    """Drop what nobody can tell apart (see thinning); returns the number of lines dropped."""
    return thinning.thin(connection, measurements, measurements.c.indicator, measurements.c.known_at, now)
