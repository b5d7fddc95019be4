"""The supervisor's view of the 112 desk: open to the desk's own people only."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.access.door import DESK
from layouts.exploring.desk_room import room
from layouts.pages.page import Page

LEAD = "Antrean berjalan, kasus tunggal tanpa nama dan nomor, dan kebutuhan petugas. Setiap unduhan dicatat."


def layout(**_: Any) -> html.Div:
    """Structure only; the room is furnished by its callback."""
    return html.Div([html.H1("Meja 112"), html.P(LEAD, className="lead"), room()])


PAGE = Page("desk112", DESK, "Meja 112", layout)
