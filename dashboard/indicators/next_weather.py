"""The next 24 hours of each kecamatan out of BMKG's three-hourly forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas.distance import DIRECTIONS
from dashboard.store.bmkg import forecast_between
from datasources.bmkg.records import ForecastSlot
from datasources.region import by_code

AHEAD = timedelta(hours=24)
LEAST_SLOTS = 7
"""Of the eight of a day: with fewer a sum would be told as if the rest were dry."""
OUTDATED = "prakiraan untuk waktu ini belum ada"
HEAVIEST_LAST = (0, 1, 2, 3, 4, 5, 10, 45, 60, 61, 80, 63, 65, 97, 95)
"""Weather codes of BMKG from the mildest to the heaviest; one that is not here counts as rain does."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the next 24 hours bring to a kecamatan. None: the forecast does not say, which is not zero."""

    code: str
    analysis_at: datetime
    slots: int
    weather_code: int
    weather: str
    rain_mm: Decimal | None
    wind_kmh: Decimal | None
    wind_from: str
    coolest_c: int | None
    warmest_c: int | None
    humidity_pct: int | None
    visibility_m: int | None


def ahead(connection: Connection, at: datetime) -> list[Ahead]:
    """Every kecamatan whose forecast covers the next 24 hours, by code. Slots end in (at, at + 24 h]."""
    slots: dict[str, list[ForecastSlot]] = {}
    for slot in forecast_between(connection, at, at + AHEAD):
        if slot.kecamatan_code in by_code():
            slots.setdefault(slot.kecamatan_code, []).append(slot)
    return [_ahead(code, of) for code, of in sorted(slots.items()) if len(of) >= LEAST_SLOTS]


def _ahead(code: str, slots: Sequence[ForecastSlot]) -> Ahead:
    heaviest = max(slots, key=lambda s: _weight(s.weather_code))
    rain = [Decimal(repr(s.rain_mm)) for s in slots if s.rain_mm is not None]
    windiest = max((s for s in slots if s.wind_kmh is not None), key=lambda s: s.wind_kmh or 0.0, default=None)
    warmth = [s.temperature_c for s in slots if s.temperature_c is not None]
    return Ahead(
        code=code,
        analysis_at=max(s.analysis_at for s in slots),
        slots=len(slots),
        weather_code=heaviest.weather_code,
        weather=heaviest.weather,
        rain_mm=sum(rain, Decimal(0)) if len(rain) >= LEAST_SLOTS else None,
        wind_kmh=None if windiest is None else Decimal(repr(windiest.wind_kmh)),
        wind_from=_from(windiest),
        coolest_c=min(warmth, default=None),
        warmest_c=max(warmth, default=None),
        humidity_pct=max((s.humidity_pct for s in slots if s.humidity_pct is not None), default=None),
        visibility_m=min((s.visibility_m for s in slots if s.visibility_m is not None), default=None),
    )


def _weight(code: int) -> int:
    return HEAVIEST_LAST.index(code) if code in HEAVIEST_LAST else HEAVIEST_LAST.index(61)


def _from(slot: ForecastSlot | None) -> str:
    """'barat daya': where the wind comes from; empty where that is not told, as in a calm."""
    if slot is None or slot.wind_from_deg is None:
        return ""
    return DIRECTIONS[int((slot.wind_from_deg + 22.5) // 45) % 8]
