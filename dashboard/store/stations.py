"""Stations that measure the environment: name, position, and the newest of each parameter they told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Connection, Float, String, Table, case, select
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.store.database import UtcTime, metadata
from dashboard.store.doubles import exact
from dashboard.store.upsert import Merge, upsert
from datasources.observation import Observation

stations = Table(
    "stations",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("lat", Float),
    Column("lon", Float),
)

station_parameters = Table(
    "station_parameters",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("averaging", String(8), primary_key=True),
    Column("unit", String(16), nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("newest_at", UtcTime, nullable=False),
    Column("newest_value", Float, nullable=False),
    Column("newest_quality", String(8), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Station:
    """A place that measures; its position is None while nobody has told it."""

    source: str
    station: str
    name: str
    lat: float | None
    lon: float | None

    @property
    def id(self) -> str:
        """'source/station', as it stands in an address."""
        return f"{self.source}/{self.station}"

    @property
    def title(self) -> str:
        """Its name, else its own number."""
        return self.name or self.station


@dataclass(frozen=True, slots=True)
class Heard:
    """One parameter of a station: since when it is told, and the newest value with its quality at the reader."""

    source: str
    station: str
    parameter: str
    averaging: str
    unit: str
    first_at: datetime
    newest_at: datetime
    value: Decimal
    quality: str


def keep_stations(connection: Connection, source: str, records: Sequence[Observation]) -> None:
    """Remember who told and what came last; a reading that comes late changes no newest value."""
    places = {o.station: o for o in records}
    rows = [
        {"source": source, "station": o.station, "name": o.station_name, "lat": o.lat, "lon": o.lon}
        for o in places.values()
    ]
    upsert(connection, stations, [row for row in rows if row["name"]], Merge.FILL)
    upsert(connection, stations, [row for row in rows if not row["name"]], Merge.FILL, fixed=("name",))
    told: dict[tuple[str, str, str], dict[str, object]] = {}
    for o in sorted(records, key=lambda o: o.observed_at):
        row = told.setdefault((o.station, o.parameter, o.averaging), {"first_at": o.observed_at})
        row |= {"source": source, "station": o.station, "parameter": o.parameter, "averaging": o.averaging,
                "unit": o.unit, "newest_at": o.observed_at, "newest_value": float(o.value),
                "newest_quality": o.quality}  # fmt: skip
    _newest_stays(connection, list(told.values()))


def _newest_stays(connection: Connection, rows: list[dict[str, object]]) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(station_parameters)
    new, c = statement.excluded, station_parameters.c
    is_newer = new.newest_at >= c.newest_at
    changes = {name: case((is_newer, new[name]), else_=c[name])
               for name in ("unit", "newest_at", "newest_value", "newest_quality")}  # fmt: skip
    changes["first_at"] = case((new.first_at < c.first_at, new.first_at), else_=c.first_at)
    keys = [column.name for column in station_parameters.primary_key]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), rows)


def all_stations(connection: Connection) -> list[Station]:
    """Every station, by source and name."""
    c = stations.c
    rows = connection.execute(select(stations).order_by(c.source, c.name, c.station))
    return [Station(r.source, r.station, r.name, r.lat, r.lon) for r in rows]


def heard(connection: Connection, station: Station | None = None) -> list[Heard]:
    """The newest of every parameter, of one station or of all."""
    c = station_parameters.c
    statement = select(station_parameters).order_by(c.source, c.station, c.parameter, c.averaging)
    if station is not None:
        statement = statement.where(c.source == station.source, c.station == station.station)
    return [
        Heard(r.source, r.station, r.parameter, r.averaging, r.unit, r.first_at, r.newest_at,
              exact(r.newest_value), r.newest_quality)
        for r in connection.execute(statement)
    ]  # fmt: skip
