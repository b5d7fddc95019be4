"""Air of the whole regency by hour and by day: medians and the highest station. A year costs a thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from statistics import median

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    String,
    Table,
    and_,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)

from dashboard.formulas.quality_flags import Flag
from dashboard.store.air_days import AirDay, Kind
from dashboard.store.air_hours import StationHour
from dashboard.store.database import UtcTime, metadata
from dashboard.store.doubles import exact
from dashboard.store.recount_due import DAY, DAY_MS, WIB_MS
from dashboard.store.recounted import floor
from dashboard.store.upsert import Merge, upsert

air_region_hours = Table(
    "air_region_hours",
    metadata,
    Column("hour", UtcTime, primary_key=True),
    Column("median", Float, nullable=False),
    Column("highest", Float, nullable=False),
    Column("stations", Integer, nullable=False),
)
"""PM2.5 over the stations whose hour nobody doubts."""

air_region_days = Table(
    "air_region_days",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    Column("ispu", Integer),
    Column("critical", String(16), nullable=False),
    Column("source", String(64), nullable=False),
    Column("station", String(96), nullable=False),
    Column("stations", Integer, nullable=False),
    Column("pm25", Float),
    Column("pm25_highest", Float),
)
"""The station with the highest index of each day; `stations` of them had one."""


@dataclass(frozen=True, slots=True)
class RegionHour:
    """PM2.5 in ug/m3 over the stations of the hour that ends at `hour`."""

    hour: datetime
    median: Decimal
    highest: Decimal
    stations: int


@dataclass(frozen=True, slots=True)
class RegionDay:
    """The highest ISPU of a WIB day and the station that has it; None when no station had enough data.

    `pm25` is the mean in ug/m3 of the day's hourly medians over sensors, beside computed indices only.
    """

    kind: Kind
    day: datetime
    ispu: int | None
    critical: str
    source: str
    station: str
    stations: int
    pm25: float | None = None
    pm25_highest: float | None = None


def keep_region_hours(connection: Connection, hours: Sequence[StationHour]) -> None:
    """Count the hours given, all stations of each, again."""
    rows = []
    for hour, together in groupby(hours, key=lambda one: one.hour):
        means = [one.mean for one in together if one.mean is not None and one.flag is not Flag.SUSPECT]
        if means:
            rows.append({"hour": hour, "median": float(median(means)), "highest": float(max(means)),
                         "stations": len(means)})  # fmt: skip
    upsert(connection, air_region_hours, rows, Merge.REPLACE)


def keep_region_days(connection: Connection, days: Sequence[AirDay]) -> None:
    """Count the days given, all stations of each, again; their hours must have been counted before."""
    particles = _particles(connection, min(d.day for d in days), max(d.day for d in days)) if days else {}
    together: dict[tuple[Kind, datetime], list[AirDay]] = {}
    for one in days:
        together.setdefault((one.kind, one.day), []).append(one)
    rows = []
    for (kind, day), found in together.items():
        highest = max(found, key=lambda one: -1 if one.ispu is None else one.ispu)
        known = sum(one.ispu is not None for one in found)
        rows.append(asdict(
            RegionDay(kind, day, highest.ispu, highest.critical, highest.source, highest.station, known,
                      *(particles.get(day, (None, None)) if kind == "hitungan" else (None, None)))
        ))  # fmt: skip
    upsert(connection, air_region_days, rows, Merge.REPLACE)


def _particles(connection: Connection, first: datetime, last: datetime) -> dict[datetime, tuple[float, float]]:
    """Day → mean of its hourly medians and the highest of all; an hour belongs to the day in which it began."""
    c = air_region_hours.c
    day = type_coerce(floor(type_coerce(c.hour, BigInteger) - literal(1), DAY_MS, -WIB_MS), UtcTime)
    rows = connection.execute(
        select(day, func.avg(c.median), func.max(c.highest))
        .where(c.hour > first, c.hour <= last + DAY)
        .group_by(literal_column("1"))
    )
    return {at: (mean, highest) for at, mean, highest in rows}


def region_hours(connection: Connection, start: datetime, end: datetime) -> list[RegionHour]:
    """The hours that end in (start, end], oldest first."""
    c = air_region_hours.c
    rows = connection.execute(select(air_region_hours).where(c.hour > start, c.hour <= end).order_by(c.hour))
    return [RegionHour(r.hour, exact(r.median), exact(r.highest), r.stations) for r in rows]


def newest_region_hour(connection: Connection, until: datetime) -> datetime | None:
    """The last counted hour not after a moment."""
    c = air_region_hours.c
    newest: datetime | None = connection.execute(select(func.max(c.hour)).where(c.hour <= until)).scalar()
    return newest


def region_days(connection: Connection, kind: Kind, start: datetime, end: datetime) -> list[RegionDay]:
    """The days that begin in [start, end), oldest first."""
    c = air_region_days.c
    inside = and_(c.kind == kind, c.day >= start, c.day < end)
    rows = connection.execute(select(air_region_days).where(inside).order_by(c.day))
    return [RegionDay(*row) for row in rows]
