"""Air by station and WIB day, and by year: the ISPU of each day, so that ten years cost no more than a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    case,
    func,
    literal,
    select,
)

from dashboard.store.database import UtcTime, metadata
from dashboard.store.doubles import exact_or_none
from dashboard.store.replaced_rows import replace_rows
from dashboard.store.upsert import Merge, upsert

Kind = Literal["resmi", "hitungan"]
"""Whether the owner of the station published the index, or we computed it from hours."""

air_days = Table(
    "air_days",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("ispu", Integer),
    Column("critical", String(16), nullable=False),
    Column("pm25", Float),
    Column("hours", Integer, nullable=False),
    Column("window_end", UtcTime),
    Column("reason", String(256), nullable=False),
    Index("air_days_by_time", "day"),
)

air_years = Table(
    "air_years",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("good", Integer, nullable=False),
    Column("moderate", Integer, nullable=False),
    Column("unhealthy", Integer, nullable=False),
    Column("very_unhealthy", Integer, nullable=False),
    Column("hazardous", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
)


NAMES = ("day", "kind", "ispu", "critical", "pm25", "hours", "window_end", "reason")


@dataclass(frozen=True, slots=True)
class AirDay:
    """The ISPU of a station on the WIB day that begins at `day`; None with its reason where it cannot be said.

    `pm25` is the 24-hour mean in ug/m3, `hours` how many hours of it were there, `window_end` when the 24 hours ended.
    """

    source: str
    station: str
    day: datetime
    kind: Kind
    ispu: int | None
    critical: str = ""
    pm25: Decimal | None = None
    hours: int = 0
    window_end: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AirYear:
    """Days of a station's year by category; `unknown` ones had data but too little."""

    source: str
    station: str
    year: int
    kind: Kind
    good: int
    moderate: int
    unhealthy: int
    very_unhealthy: int
    hazardous: int
    unknown: int

    @property
    def known(self) -> int:
        """Days with an index."""
        return self.good + self.moderate + self.exceeding

    @property
    def exceeding(self) -> int:
        """Days above 100: TIDAK SEHAT and worse."""
        return self.unhealthy + self.very_unhealthy + self.hazardous


def replace_days(
    connection: Connection, source: str, station: str, start: datetime, end: datetime, found: Sequence[AirDay]
) -> None:
    """The days of a station that begin in [start, end) are these and no others."""
    c = air_days.c
    inside = (c.source == source, c.station == station, c.day >= start, c.day < end)
    rows = [
        (d.day, d.kind, d.ispu, d.critical, None if d.pm25 is None else float(d.pm25), d.hours, d.window_end,
         d.reason[:256])
        for d in found
    ]  # fmt: skip
    replace_rows(connection, air_days, inside, {"source": source, "station": station}, NAMES, rows)


def recount_year(connection: Connection, source: str, station: str, year: int, start: datetime, end: datetime) -> None:
    """Count the days of a station's year, which lies in [start, end), again."""
    c = air_days.c
    counted = counted_year(year, start, end).where(c.source == source, c.station == station)
    upsert(connection, air_years, [dict(row) for row in connection.execute(counted).mappings()], Merge.REPLACE)


def counted_year(year: int, start: datetime, end: datetime) -> Select[Any]:
    """Counts the days of each station in a year, which lies in [start, end); the columns are those of `air_years`."""
    c = air_days.c
    categories = {
        "good": c.ispu <= 50, "moderate": and_(c.ispu > 50, c.ispu <= 100),
        "unhealthy": and_(c.ispu > 100, c.ispu <= 200), "very_unhealthy": and_(c.ispu > 200, c.ispu <= 300),
        "hazardous": c.ispu > 300, "unknown": c.ispu.is_(None),
    }  # fmt: skip
    days = [_days(condition).label(name) for name, condition in categories.items()]
    columns = (c.source, c.station, literal(year, Integer).label("year"), func.max(c.kind).label("kind"), *days)
    return select(*columns).where(c.day >= start, c.day < end).group_by(c.source, c.station)


def _days(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def days_between(
    connection: Connection, start: datetime, end: datetime, station: tuple[str, str] | None = None
) -> list[AirDay]:
    """The days that begin in [start, end), of one station or of all, oldest first."""
    c = air_days.c
    inside = and_(c.day >= start, c.day < end)
    if station is not None:
        inside = and_(inside, c.source == station[0], c.station == station[1])
    rows = connection.execute(select(air_days).where(inside).order_by(c.day, c.source, c.station)).all()
    return [
        AirDay(r.source, r.station, r.day, r.kind, r.ispu, r.critical,
               exact_or_none(r.pm25), r.hours, r.window_end, r.reason)
        for r in rows
    ]  # fmt: skip


def years(connection: Connection, station: tuple[str, str] | None = None) -> list[AirYear]:
    """Every counted year, newest first, of one station or of all."""
    c = air_years.c
    statement = select(air_years).order_by(c.year.desc(), c.source, c.station)
    if station is not None:
        statement = statement.where(c.source == station[0], c.station == station[1])
    return [AirYear(**dict(row)) for row in connection.execute(statement).mappings()]
