"""Instructions (arahan): given from a panel, carried by an OPD, ended by the giver."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.directives.board_by_opd import board_by_opd
from layouts.directives.giving import giving
from layouts.pages.page import Page
from layouts.panels.place import drawn, place

LEAD = "Setiap arahan terikat pada angka saat diberikan, dengan OPD, tenggat, dan ukuran selesai."


def layout(panel: str = "", **_: Any) -> html.Div:
    """Structure only; `panel` chooses the indicator that somebody came from."""
    return html.Div(
        [
            html.H1("Arahan"),
            html.P(LEAD, className="lead"),
            html.Div(
                [
                    drawn(place("table", "directives.open", "wide", span=2)),
                    giving(panel),
                    html.Section([html.H2("Menurut OPD"), board_by_opd()], className="panel span-4"),
                ],
                className="grid",
            ),
        ]
    )


PAGE = Page("directives", "/arahan", "Arahan", layout)
