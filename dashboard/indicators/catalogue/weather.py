"""Weather and hazards from BMKG: now, rain of the next 24 hours, warnings in force, earthquakes nearby."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.distance import direction, great_circle_km
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store import bmkg as store
from datasources.region import MOJOSARI, by_code, kecamatan

BMKG = "BMKG data terbuka"
MOJOSARI_CODE = "35.16.08"
SLOT = timedelta(hours=3)
NEAR_KM = 300
QUAKE_DAYS = 7
OUTDATED = "prakiraan untuk waktu ini belum ada"


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
    slots = store.forecast_between(connection, at, at + timedelta(hours=24))
    rain: dict[str, Decimal] = defaultdict(Decimal)
    hours: dict[str, int] = defaultdict(int)
    for slot in slots:
        if slot.rain_mm is not None:
            rain[slot.kecamatan_code] += Decimal(repr(slot.rain_mm))
            hours[slot.kecamatan_code] += 3
    complete = {code: mm for code, mm in rain.items() if hours[code] >= 21}
    if not complete:
        return Finding(None, store.newest_analysis_at(connection), missing=OUTDATED)
    wettest = max(complete, key=lambda code: complete[code])
    detail = {
        "kecamatan": {k.code: float(complete[k.code]) if k.code in complete else None for k in kecamatan()},
        "terbasah": by_code()[wettest].name,
    }
    analysis = max(s.analysis_at for s in slots)
    return Finding(complete[wettest], analysis, n=len(complete), detail=detail)


def active_warnings(connection: Connection, at: datetime) -> Finding:
    """BMKG alerts in force that touch one of the 18 kecamatan."""
    valid = [w for w in store.valid_warnings(connection, at) if w.kecamatan]
    rows = [
        {
            "label": w.event,
            "value": ", ".join(by_code()[c].name for c in w.kecamatan if c in by_code()),
            "until": clock.wib(w.expires).strftime("%H.%M WIB"),
            "status": Status.KRITIS if w.severity in ("Severe", "Extreme") else Status.WASPADA,
        }
        for w in valid
    ]
    touched = {code for w in valid for code in w.kecamatan}
    worst = max((r["status"] == Status.KRITIS for r in rows), default=False)
    band = "Peringatan berat" if worst else "Ada peringatan" if rows else "Tidak ada peringatan"
    detail = {"rows": rows, "kecamatan": {k.code: int(k.code in touched) for k in kecamatan()}}
    return Finding(
        Decimal(len(valid)), max((w.sent for w in valid), default=None), n=len(valid), band=band, detail=detail
    )


def nearby_earthquake(connection: Connection, at: datetime) -> Finding:
    """The strongest earthquake of the last 7 days within 300 km of Mojosari, computed from its coordinates."""
    quakes = store.earthquakes_since(connection, at - timedelta(days=QUAKE_DAYS), at)
    newest = max((q.event_at for q in quakes), default=None)
    near = [(great_circle_km(MOJOSARI, (q.lat, q.lon)), q) for q in quakes]
    near = [(km, q) for km, q in near if km <= NEAR_KM]
    rows = [
        {
            "label": f"M {q.magnitude:.1f} · {km:.0f} km {direction(MOJOSARI, (q.lat, q.lon))}".replace(".", ","),
            "value": clock.wib(q.event_at).strftime("%d/%m %H.%M WIB"),
        }
        for km, q in near
    ]
    if not near:
        return Finding(None, newest, n=0, missing=f"tidak ada gempa ≤ {NEAR_KM} km dalam {QUAKE_DAYS} hari", detail={})
    strongest = max((q for _, q in near), key=lambda q: q.magnitude)
    return Finding(Decimal(repr(strongest.magnitude)), strongest.event_at, n=len(near), detail={"rows": rows})


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
        bands=(Band("Ringan", Status.NORMAL, high=Decimal(20)),
               Band("Sedang", Status.NORMAL, low=Decimal(20), high=Decimal(50)),
               Band("Lebat", Status.WASPADA, low=Decimal(50), high=Decimal(100)),
               Band("Sangat lebat", Status.KRITIS, low=Decimal(100))),
    ),
    Indicator(
        id="weather.active_warnings", title="Peringatan dini cuaca", unit="peringatan", topics=("warnings",),
        formula=active_warnings, clock="Berlaku saat ini dan menyentuh kabupaten; cakupan kecamatan perkiraan",
        owner="BPBD", basis=BMKG, family="lingkungan",
        bands=(Band("Tidak ada peringatan", Status.NORMAL), Band("Ada peringatan", Status.WASPADA),
               Band("Peringatan berat", Status.KRITIS)),
    ),
    Indicator(
        id="weather.nearby_earthquake", title="Gempa terkuat ≤ 300 km", unit="M", topics=("earthquakes",),
        formula=nearby_earthquake, clock="7 hari terakhir; jarak dihitung dari Mojosari", owner="BPBD", basis=BMKG,
        decimals=1, family="lingkungan",
    ),
)  # fmt: skip
