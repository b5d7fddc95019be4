"""Environment: air, weather, hazards and rivers."""

from __future__ import annotations

from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "environment",
    "/lingkungan",
    "Lingkungan",
    structure(
        "Lingkungan dan bahaya",
        "Angka resmi dan pembacaan saat ini berdampingan dan tidak dicampur. Sumber data cuaca dan gempa: BMKG.",
        place("warnings", "weather.active_warnings", "wide", span=2),
        place("tile_map", "weather.rain_next_24h"),
        place("bullet", "air.ispu"),
        place("trend", "air.pm25_now"),
        place("bullet", "air.pm25_24h_index"),
        place("tile", "weather.now"),
        place("table", "river.level"),
        place("table", "weather.nearby_earthquake"),
    ),
)
