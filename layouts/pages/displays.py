"""Screens: which hang where, which is dead, what each shows; pairing and remote control."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.displays.remote import PATH, changing_form, pairing_form, screen_list
from layouts.pages.page import Page
from layouts.panels.place import drawn, place

LEAD = "Setiap layar memberi tanda hidup tiap sepuluh detik. Layar yang dicabut gelap dalam lima detik."
HOW = "Buka /wall/aula di komputer layar; ia menampilkan kode enam huruf."


def layout(kode: str = "", **_: Any) -> html.Div:
    """Structure only; `kode` is what the square on a waiting screen carries."""
    return html.Div(
        [
            html.H1("Layar"),
            html.P(LEAD, className="lead"),
            html.Div(
                [
                    drawn(place("table", "displays.dead", span=1)),
                    html.Section(
                        [html.H2("Pasang layar"), html.P(HOW, className="clock-line"), pairing_form(kode)],
                        className="panel span-2", id="screen-officer", hidden=True,
                    ),
                    html.Section([html.H2("Semua layar"), screen_list()], className="panel span-4"),
                    html.Section(
                        [html.H2("Atur layar"), changing_form()],
                        className="panel span-4", id="screen-change-part", hidden=True,
                    ),
                ],
                className="grid",
            ),
        ],
        className="displays",
    )  # fmt: skip


PAGE = Page("displays", PATH, "Layar", layout)
