"""Wind and rain beside the air: PM2.5 of the sensors, and what BMKG forecast for Mojosari, on one axis of time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.air_region import newest_region_hour, region_days, region_hours
from dashboard.store.forecast_history import forecast_days, forecast_of

HOUR, LONGEST = timedelta(hours=1), timedelta(days=366)
HOURLY_UP_TO = 14
"""Days up to which the axis is in hours; above it in days."""
MOJOSARI = "35.16.08"
MEASURED = (
    Column("pm25", "PM2,5, median sensor", unit="µg/m³", decimals=1, role="y"),
    Column("wind", "Angin, prakiraan BMKG", unit="km/jam", decimals=0, role="y"),
    Column("rain", "Hujan, prakiraan BMKG", unit="mm", decimals=1, role="y"),
    Column("highest", "PM2,5, sensor tertinggi", unit="µg/m³", decimals=1),
    Column("stations", "Sensor"),
)
FORECAST = "Angin dan hujan adalah prakiraan BMKG untuk Mojosari, bukan pengukuran. Beriringan belum berarti sebab."
NOT_ISPU = "PM2,5 per jam bukan ISPU."


def beside_weather(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Hours up to 14 days, days above; a slot of the forecast stands at each of its three hours."""
    end = min(filters.end, at)
    start = max(filters.start, end - LONGEST)
    hourly = filters.days <= HOURLY_UP_TO
    rows = _hours(connection, start, end) if hourly else _days(connection, start, end)
    if not rows:
        return nothing("belum ada jam PM2,5 yang lolos uji dalam masa ini")
    newest = newest_region_hour(connection, end)
    x = Column("at", "Jam", "moment", role="x") if hourly else Column("at", "Hari", "day", role="x")
    cut = ["Hanya 366 hari terakhir yang digambar."] if start > filters.start else []
    return Answer((x, *MEASURED), rows, n=len(rows), data_time=newest, notes=(FORECAST, NOT_ISPU, *cut))


def _hours(connection: Connection, start: datetime, end: datetime) -> list[dict[str, Any]]:
    weather: dict[datetime, tuple[float | None, float | None]] = {}
    for slot in forecast_of(connection, MOJOSARI, start, end + 3 * HOUR):
        for earlier in range(3):  # its rain fell in the three hours before it
            rain = None if slot.rain_mm is None else slot.rain_mm / 3
            weather[slot.valid_at - earlier * HOUR] = slot.wind_kmh, rain
    return [
        {"at": h.hour, "pm25": h.median, "highest": h.highest, "stations": h.stations,
         **dict(zip(("wind", "rain"), weather.get(h.hour, (None, None)), strict=True))}
        for h in region_hours(connection, start, end)
    ]  # fmt: skip


def _days(connection: Connection, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Means of the hours that are known; rain is the sum of its slots."""
    weather = {day.day: day for day in forecast_days(connection, MOJOSARI, start, end)}
    rows = []
    for one in region_days(connection, "hitungan", start, end):
        if one.pm25 is not None:
            beside = weather.get(one.day)
            rows.append({"at": clock.wib(one.day).date(), "pm25": one.pm25, "highest": one.pm25_highest,
                         "stations": one.stations, "wind": beside and beside.wind_kmh,
                         "rain": beside and beside.rain_mm})  # fmt: skip
    return rows


QUESTIONS = (
    Question(
        id="air.weather", title="Angin dan hujan di samping udara", family="lingkungan", topics=("sensors", "forecast"),
        form="stacked", ask=beside_weather, by_kecamatan=False,
        clock="Per jam sampai 14 hari, lalu per hari WIB; median sensor yang tidak diragukan",
    ),
)  # fmt: skip
