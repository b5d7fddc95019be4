"""Air by station and hour: means of what passed the tests, recounted from the raw readings whenever these change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Column, Connection, Float, Index, Integer, String, Table, and_, select, type_coerce

from dashboard.formulas.air_hour import AirHour
from dashboard.formulas.quality_flags import Flag
from dashboard.store.database import UtcTime, metadata, moments_of
from dashboard.store.doubles import exact, exact_or_none
from dashboard.store.replaced_rows import replace_rows
from dashboard.store.upsert import Merge, upsert_tuples

air_hours = Table(
    "air_hours",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("mean", Float),
    Column("raw", Float),
    Column("used", Integer, nullable=False),
    Column("excluded", Integer, nullable=False),
    Column("flag", Integer, nullable=False),
    Column("reason", String(256), nullable=False),
    Index("air_hours_by_time", "parameter", "hour"),
)
NAMES = ("parameter", "hour", "mean", "raw", "used", "excluded", "flag", "reason")


@dataclass(frozen=True, slots=True)
class StationHour:
    """The hour of a station that ends at `hour`; `flag` judges it among its neighbours."""

    source: str
    station: str
    hour: datetime
    mean: Decimal | None
    raw: Decimal | None
    used: int
    excluded: int
    flag: Flag
    reason: str


def replace_hours(
    connection: Connection,
    source: str,
    station: str,
    start: datetime,
    end: datetime,
    found: Iterable[tuple[str, AirHour]],
) -> None:
    """The (parameter, hour) means of a station with hours in (start, end] are these and no others.

    One that says the same keeps what its neighbours said of it.
    """
    c = air_hours.c
    rows = [
        (name, h.end, _number(h.mean), _number(h.raw), h.used, h.excluded, int(Flag.NOT_EVALUATED), "")
        for name, h in found
    ]
    inside = (c.source == source, c.station == station, c.hour > start, c.hour <= end)
    same = {"source": source, "station": station}
    replace_rows(connection, air_hours, inside, same, NAMES, rows, unsaid=("flag", "reason"))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def judge_hours(connection: Connection, parameter: str, judged: Sequence[tuple[StationHour, Flag, str]]) -> None:
    """Write what the neighbours say of each hour, where that is new."""
    names = ("source", "station", "hour", "mean", "raw", "used", "excluded", "flag", "reason")
    rows = [
        (h.source, h.station, h.hour, _number(h.mean), _number(h.raw), h.used, h.excluded, int(flag), reason[:256])
        for h, flag, reason in judged
        if (flag, reason[:256]) != (h.flag, h.reason)
    ]
    upsert_tuples(connection, air_hours, names, rows, Merge.REPLACE, same={"parameter": parameter})


FLAGS = {int(flag): flag for flag in Flag}


def hours_between(
    connection: Connection, parameter: str, start: datetime, end: datetime, station: tuple[str, str] | None = None
) -> list[StationHour]:
    """The hours of a parameter that end in (start, end], of one station or of all, oldest first."""
    c = air_hours.c
    inside = and_(c.parameter == parameter, c.hour > start, c.hour <= end)
    if station is not None:
        inside = and_(inside, c.source == station[0], c.station == station[1])
    told = (c.source, c.station, type_coerce(c.hour, BigInteger), c.mean, c.raw, c.used, c.excluded, c.flag, c.reason)
    rows = connection.execute(select(*told).where(inside).order_by(c.hour, c.source, c.station)).all()
    moments = moments_of({row[2] for row in rows})
    return [
        StationHour(
            source, name, moments[ms], exact_or_none(mean), exact_or_none(raw), used, excluded, FLAGS[flag], reason
        )
        for source, name, ms, mean, raw, used, excluded, flag, reason in rows
    ]


def station_hours(
    connection: Connection, source: str, station: str, start: datetime, end: datetime
) -> dict[str, dict[datetime, Decimal]]:
    """Parameter → end of hour → mean, of the hours of a station in (start, end] that have one."""
    c = air_hours.c
    rows = connection.execute(
        select(c.parameter, c.hour, c.mean).where(
            c.source == source, c.station == station, c.hour > start, c.hour <= end, c.mean.is_not(None)
        )
    )
    found: dict[str, dict[datetime, Decimal]] = {}
    for parameter, hour, mean in rows:
        found.setdefault(parameter, {})[hour] = exact(mean)
    return found
