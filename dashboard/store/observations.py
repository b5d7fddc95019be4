"""Environmental readings of stations and sensors: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Column, Connection, Float, Index, String, Table, func, select

from dashboard.store.database import UtcTime, metadata, slot
from dashboard.store.upsert import Merge, upsert
from datasources.observation import Observation

observations = Table(
    "observations",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("averaging", String(8), primary_key=True),
    Column("observed_at", UtcTime, primary_key=True),
    Column("value", Float, nullable=False),
    Column("unit", String(16), nullable=False),
    Column("quality", String(8), nullable=False),
    Column("flags", String(256), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("station_name", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("observations_by_parameter", "parameter", "averaging", "observed_at"),
)


def keep_observations(connection: Connection, source: str, records: Sequence[Observation], known_at: datetime) -> None:
    """Keep readings by (source, station, parameter, averaging, observed_at); a repeated message changes nothing.

    Values are kept as doubles: their shortest decimal form is exactly what the station sent (up to 15 digits).
    """
    rows = {
        (o.station, o.parameter, o.averaging, o.observed_at): {
            "source": source,
            "station": o.station,
            "parameter": o.parameter,
            "averaging": o.averaging,
            "observed_at": o.observed_at,
            "value": float(o.value),
            "unit": o.unit,
            "quality": o.quality,
            "flags": " ".join(o.flags)[:256],
            "received_at": o.received_at,
            "station_name": o.station_name,
            "known_at": known_at,
        }
        for o in records
    }
    upsert(connection, observations, list(rows.values()), Merge.REPLACE, fixed=("known_at", "received_at"))


def readings(
    connection: Connection, parameter: str, averaging: str, start: datetime, end: datetime
) -> list[Observation]:
    """Readings of one parameter with observed_at in (start, end], every station, oldest first."""
    c = observations.c
    rows = connection.execute(
        select(observations)
        .where(c.parameter == parameter, c.averaging == averaging, c.observed_at > start, c.observed_at <= end)
        .order_by(c.observed_at)
    ).mappings()
    return [_observation(dict(row)) for row in rows]


def newest_readings(
    connection: Connection, parameter: str, averaging: str, at: datetime, within: timedelta
) -> list[Observation]:
    """The newest reading of each station not after `at` and not older than `within`."""
    newest: dict[str, Observation] = {}
    for reading in readings(connection, parameter, averaging, at - within, at):
        newest[reading.station] = reading
    return list(newest.values())


def hourly_means(
    connection: Connection, parameter: str, start: datetime, end: datetime
) -> dict[str, dict[datetime, Decimal]]:
    """Station → end of hour → mean of its valid instant readings in that hour, for hours inside [start, end]."""
    c = observations.c
    rows = connection.execute(
        select(c.station, func.max(c.observed_at), func.avg(c.value))
        .where(c.parameter == parameter, c.averaging == "inst", c.quality == "valid")
        .where(c.observed_at > start, c.observed_at <= end)
        .group_by(c.station, slot(c.observed_at, 3_600_000, 1))
    )
    means: dict[str, dict[datetime, Decimal]] = {}
    for station, newest, mean in rows:
        hour_end = (newest - timedelta(milliseconds=1)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        means.setdefault(station, {})[hour_end] = Decimal(repr(round(float(mean), 6)))
    return means


def _observation(row: dict[str, object]) -> Observation:
    return Observation(
        station=str(row["station"]),
        parameter=str(row["parameter"]),
        value=Decimal(repr(row["value"])),
        unit=str(row["unit"]),
        averaging=row["averaging"],  # type: ignore[arg-type]
        observed_at=row["observed_at"],  # type: ignore[arg-type]
        received_at=row["received_at"],  # type: ignore[arg-type]
        quality=row["quality"],  # type: ignore[arg-type]
        flags=tuple(str(row["flags"]).split()),
        station_name=str(row["station_name"]),
    )
