"""An agency's own 112 tickets, for its head: what waits, how long it takes, and the case list."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.access.door import door
from layouts.access.who import allowed, person
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.page import Page

PATH = "/112/opd"
NAMES = ("opd112.waiting", "opd112.stages", "opd112.cases")
LEAD = "Tiket 112 untuk OPD Anda, tanpa nama, nomor, dan teks pelapor. Setiap unduhan dicatat."


def layout(**_: Any) -> html.Div:
    """Structure only; each question asks once more whose agency it may tell of."""
    who = person()
    if who is None or not allowed("opd.view"):
        return html.Div([html.H1("OPD saya"), door("tiket OPD", PATH)])
    frames = html.Div([explore(name, span=4) for name in NAMES], className="grid answers")
    return html.Div([html.H1(f"112 · {who.opd}"), html.P(LEAD, className="lead"), filter_bar(), frames])


PAGE = Page("opd112", PATH, "OPD saya", layout)
