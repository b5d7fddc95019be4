"""The earthquakes of a period: near us by their coordinates, and everything BMKG listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.rows_on_demand import RowsOnDemand
from dashboard.formulas.distance import Place, seen_from
from dashboard.formulas.near_quake import NEAR_KM
from dashboard.store.bmkg import earthquakes_near, newest_earthquakes
from datasources.bmkg.records import Earthquake
from datasources.region import MOJOSARI, by_code, kecamatan

TOLD_WITHIN_KM = 500
MOST = 200
DEDUPLICATED = "Gempa yang sama di beberapa daftar BMKG (detik yang sama, posisi berdekatan) dihitung sekali."


def near(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Earthquakes within 300 km or felt here, with distance and direction from Mojosari or the chosen kecamatan."""
    quakes = earthquakes_near(connection, filters.start, min(filters.end, at))
    if not quakes:
        return nothing(f"tidak ada gempa ≤ {NEAR_KM} km maupun yang dirasakan di Mojokerto dalam masa ini")
    return _answer(quakes, filters)


def listed(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Everything on BMKG's lists, wherever it was: M 5 and more, and what people felt."""
    quakes = newest_earthquakes(connection, filters.start, min(filters.end, at), MOST)
    if not quakes:
        return nothing("tidak ada gempa dalam daftar BMKG pada masa ini")
    more = (
        [f"Hanya {whole(MOST)} yang terbaru; persempit masanya untuk yang lebih lama."] if len(quakes) == MOST else []
    )
    return _answer(quakes, filters, more)


def _answer(quakes: Sequence[Earthquake], filters: Filters, more: Sequence[str] = ()) -> Answer:
    name, place = _reference(filters)
    rows = RowsOnDemand(len(quakes), lambda first, last: [_row(quake, {name: place}) for quake in quakes[first:last]])
    columns = (
        Column("at", "Waktu", "moment"),
        Column("magnitude", "Magnitudo", unit="M", decimals=1),
        Column("depth", "Kedalaman", unit="km"),
        Column("km", f"Jarak dari {name}", unit="km"),
        Column("direction", "Arah", "text"),
        Column("nearest", "Kecamatan terdekat", "text"),
        Column("nearest_km", "Jaraknya", unit="km"),
        Column("felt", "Dirasakan (MMI)", "text"),
        Column("region", "Menurut BMKG", "text"),
    )
    return Answer(columns, rows, n=len(rows), data_time=quakes[0].event_at, notes=[DEDUPLICATED, *more])


@cache
def _centres() -> dict[str, Place]:
    return {k.name: (k.lat, k.lon) for k in kecamatan()}


def _reference(filters: Filters) -> tuple[str, Place]:
    chosen = by_code().get(filters.kecamatan or "")
    return (f"Kecamatan {chosen.name}", (chosen.lat, chosen.lon)) if chosen else ("Mojosari", MOJOSARI)


def _row(quake: Earthquake, reference: dict[str, Place]) -> dict[str, Any]:
    """The nearest kecamatan is told for what lies near: a thousand kilometres away they are all the same."""
    here = (quake.lat, quake.lon)
    seen = seen_from(reference, here)
    nearest = seen_from(_centres(), here) if seen.km <= TOLD_WITHIN_KM else None
    return {
        "at": quake.event_at,
        "magnitude": quake.magnitude,
        "depth": quake.depth_km,
        "km": round(seen.km),
        "direction": seen.direction,
        "nearest": nearest and nearest.reference,
        "nearest_km": nearest and round(nearest.km),
        "felt": quake.felt,
        "region": quake.region,
    }


QUESTIONS = (
    Question(
        id="hazards.quakes_near", title="Gempa di sekitar kita", family="lingkungan", topics=("earthquakes",),
        form="table", ask=near, basis="BMKG data terbuka",
        clock=f"Waktu kejadian menurut BMKG; jarak ≤ {NEAR_KM} km dari Mojosari dihitung dari koordinat, atau "
        "dirasakan di Mojokerto",
    ),
    Question(
        id="hazards.quakes_listed", title="Semua gempa dalam daftar BMKG", family="lingkungan",
        topics=("earthquakes",), form="table", ask=listed, basis="BMKG data terbuka",
        clock="M 5 ke atas di Indonesia dan yang dirasakan; jarak dihitung dari koordinat",
    ),
)  # fmt: skip
