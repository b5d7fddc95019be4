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
        place("state", "calls112.state"),
        place("trend", "calls112.offered_today", "tall", span=2, rows=2),
        place("table", "calls112.open_incidents"),
        place("bullet", "calls112.within_15_min"),
        place("warnings", "weather.active_warnings"),
        place("bullet", "air.ispu"),
        place("bullet", "spbe.index"),
        place("tile_map", "calls112.incidents_24h", "wide", span=2, rows=2),
        place("table", "river.level"),
        place("bullet", "calls112.service_level"),
        place("table", "alerts.standing", "wide", span=2),
        place("table", "directives.open"),
        place("tile", "briefing.state"),
        place("source_health", "sources.refused_24h", "wide", span=4),
    ),
)
