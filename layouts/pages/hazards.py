"""Weather and hazards: what is in force, what comes, how the rivers stand, where the earth shook."""

from __future__ import annotations

from layouts.exploring.place import explore
from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "hazards",
    "/bahaya",
    "Cuaca & bahaya",
    structure(
        "Cuaca dan bahaya",
        "Peringatan menurut poligon BMKG, bukan nama di teksnya; siaga sungai hanya dari ambang yang diisi petugas. "
        "Sumber data cuaca, peringatan dan gempa: BMKG.",
        place("warnings", "weather.active_warnings", "wide", span=2),
        place("region_map", "weather.active_warnings", "wide", span=2, rows=3),
        place("river", "river.level", "wide", span=2, rows=2),
        place("weather_table", "weather.next_24h", "wide", span=2, rows=2),
        place("tile_map", "weather.rain_next_24h", rows=2),
        place("tile_map", "weather.wind_next_24h", rows=2),
        place("river", "river.discharge", rows=2),
        place("table", "river.rise", rows=2),
        place("table", "weather.nearby_earthquake", "wide", span=2),
        place("tile", "weather.now"),
        place("tile", "weather.warned_week"),
        explored=(
            explore("hazards.timeline", span=2),
            explore("hazards.rain_and_river", span=2),
            explore("hazards.warnings", span=2),
            explore("hazards.warned_kecamatan", span=2),
            explore("hazards.quakes_near", span=2),
            explore("hazards.quakes_listed", span=2),
        ),
    ),
)
