"""The overview: what the regent sees first."""

from __future__ import annotations

from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "overview",
    "/",
    "Ringkasan",
    structure(
        "Ringkasan",
        "Keadaan kabupaten saat ini: darurat 112, lingkungan, dan layanan pemerintahan.",
        place("trend", "calls112.offered_today", "wide", span=2),
        place("table", "calls112.open_incidents"),
        place("bullet", "calls112.within_15_min"),
        place("bullet", "calls112.service_level"),
        place("tile_map", "calls112.incidents_24h"),
        place("warnings", "weather.active_warnings"),
        place("bullet", "air.ispu"),
        place("bullet", "spbe.index"),
        place("source_health", "sources.refused_24h", "wide", span=2),
        place("tile", "river.level"),
    ),
)
