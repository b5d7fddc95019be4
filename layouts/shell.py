"""The frame around every page: navigation, clock, SIMULASI, and what is said when the server is lost."""

from __future__ import annotations

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import Dash, html

from layouts.pages import PAGES

CLOCK: dict[str, Any] = {"data-clock": "page"}
LOST: dict[str, Any] = {"data-lost": "page"}


def shell(simulated: bool) -> html.Div:
    """The layout of the application; pages stand in its main part."""
    return html.Div(
        [
            html.A("Langsung ke isi", href="#isi", className="skip"),
            html.Header(
                [
                    html.A("Pusat Komando Mojokerto", href="/", className="brand"),
                    dbc.Nav(
                        [dbc.NavLink(page.title, href=page.path, active="exact") for page in PAGES],
                        className="pages",
                    ),
                    html.Div(
                        [
                            html.Span("SIMULASI", className="simulated") if simulated else None,
                            html.Span("", className="clock", **CLOCK),
                        ],
                        className="header-end",
                    ),
                ],
                className="header",
            ),
            html.Div(className="lost", role="status", **LOST),
            html.Main(dash.page_container, id="isi"),
        ]
    )


def register(app: Dash) -> None:
    """Register the pages by name: folder discovery would import each under a second name."""
    for page in PAGES:
        dash.register_page(page.name, path=page.path, title=f"{page.title} · Pusat Komando", layout=page.layout)
