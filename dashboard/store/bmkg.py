"""BMKG forecasts, earthquakes and warnings: tables, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, Float, Index, Integer, String, Table, Text, func, select

from dashboard.formulas.near_quake import is_near
from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.bmkg.records import Earthquake, ForecastSlot, Warning
from datasources.region import MOJOSARI

forecast = Table(
    "forecast",
    metadata,
    Column("adm4", String(16), primary_key=True),
    Column("valid_at", UtcTime, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("kecamatan_code", String(16), nullable=False),
    Column("analysis_at", UtcTime, nullable=False),
    Column("temperature_c", Integer),
    Column("humidity_pct", Integer),
    Column("rain_mm", Float),
    Column("cloud_pct", Integer),
    Column("wind_kmh", Float),
    Column("wind_from_deg", Integer),
    Column("weather_code", Integer, nullable=False),
    Column("weather", String(64), nullable=False),
    Column("visibility_m", Integer),
    Column("known_at", UtcTime, nullable=False),
    Index("forecast_by_time", "valid_at"),
)

earthquakes = Table(
    "earthquakes",
    metadata,
    Column("event_at", UtcTime, primary_key=True),
    Column("twin", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("magnitude", Float, nullable=False),
    Column("depth_km", Float, nullable=False),
    Column("region", String(256), nullable=False),
    Column("felt", String(256)),
    Column("potential", String(256)),
    Column("near", Boolean, nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("earthquakes_near_by_time", "near", "event_at"),
)

warnings = Table(
    "warnings",
    metadata,
    Column("identifier", String(96), primary_key=True),
    Column("source", String(64), nullable=False),
    Column("sent", UtcTime, nullable=False),
    Column("message_type", String(8), nullable=False),
    Column("references", Text, nullable=False),
    Column("event", String(128), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("urgency", String(16), nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("effective", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
    Column("headline", String(512), nullable=False),
    Column("description", Text, nullable=False),
    Column("kecamatan", Text, nullable=False),
    Column("polygons", Text),
    Column("known_at", UtcTime, nullable=False),
    Index("warnings_by_expiry", "expires"),
    Index("warnings_by_sending", "sent"),
)

OURS = "Mojokerto"
"""What people felt is told by such names."""
SAME_EVENT_DEGREES = 0.5
"""BMKG revises positions between its lists by a few hundredths of a degree; two events in one second lie far apart."""


def keep_forecast(connection: Connection, source: str, records: Sequence[ForecastSlot], known_at: datetime) -> None:
    """Keep the newest model run for each village and moment."""
    newest = {(r.adm4, r.valid_at): r for r in sorted(records, key=lambda r: r.analysis_at)}
    upsert(connection, forecast, [_row(r, source, known_at) for r in newest.values()], Merge.REPLACE)


def keep_earthquakes(connection: Connection, source: str, records: Sequence[Earthquake], known_at: datetime) -> None:
    """Keep each event once: the same second within half a degree is the same earthquake, revised."""
    for record in records:
        second = record.event_at.replace(microsecond=0)
        twins = connection.execute(select(earthquakes).where(earthquakes.c.event_at == second)).all()
        known = next((t for t in twins if _same_place(t.lat, t.lon, record)), None)
        row = {
            **_row(record, source, known_at),
            "event_at": second,
            "twin": known.twin if known else len(twins),
            "near": is_near((record.lat, record.lon), MOJOSARI, record.felt or (known.felt if known else None), OURS),
        }
        upsert(connection, earthquakes, [row], Merge.FILL, fixed=("known_at",))


def _same_place(lat: float, lon: float, record: Earthquake) -> bool:
    return abs(lat - record.lat) <= SAME_EVENT_DEGREES and abs(lon - record.lon) <= SAME_EVENT_DEGREES


def keep_warnings(connection: Connection, source: str, records: Sequence[Warning], known_at: datetime) -> None:
    """Keep every alert by its identifier, updates and cancels too: validity is decided when reading.

    Of two messages with one identifier the one that was sent later counts, whichever came first.
    """
    newest = {r.identifier: r for r in sorted(records, key=lambda r: r.sent)}
    c = warnings.c
    known = connection.execute(select(c.identifier, c.sent).where(c.identifier.in_(newest)))
    later = {row.identifier for row in known if row.sent > newest[row.identifier].sent}
    rows = [
        {
            **_row(r, source, known_at),
            "references": " ".join(r.references),
            "kecamatan": " ".join(r.kecamatan),
            "polygons": ";".join(r.polygons) or None,
        }
        for r in newest.values()
        if r.identifier not in later
    ]
    upsert(connection, warnings, rows, Merge.REPLACE, fixed=("known_at",))


def _row(record: ForecastSlot | Earthquake | Warning, source: str, known_at: datetime) -> dict[str, object]:
    values = {f.name: getattr(record, f.name) for f in fields(record)}
    return {"source": source, **values, "known_at": known_at}


def forecast_between(connection: Connection, start: datetime, end: datetime) -> list[ForecastSlot]:
    """Forecast slots with valid_at in (start, end], every village, in time order."""
    names = [f.name for f in fields(ForecastSlot)]
    c = forecast.c
    rows = connection.execute(
        select(*[c[n] for n in names]).where(c.valid_at > start, c.valid_at <= end).order_by(c.valid_at, c.adm4)
    )
    return [ForecastSlot(**r._mapping) for r in rows]


def newest_analysis_at(connection: Connection) -> datetime | None:
    """The newest model run known: that of the furthest moment foretold, which an index finds at once."""
    c = forecast.c
    furthest = select(c.analysis_at).order_by(c.valid_at.desc()).limit(1)
    result: datetime | None = connection.execute(furthest).scalar()
    return result


def earthquakes_near(connection: Connection, start: datetime, end: datetime) -> list[Earthquake]:
    """Earthquakes in [start, end) within 300 km of Mojosari or felt in Mojokerto, newest first."""
    names = [f.name for f in fields(Earthquake)]
    c = earthquakes.c
    rows = connection.execute(
        select(*[c[n] for n in names])
        .where(c.near.is_(True), c.event_at >= start, c.event_at < end)
        .order_by(c.event_at.desc())
    )
    return [Earthquake(*row) for row in rows]


def newest_earthquakes(connection: Connection, start: datetime, end: datetime, most: int) -> list[Earthquake]:
    """The newest earthquakes in [start, end), newest first."""
    names = [f.name for f in fields(Earthquake)]
    c = earthquakes.c
    rows = connection.execute(
        select(*[c[n] for n in names])
        .where(c.event_at >= start, c.event_at < end)
        .order_by(c.event_at.desc())
        .limit(most)
    )
    return [Earthquake(**r._mapping) for r in rows]


def rain_by_slot(connection: Connection, start: datetime, end: datetime, place: str | None) -> dict[datetime, float]:
    """Millimetres foretold for the three hours that end at each moment in (start, end]: of a kecamatan, or the most."""
    c = forecast.c
    rows = connection.execute(
        select(c.valid_at, func.max(c.rain_mm))
        .where(c.valid_at > start, c.valid_at <= end, c.rain_mm.is_not(None))
        .where(c.kecamatan_code == place if place else c.rain_mm >= 0)
        .group_by(c.valid_at)
    )
    return {row[0]: float(row[1]) for row in rows}


def earthquakes_since(connection: Connection, start: datetime, at: datetime) -> list[Earthquake]:
    """Earthquakes in [start, at], newest first."""
    names = [f.name for f in fields(Earthquake)]
    c = earthquakes.c
    rows = connection.execute(
        select(*[c[n] for n in names]).where(c.event_at >= start, c.event_at <= at).order_by(c.event_at.desc())
    )
    return [Earthquake(**r._mapping) for r in rows]
