"""Handing in data, for an OPD: what it owes and until when, the templates, and the file with its preview."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.access.door import door
from layouts.access.who import allowed, person
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.handing_in.form import ACTION, form
from layouts.pages.page import Page

PATH = "/setor"
LEAD = "Unggah, periksa baris yang diterima dan ditolak, lalu putuskan. Sebelum diterima tidak ada yang dihitung."


def layout(**_: Any) -> html.Div:
    """Structure only; the form stands in the page for its callbacks, hidden from who may not. Each step asks again."""
    who = person()
    may = who is not None and allowed(ACTION)
    bar = html.Div(filter_bar(by_place=False, office=who.opd if who else None), hidden=True)
    section = html.Div(
        html.Section([html.H2("Setor berkas"), form()], className="panel"), className="span-4", hidden=not may
    )
    way = html.P(LEAD, className="lead") if may else door("setoran data OPD", PATH)
    parts = [section, *([explore("opd.duties", span=4)] if may else [])]
    return html.Div([html.H1("Setor data"), way, bar, html.Div(parts, className="grid answers")])


PAGE = Page("handing_in", PATH, "Setor data", layout)
