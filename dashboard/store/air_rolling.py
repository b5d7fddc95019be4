"""The ISPU of the 24 hours that end at each hour, of stations that tell hours: counted once, read by every screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, select, type_coerce

from dashboard.formulas.air_hour import end_of_hour
from dashboard.formulas.completeness import HOURS
from dashboard.formulas.ispu import BREAKPOINTS
from dashboard.formulas.station_ispu import station_ispu
from dashboard.store.air_hours import station_hours
from dashboard.store.database import UtcTime, metadata, moments_of
from dashboard.store.replaced_rows import replace_rows

HOUR = timedelta(hours=1)
PIECE = timedelta(days=31)

air_rolling = Table(
    "air_rolling",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("ispu", Integer, nullable=False),
    Column("critical", String(16), nullable=False),
    Index("air_rolling_by_time", "hour"),
)
"""A window with too little data has no line."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """The index of the 24 hours of a station that end at `hour`."""

    source: str
    station: str
    hour: datetime
    ispu: int
    critical: str


def recount_rolling(
    connection: Connection, source: str, station: str, first: datetime, last: datetime, share: Decimal
) -> None:
    """Count every window again that holds an hour in which a reading from `first` to `last` lies."""
    start, over = end_of_hour(first), end_of_hour(last) + (HOURS - 1) * HOUR
    while start <= over:
        end = min(start + PIECE, over)
        _recount_piece(connection, source, station, start, end, share)
        start = end + HOUR


def _recount_piece(
    connection: Connection, source: str, station: str, start: datetime, end: datetime, share: Decimal
) -> None:
    c = air_rolling.c
    here = (c.source == source, c.station == station, c.hour >= start, c.hour <= end)
    hours = station_hours(connection, source, station, start - HOURS * HOUR, end)
    known = {parameter: hours[parameter] for parameter in hours if parameter in BREAKPOINTS}
    newest = max((max(means) for means in known.values()), default=start - HOUR)
    rows = []
    for step in range(int((min(end, newest) - start) / HOUR) + 1):
        found = _window(known, start + step * HOUR, share)
        if found is not None:
            rows.append((start + step * HOUR, *found))
    same = {"source": source, "station": station}
    replace_rows(connection, air_rolling, here, same, ("hour", "ispu", "critical"), rows)


def _window(known: Mapping[str, Mapping[datetime, Decimal]], end: datetime, share: Decimal) -> tuple[int, str] | None:
    ends = [end - back * HOUR for back in range(HOURS)]
    found = station_ispu({p: [means.get(at) for at in ends] for p, means in known.items()}, (), share).ispu
    return None if found is None else (found.index, found.critical)


def rolling_between(connection: Connection, start: datetime, end: datetime) -> list[Rolling]:
    """Windows of every station that end in (start, end], oldest first."""
    c = air_rolling.c
    told = (c.source, c.station, type_coerce(c.hour, BigInteger), c.ispu, c.critical)
    rows = connection.execute(select(*told).where(c.hour > start, c.hour <= end).order_by(c.hour)).all()
    moments = moments_of({row[2] for row in rows})
    return [Rolling(source, name, moments[ms], ispu, critical) for source, name, ms, ispu, critical in rows]
