"""Drift of low-cost sensors against the reference of their source: told once a day for each station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import fmean

from sqlalchemy import Column, Connection, Float, Integer, String, Table, select

from dashboard import clock
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.quality_flags import Flag
from dashboard.formulas.sensor_drift import Drift, Pair, drift
from dashboard.store.air_hours import station_hours
from dashboard.store.database import UtcTime, metadata
from dashboard.store.doubles import exact
from dashboard.store.observations import observations
from dashboard.store.upsert import Merge, upsert

WINDOW = timedelta(days=14)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NIGHT = frozenset((*range(18, 24), *range(6)))
"""WIB hours in which nobody drives past one of the two and not the other."""

air_drift = Table(
    "air_drift",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("reference", String(161), nullable=False),
    Column("told_at", UtcTime, nullable=False),
    Column("window", String(8), nullable=False),
    Column("n", Integer, nullable=False),
    Column("ratio", Float),
    Column("slope", Float),
    Column("offset", Float),
    Column("flag", Integer, nullable=False),
    Column("reason", String(256), nullable=False),
)


@dataclass(frozen=True, slots=True)
class KeptDrift:
    """sensor = offset + slope x reference over 14 days, and the median ratio; None where too little could be paired.

    `window` says whether hours (PT1H, nights drier than 70 %) or 24-hour means (PT24H) were compared.
    """

    source: str
    station: str
    reference: str
    told_at: datetime
    window: str
    n: int
    ratio: Decimal | None
    slope: float | None
    offset: float | None
    flag: Flag
    reason: str


def tell_drift(connection: Connection, source: str, station: str, reference: str, at: datetime) -> None:
    """Tell the drift of a station again, unless that was done today."""
    c = air_drift.c
    told = connection.execute(select(c.told_at, c.reference).where(c.source == source, c.station == station)).first()
    of_source, _, of_station = reference.partition("/")
    is_itself = (source, station) == (of_source, of_station)
    if not of_station or is_itself or (told and told.reference == reference and told.told_at >= clock.day_start(at)):
        return
    start = at - WINDOW
    sensor = station_hours(connection, source, station, start - DAY, at)
    hourly = station_hours(connection, of_source, of_station, start, at).get("pm25", {})
    if hourly:
        window, pairs = "PT1H", _hours(sensor, hourly)
    else:
        window, pairs = "PT24H", _days(sensor.get("pm25", {}), _means(connection, of_source, of_station, start, at))
    upsert(connection, air_drift, [_row(source, station, reference, at, window, drift(pairs), len(pairs))],
           Merge.REPLACE)  # fmt: skip


def _hours(sensor: Mapping[str, Mapping[datetime, Decimal]], reference: Mapping[datetime, Decimal]) -> list[Pair]:
    humid = sensor.get("humidity", {})
    return [
        Pair(mean, reference[at], humid.get(at))
        for at, mean in sensor.get("pm25", {}).items()
        if at in reference and clock.wib(at - HOUR).hour in NIGHT
    ]


def _days(sensor: Mapping[datetime, Decimal], reference: Mapping[datetime, Decimal]) -> list[Pair]:
    """The same 24 hours on both sides; a sensor needs 18 of them. Humidity changes within a day and tells nothing."""
    pairs = []
    for end, mean in reference.items():
        hours = [sensor[at] for at in (end - n * HOUR for n in range(24)) if at in sensor]
        if len(hours) >= 18:
            pairs.append(Pair(Decimal(repr(fmean(map(float, hours)))), mean))
    return pairs


def _means(
    connection: Connection, source: str, station: str, start: datetime, end: datetime
) -> dict[datetime, Decimal]:
    c = observations.c
    rows = connection.execute(
        select(c.observed_at, c.value).where(
            c.source == source, c.station == station, c.parameter == "pm25", c.averaging == "PT24H",
            c.quality == "valid", c.observed_at > start, c.observed_at <= end,
        )
    )  # fmt: skip
    return {at: exact(value) for at, value in rows}


def _row(
    source: str, station: str, reference: str, at: datetime, window: str, found: Drift | NotComputable, pairs: int
) -> dict[str, object]:
    row = {"source": source, "station": station, "reference": reference, "told_at": at, "window": window}
    if isinstance(found, NotComputable):
        return {**row, "n": pairs, "ratio": None, "slope": None, "offset": None, "flag": int(Flag.NOT_EVALUATED),
                "reason": found.missing[:256]}  # fmt: skip
    return {**row, "n": found.n, "ratio": float(found.ratio), "slope": found.slope, "offset": found.offset,
            "flag": int(found.judged.flag), "reason": "; ".join(found.judged.reasons)[:256]}  # fmt: skip


def drifts(connection: Connection) -> list[KeptDrift]:
    """What was told of every sensor with a reference, by source and station."""
    rows = connection.execute(select(air_drift).order_by(air_drift.c.source, air_drift.c.station))
    return [
        KeptDrift(r.source, r.station, r.reference, r.told_at, r.window, r.n,
                  None if r.ratio is None else exact(r.ratio), r.slope, r.offset, Flag(r.flag), r.reason)
        for r in rows
    ]  # fmt: skip
