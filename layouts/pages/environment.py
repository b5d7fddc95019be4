"""Environment: the official index and what sensors say now, beside weather, hazards and rivers."""

from __future__ import annotations

from layouts.exploring.place import explore
from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "environment",
    "/lingkungan",
    "Lingkungan",
    structure(
        "Lingkungan dan bahaya",
        "Angka resmi dan pembacaan saat ini berdampingan dan tidak dicampur. Sumber data cuaca dan gempa: BMKG.",
        place("bullet", "air.ispu"),
        place("tile", "air.pm25_now"),
        place("bullet", "air.pm25_24h_index"),
        place("strip", "air.strip", "wide", span=2, rows=2),
        place("table", "air.stations", rows=2),
        place("tile", "air.exceedance_days"),
        place("warnings", "weather.active_warnings", "wide", span=2),
        place("tile_map", "weather.rain_next_24h", rows=2),
        place("tile", "weather.now"),
        place("table", "river.level", span=2),
        place("table", "weather.nearby_earthquake", span=2),
        explored=(
            explore("air.official_and_now", span=2),
            explore("air.weather", span=2),
            explore("air.calendar", span=2),
            explore("air.exceedance", span=2),
            explore("air.stations", span=2),
            explore("air.completeness", span=2),
            explore("air.flags", span=2),
            explore("air.drift", span=2),
        ),
    ),
)
