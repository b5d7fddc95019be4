"""The frame around every page: navigation, clock, SIMULASI, and what is said when the server is lost."""

from __future__ import annotations

import re
from typing import Any

import dash
from dash import Dash, html

from layouts.access import menu
from layouts.access.guard import at_door
from layouts.pages import RULES
from layouts.time_machine.page import as_known

DATE: dict[str, Any] = {"data-clock": "date"}
TIME: dict[str, Any] = {"data-clock": "time"}
LOST: dict[str, Any] = {"data-lost": "page"}
SWITCH: dict[str, Any] = {"data-theme-switch": "page"}
OTHER_TIME: dict[str, Any] = {
    "data-time-machine": "page",
    "title": "Lihat halaman ini seperti diketahui satu jam yang lalu; dari sana ke waktu lain",
}

FACES = ("Regular", "Medium", "SemiBold", "Bold")
THEME_SCRIPT = "theme.js"
"""Runs in the head, before the first paint, and so is left out of the scripts that Dash loads at the end."""


def shell(simulated: bool) -> html.Div:
    """The layout of the application, for who asks; pages stand in its main part."""
    return html.Div(
        [
            html.A("Langsung ke isi", href="#isi", className="skip"),
            html.Header(
                [
                    html.A("Pusat Komando Mojokerto", href="/", className="brand"),
                    menu.navigation(),
                    html.Div(
                        [
                            html.Span("SIMULASI", className="simulated") if simulated else None,
                            menu.account(),
                            _theme_switch(),
                            _clock(),
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


def _clock() -> html.Button:
    """The clock is the way into the past: assets/time_machine.js."""
    parts = [html.Span("", className="clock date", **DATE), html.Span("", className="clock time", **TIME)]
    return html.Button(parts, type="button", className="other-time", **OTHER_TIME)


def _theme_switch() -> html.Button:
    """Says what pressing it brings; assets/theme.js keeps the choice."""
    return html.Button(
        [html.Span("Tema gelap", className="to-dark"), html.Span("Tema terang", className="to-light")],
        type="button",
        className="theme-switch",
        **SWITCH,
    )


def _head() -> str:
    """The theme before anything is painted, and the faces before any text: nothing flashes, nothing moves."""
    fonts = (f"/assets/fonts/IBMPlexSansCondensed-{face}.ttf" for face in FACES)
    preload = "".join(f'<link rel="preload" as="font" type="font/ttf" href="{url}" crossorigin>' for url in fonts)
    return f'<script src="/assets/{THEME_SCRIPT}"></script>{preload}'


def register(app: Dash) -> None:
    """Register the pages by name: folder discovery would import each under a second name."""
    app.config.assets_ignore = rf"^{re.escape(THEME_SCRIPT)}$"
    app.config.assets_path_ignore = [r"^wall$", r"^kiosk$", r"^push$"]  # of the wall, its computers, a worker
    app.index_string = app.index_string.replace("{%css%}", _head() + "{%css%}")
    for page, rule in RULES:
        layout = at_door(page.title, page.path, as_known(page.layout), rule)
        dash.register_page(page.name, path=page.path, title=f"{page.title} · Pusat Komando", layout=layout)
