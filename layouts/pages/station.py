"""One station: what it measures, its hours, flags, completeness, drift, and what is known of it."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.exploring.station_choice import station_choice
from layouts.pages.page import Page

LEAD = "Nilai, mutu dan riwayat satu stasiun. Bacaan mentah tidak pernah diubah; bendera berdiri di sampingnya."
QUESTIONS = (
    "station.parameters", "station.about", "station.hours", "air.calendar", "air.flags", "air.completeness",
    "air.exceedance", "air.drift",
)  # fmt: skip


def layout(id: str | None = None, **_: Any) -> html.Div:
    """Structure only; `id` is "source/station" as in the addresses of the lists."""
    panels = [explore(name, span=2) for name in QUESTIONS]
    return html.Div(
        [
            html.H1("Stasiun"),
            html.P(LEAD, className="lead"),
            station_choice(id),
            filter_bar(station=id),
            html.Div(panels, className="grid"),
        ]
    )


PAGE = Page("station", "/stasiun", "Stasiun", layout)
