"""What BMKG had forecast for one kecamatan: slots, and days of them counted in the database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, func, literal, literal_column, select, type_coerce

from dashboard.store.bmkg import forecast
from dashboard.store.database import UtcTime
from dashboard.store.recount_due import DAY_MS, WIB_MS
from dashboard.store.recounted import floor
from datasources.bmkg.records import ForecastSlot


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """A WIB day: the mean wind and the sum of the rain of its slots, each of which ends three hours of it."""

    day: datetime
    wind_kmh: float | None
    rain_mm: float | None


def forecast_of(connection: Connection, kecamatan_code: str, start: datetime, end: datetime) -> list[ForecastSlot]:
    """Forecast slots of one kecamatan with valid_at in (start, end], in time order."""
    names = [f.name for f in fields(ForecastSlot)]
    columns = [forecast.c[name] for name in names]
    rows = connection.execute(select(*columns).where(_inside(kecamatan_code, start, end)).order_by(forecast.c.valid_at))
    return [ForecastSlot(**row._mapping) for row in rows]


def forecast_days(connection: Connection, kecamatan_code: str, start: datetime, end: datetime) -> list[ForecastDay]:
    """The days of (start, end], oldest first."""
    c = forecast.c
    day = type_coerce(floor(type_coerce(c.valid_at, BigInteger) - literal(1), DAY_MS, -WIB_MS), UtcTime)
    rows = connection.execute(
        select(day, func.avg(c.wind_kmh), func.sum(c.rain_mm))
        .where(_inside(kecamatan_code, start, end))
        .group_by(literal_column("1"))
        .order_by(literal_column("1"))
    )
    return [ForecastDay(*row) for row in rows]


def _inside(kecamatan_code: str, start: datetime, end: datetime) -> Any:
    """By the village's code, which begins with that of its kecamatan: the primary key then finds them."""
    c = forecast.c
    of_place = and_(c.adm4 >= kecamatan_code, c.adm4 < kecamatan_code + "~")
    return and_(of_place, c.valid_at > start, c.valid_at <= end)
