"""Environmental readings of stations and sensors: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Float, Index, String, Table, select

from dashboard.store.air_due import mark_air
from dashboard.store.database import UtcTime, metadata
from dashboard.store.doubles import exact
from dashboard.store.observation_revisions import only_news
from dashboard.store.stations import keep_stations
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

    A reading that its source tells otherwise later is a revision: the new value stands, the earlier one is kept
    beside it. Values are kept as doubles: their shortest decimal form is exactly what the station sent (to 15 digits).
    """
    rows = {
        (o.station, o.parameter, o.averaging, _to_the_millisecond(o.observed_at)): {
            "source": source,
            "station": o.station,
            "parameter": o.parameter,
            "averaging": o.averaging,
            "observed_at": _to_the_millisecond(o.observed_at),
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
    news = only_news(connection, observations, source, list(rows.values()), known_at)
    upsert(connection, observations, news, Merge.REPLACE, fixed=("known_at", "received_at"))
    keep_stations(connection, source, records)
    mark_air(connection, source, news, known_at)


def _to_the_millisecond(moment: datetime) -> datetime:
    """As the store keeps it, so that a repeated reading is known again."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def readings(
    connection: Connection, parameter: str, averaging: str, start: datetime, end: datetime
) -> list[Observation]:
    """Readings of one parameter with observed_at in (start, end], every station, oldest first."""
    return [reading for _, reading in sourced_readings(connection, parameter, averaging, start, end)]


def sourced_readings(
    connection: Connection, parameter: str, averaging: str, start: datetime, end: datetime
) -> list[tuple[str, Observation]]:
    """The same, each with the source that told it: two sources may call a station alike."""
    c = observations.c
    rows = connection.execute(
        select(observations)
        .where(c.parameter == parameter, c.averaging == averaging, c.observed_at > start, c.observed_at <= end)
        .order_by(c.observed_at)
    ).mappings()
    return [(str(row["source"]), _observation(dict(row))) for row in rows]


def newest_readings(
    connection: Connection, parameter: str, averaging: str, at: datetime, within: timedelta
) -> list[Observation]:
    """The newest reading of each station not after `at` and not older than `within`."""
    newest: dict[str, Observation] = {}
    for reading in readings(connection, parameter, averaging, at - within, at):
        newest[reading.station] = reading
    return list(newest.values())


def _observation(row: dict[str, object]) -> Observation:
    return Observation(
        station=str(row["station"]),
        parameter=str(row["parameter"]),
        value=exact(row["value"]),  # type: ignore[arg-type]
        unit=str(row["unit"]),
        averaging=row["averaging"],  # type: ignore[arg-type]
        observed_at=row["observed_at"],  # type: ignore[arg-type]
        received_at=row["received_at"],  # type: ignore[arg-type]
        quality=row["quality"],  # type: ignore[arg-type]
        flags=tuple(str(row["flags"]).split()),
        station_name=str(row["station_name"]),
    )
