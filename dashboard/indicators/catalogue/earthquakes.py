"""Earthquakes near us by their coordinates, and what people in Mojokerto felt."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.distance import seen_from
from dashboard.formulas.felt_intensity import felt_in
from dashboard.formulas.near_quake import NEAR_KM, is_near
from dashboard.formulas.written_number import written
from dashboard.indicators.catalogue.weather import BMKG, TO_CONFIRM
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store.bmkg import OURS, earthquakes_since
from datasources.bmkg.records import Earthquake
from datasources.region import MOJOSARI, kecamatan

QUAKE_DAYS = 7
STRONG_MMI = 5
"""From V on things fall over; below, windows rattle."""
UNFELT, FELT, STRONG = "Tanpa laporan terasa di sini", "Dirasakan di Mojokerto", "Dirasakan kuat di Mojokerto"


def where_words(quake: Earthquake) -> str:
    """'terdekat Pacet (95 km tenggara) · kedalaman 41 km · dirasakan (MMI) II Malang'."""
    nearest = seen_from({k.name: (k.lat, k.lon) for k in kecamatan()}, (quake.lat, quake.lon))
    place = "di" if nearest.km < 1 else "terdekat"
    parts = [f"{place} Kecamatan {nearest.reference} ({written(nearest.km, 0)} km)",
             f"kedalaman {written(quake.depth_km, 0)} km"]  # fmt: skip
    parts += [f"dirasakan (MMI) {quake.felt}"] if quake.felt else ["tidak ada laporan dirasakan"]
    return " · ".join(parts)


def nearby_earthquake(connection: Connection, at: datetime) -> Finding:
    """The strongest earthquake of the last 7 days within 300 km of Mojosari, computed from its coordinates."""
    quakes = earthquakes_since(connection, at - timedelta(days=QUAKE_DAYS), at)
    near = [q for q in quakes if is_near((q.lat, q.lon), MOJOSARI, q.felt, OURS)]
    if not near:
        newest = max((q.event_at for q in quakes), default=None)
        return Finding(None, newest, n=0, missing=f"tidak ada gempa ≤ {NEAR_KM} km dalam {QUAKE_DAYS} hari", detail={})
    strongest = max(near, key=lambda q: q.magnitude)
    felt = max((felt_in(q.felt, OURS) or 0 for q in near), default=0)
    band = STRONG if felt >= STRONG_MMI else FELT if felt else UNFELT
    detail = {"rows": [_row(quake) for quake in near]}
    return Finding(Decimal(repr(strongest.magnitude)), strongest.event_at, n=len(near), band=band, detail=detail)


def _row(quake: Earthquake) -> dict[str, Any]:
    here = felt_in(quake.felt, OURS)
    status = None if here is None else Status.KRITIS if here >= STRONG_MMI else Status.WASPADA
    seen = seen_from({"Mojosari": MOJOSARI}, (quake.lat, quake.lon))
    return {
        "label": f"M {written(quake.magnitude, 1)} · {seen.words}",
        "value": f"{clock.wib(quake.event_at):%d/%m %H.%M} WIB",
        "where": where_words(quake),
        **({"status": status} if status else {}),
    }


INDICATORS = (
    Indicator(
        id="weather.nearby_earthquake", title="Gempa terkuat ≤ 300 km", unit="M", topics=("earthquakes",),
        formula=nearby_earthquake, owner="BPBD", basis=BMKG, decimals=1, family="lingkungan",
        clock="7 hari terakhir; jarak dihitung dari Mojosari, gempa yang sama di beberapa daftar dihitung sekali",
        bands=(
            Band(UNFELT, Status.NORMAL),
            Band(FELT, Status.WASPADA, action=f"tampung laporan kerusakan lewat 112 ({TO_CONFIRM})"),
            Band(STRONG, Status.KRITIS, action=f"periksa bangunan umum dan jembatan bersama DPUPR ({TO_CONFIRM})"),
        ),
    ),
)  # fmt: skip
