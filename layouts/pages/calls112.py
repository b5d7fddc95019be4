"""112: the queue, the incidents, and the time until help arrives."""

from __future__ import annotations

from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "calls112",
    "/112",
    "112",
    structure(
        "Layanan darurat 112",
        "Panggilan dihitung dari antrean telepon, kejadian dari aplikasi tiket. Setiap angka menyebut jamnya.",
        place("trend", "calls112.offered_today", "wide", span=2),
        place("table", "calls112.open_incidents"),
        place("bullet", "calls112.answer_rate"),
        place("bullet", "calls112.service_level"),
        place("tile", "calls112.asa"),
        place("bullet", "calls112.abandonment"),
        place("bullet", "calls112.within_15_min"),
        place("bullet", "calls112.mean_response"),
        place("tile_map", "calls112.incidents_24h"),
        place("warnings", "weather.active_warnings", "wide", span=2),
    ),
)
