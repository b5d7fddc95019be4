"""Source health: who delivers, who is late, and what was refused."""

from __future__ import annotations

from layouts.pages.page import Page, structure
from layouts.panels.place import place

PAGE = Page(
    "sources",
    "/sumber",
    "Sumber data",
    structure(
        "Kesehatan sumber data",
        "Setiap sumber punya janji. Yang lewat janji ditandai di semua panel yang memakainya; angkanya tidak dihapus.",
        place("source_health", "sources.refused_24h", "wide", span=2),
        place("table", "sources.refused_24h"),
    ),
)
