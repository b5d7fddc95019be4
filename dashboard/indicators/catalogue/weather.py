"""Weather from BMKG's forecast: Mojosari now, and the next 24 hours of every kecamatan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.next_weather import OUTDATED, Ahead, ahead
from dashboard.store import bmkg as store
from datasources.region import by_code, kecamatan

BMKG = "BMKG data terbuka"
MOJOSARI_CODE = "35.16.08"
SLOT = timedelta(hours=3)
HEAVY = (65, 95, 97)
"""Codes of heavy rain and of thunderstorms."""
TO_CONFIRM = "usulan, perlu konfirmasi"


def now(connection: Connection, at: datetime) -> Finding:
    """The forecast slot of Mojosari nearest to this moment. A forecast, not a thermometer."""
    slots = store.forecast_between(connection, at - SLOT / 2, at + SLOT / 2)
    slot = next((s for s in slots if s.kecamatan_code == MOJOSARI_CODE), None)
    if slot is None or slot.temperature_c is None:
        return Finding(None, store.newest_analysis_at(connection), missing=OUTDATED)
    detail = {
        "cuaca": slot.weather,
        "berlaku": slot.valid_at.isoformat(),
        "kelembapan_persen": slot.humidity_pct,
        "angin_kmj": slot.wind_kmh,
        "rows": [
            {"label": (by_code()[s.kecamatan_code]).name, "value": f"{s.weather}, {s.temperature_c} °C"}
            for s in slots if s.kecamatan_code in by_code()
        ],
    }  # fmt: skip
    return Finding(Decimal(slot.temperature_c), slot.analysis_at, n=1, detail=detail)


def rain_next_24h(connection: Connection, at: datetime) -> Finding:
    """The wettest kecamatan's rain over the next 24 hours; every kecamatan in the detail."""
    found = ahead(connection, at)
    rain = {one.code: one.rain_mm for one in found if one.rain_mm is not None}
    if not rain:
        return Finding(None, store.newest_analysis_at(connection), missing=OUTDATED)
    wettest = max(rain, key=lambda code: rain[code])
    detail = {**_by_kecamatan(rain), "terbasah": by_code()[wettest].name}
    return Finding(rain[wettest], max(one.analysis_at for one in found), n=len(rain), detail=detail)


def wind_next_24h(connection: Connection, at: datetime) -> Finding:
    """The strongest wind foretold for any kecamatan; every kecamatan in the detail."""
    found = ahead(connection, at)
    wind = {one.code: one.wind_kmh for one in found if one.wind_kmh is not None}
    if not wind:
        return Finding(None, store.newest_analysis_at(connection), missing=OUTDATED)
    windiest = max(wind, key=lambda code: wind[code])
    detail = {**_by_kecamatan(wind), "terkencang": by_code()[windiest].name}
    return Finding(wind[windiest], max(one.analysis_at for one in found), n=len(wind), detail=detail)


def next_24h(connection: Connection, at: datetime) -> Finding:
    """How many kecamatan expect heavy rain or a thunderstorm; the weather of all of them as a table."""
    found = ahead(connection, at)
    if not found:
        return Finding(None, store.newest_analysis_at(connection), missing=OUTDATED)
    heavy = [one for one in found if one.weather_code in HEAVY]
    detail = {"weather": [_row(one) for one in found]}
    return Finding(Decimal(len(heavy)), max(one.analysis_at for one in found), n=len(found), detail=detail)


def _by_kecamatan(values: dict[str, Decimal]) -> dict[str, Any]:
    return {"kecamatan": {k.code: float(values[k.code]) if k.code in values else None for k in kecamatan()}}


def _row(one: Ahead) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": by_code()[one.code].name,
        "weather": one.weather,
        "heavy": one.weather_code in HEAVY,
        "rain": None if one.rain_mm is None else float(one.rain_mm),
        "wind": None if one.wind_kmh is None else float(one.wind_kmh),
        "wind_from": one.wind_from,
        "coolest": one.coolest_c,
        "warmest": one.warmest_c,
        "humidity": one.humidity_pct,
        "visibility_m": one.visibility_m,
        "slots": one.slots,
    }


def _act(words: str) -> str:
    return f"{words} ({TO_CONFIRM})"


def _bands(*edges: tuple[str, Status, int | None, int | None, str]) -> Sequence[Band]:
    return tuple(
        Band(word, status, None if low is None else Decimal(low), None if high is None else Decimal(high), action)
        for word, status, low, high, action in edges
    )


INDICATORS = (
    Indicator(
        id="weather.now", title="Prakiraan cuaca Mojosari", unit="°C", topics=("forecast",), formula=now,
        clock="Prakiraan BMKG untuk jam terdekat; bukan pengukuran", owner="BPBD", basis=BMKG, family="lingkungan",
        in_briefing=False,
    ),
    Indicator(
        id="weather.rain_next_24h", title="Hujan 24 jam ke depan", unit="mm", topics=("forecast",),
        formula=rain_next_24h, clock="Jumlah prakiraan 24 jam ke depan; kecamatan terbasah", owner="BPBD", basis=BMKG,
        decimals=1, scale=(Decimal(0), Decimal(150)), family="lingkungan",
        bands=tuple(_bands(
            ("Ringan", Status.NORMAL, None, 20, ""), ("Sedang", Status.NORMAL, 20, 50, ""),
            ("Lebat", Status.WASPADA, 50, 100, _act("kabari camat, periksa pintu air dan drainase")),
            ("Sangat lebat", Status.KRITIS, 100, None, _act("siagakan regu dan perahu, kabari camat dan DPUPR")),
        )),
    ),
    Indicator(
        id="weather.wind_next_24h", title="Angin terkencang 24 jam ke depan", unit="km/jam", topics=("forecast",),
        formula=wind_next_24h, clock="Prakiraan tertinggi 24 jam ke depan; kecamatan terkencang", owner="BPBD",
        basis=f"{BMKG}; batas angin kencang 45 km/jam (25 knot) perlu verifikasi", family="lingkungan",
        in_briefing=False,
        bands=tuple(_bands(
            ("Biasa", Status.NORMAL, None, 45, ""),
            ("Angin kencang", Status.WASPADA, 45, None, _act("regu pohon tumbang siaga bersama DLH")),
        )),
    ),
    Indicator(
        id="weather.next_24h", title="Cuaca 24 jam ke depan per kecamatan", unit="kecamatan hujan lebat atau petir",
        topics=("forecast",), formula=next_24h, owner="BPBD", basis=BMKG, family="lingkungan", in_briefing=False,
        clock="Prakiraan tiap tiga jam: cuaca terberat, jumlah hujan, angin tertinggi, suhu terendah dan tertinggi",
        bands=tuple(_bands(
            ("Tanpa hujan lebat", Status.NORMAL, None, 1, ""), ("Ada hujan lebat", Status.WASPADA, 1, None, ""),
        )),
    ),
)  # fmt: skip
