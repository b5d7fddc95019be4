"""Source health: who delivers, who is late, what is odd about it, and what was refused."""

from __future__ import annotations

from dash import html

from layouts.exploring.place import explore
from layouts.pages.page import Page, structure
from layouts.panels.place import place


def _examples() -> html.Details:
    """Single cases are shown when somebody asks for them."""
    return html.Details(
        [html.Summary("Contoh kejadian di balik temuan"), explore("sources.finding_examples")], className="span-4"
    )


PAGE = Page(
    "sources",
    "/sumber",
    "Sumber data",
    structure(
        "Kesehatan sumber data",
        "Setiap sumber punya janji. Yang lewat janji ditandai di semua panel yang memakainya; angkanya tidak dihapus.",
        place("source_health", "sources.refused_24h", "wide", span=4),
        explored=(
            explore("sources.findings", span=4),
            _examples(),
            explore("sources.quarantine", span=4),
        ),
    ),
)
