"""One panel alone: where a link to a figure leads, now or as it stood."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.indicators.catalogue import CATALOGUE
from layouts.pages.page import Page
from layouts.panels.place import drawn, place

LEAD = "Satu angka dengan jam hitungnya, sumber, dan umurnya."
FORMS = ("bullet", "table", "trend")
"""The figure beside its limits, what stands behind it, and its last day."""


def layout(id: str = "", **_: Any) -> html.Div:
    """Structure only; `id` names an indicator."""
    indicator = CATALOGUE.get(id) if isinstance(id, str) else None
    if indicator is None:
        return html.Div([html.H1("Panel"), html.P("Panel itu tidak ada atau sudah tidak dihitung.", className="lead")])
    frames = [drawn(place(form, indicator.id, "wide" if form == "trend" else "page", span=2)) for form in FORMS]
    return html.Div([html.H1(indicator.title), html.P(LEAD, className="lead"), html.Div(frames, className="grid")])


PAGE = Page("panel", "/panel", "Panel", layout)
