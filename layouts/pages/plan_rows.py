"""Rows of the masterplan entered by their owner: a form for each sheet of a programme."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.editing.plan_sheets import NAMES, SHEETS
from dashboard.exploring.masterplan.asked_plan import address
from layouts.masterplan.row_words import PATH, row_address
from layouts.masterplan.rows import structure
from layouts.pages.page import Page
from layouts.pages.tabs import Tab, tabs


def layout(lembar: str = "program", kode: str = "", baris: str = "", **_: Any) -> Any:
    """Structure only; a programme that is yet to be added has no other sheets."""
    which = {"lembar": str(lembar), "kode": str(kode), "baris": str(baris)}
    every = ("Kembali ke semua program", "/masterplan?bagian=program")
    back = ("Kembali ke program", address(which["kode"])) if kode else every
    links = [Tab(SHEETS[name].form.sheet, row_address(name, which["kode"]), name == lembar) for name in NAMES]
    head = [html.P(html.A(back[0], href=back[1])), html.H1("Isian masterplan")]
    return html.Div([*head, *([tabs("Lembar", links)] if kode else []), structure(which)], className="programme")


PAGE = Page("plan_rows", PATH, "Isian masterplan", layout)
