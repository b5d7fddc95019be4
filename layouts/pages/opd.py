"""The scoreboard of agencies, and the same page about one of them for its head."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.page import Page

LONGEST = 64
LEAD = "Apa yang menjadi tugas setiap OPD dan bagaimana keadaannya, menurut nama dan tanpa peringkat."
LEAD_OF_ONE = "Halaman yang sama bagi kepala OPD dan bagi pimpinan: indikator, tindak lanjut, data yang wajib, layanan."


def layout(opd: str = "", **_: Any) -> html.Div:
    """Structure only; `opd` is the one agency whose page this is."""
    office = " ".join(opd.split())[:LONGEST]
    bar = html.Div(filter_bar(by_place=False, office=office or None), hidden=True)
    if not office:
        parts = [explore("opd.scoreboard", span=4), explore("opd.duties", span=4)]
        return html.Div([html.H1("Papan OPD"), html.P(LEAD, className="lead"), bar, _grid(parts, "all-offices")])
    parts = [explore("opd.scoreboard", span=4), explore("opd.actions", span=2), explore("opd.duties", span=2),
             explore("opd.indicators", span=4), explore("opd.digital", span=4)]  # fmt: skip
    back = html.P(html.A("Semua OPD", href="/opd"), className="lead")
    return html.Div([html.H1(office), html.P(LEAD_OF_ONE, className="lead"), back, bar, _grid(parts)])


def _grid(parts: list[html.Section], kind: str = "") -> html.Div:
    return html.Div(parts, className=f"grid answers {kind}".strip())


PAGE = Page("opd", "/opd", "OPD", layout)
