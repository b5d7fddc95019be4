"""The archive of the weekly briefing: search, read, approve, compare."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Connection, Engine

from dashboard.access.roles import Action
from dashboard.briefings.issue import approve
from dashboard.editing.entry import EntryRefused
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.who import allowed
from layouts.briefing.archive import APPROVE, compared, listed, matching, name
from layouts.editing.saving import field, pressed, said, saved
from layouts.pages.page import Page

ACTION: Action = "briefings.approve"
LEAD = (
    "Satu laporan setiap minggu, Senin pukul 06.00 WIB. Yang sudah terbit tidak pernah diubah; "
    "perbaikan menjadi terbitan berikutnya."
)


def layout(**_: Any) -> html.Div:
    """Structure only: the list comes by callback."""
    search = dbc.Input(
        id="briefing-search", type="search", placeholder="misalnya 2026-W47, BPBD, banjir", debounce=True
    )
    return html.Div(
        [
            html.H1("Laporan mingguan"),
            html.P(LEAD, className="lead"),
            html.Div(field("Cari", search), className="filter-bar"),
            said("briefing"),
            html.Div(id="briefing-list"),
            html.H2("Beda dua laporan"),
            html.Div(
                [
                    field("Yang lama", dbc.Select(id="briefing-older")),
                    field("Yang baru", dbc.Select(id="briefing-newer")),
                ],
                className="filter-bar",
            ),
            html.Div(id="briefing-difference"),
        ],
        className="briefings",
    )


def register(app: Dash, engine: Engine) -> None:
    """List and search, approve, compare."""
    _register_list(app, engine)
    _register_comparison(app, engine)


def _register_list(app: Dash, engine: Engine) -> None:

    @app.callback(
        Output("briefing-list", "children"), Input("briefing-search", "value"), Input("briefing-said", "children")
    )
    def show(words: str | None, _: Any) -> Any:
        if not allowed("view"):
            return []
        with reading(engine) as connection:
            return listed(connection, matching(connection, words or ""), allowed(ACTION), words or "")

    @app.callback(
        Output("briefing-said", "children"),
        Input({"type": APPROVE, "edition": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def approve_one(clicks: list[int | None]) -> Any:
        which = ctx.triggered_id
        if not pressed(clicks) or not isinstance(which, dict):
            return no_update
        return saved(engine, ACTION, partial(_approve, which["edition"]))


def _register_comparison(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("briefing-older", "options"),
        Output("briefing-newer", "options"),
        Input("briefing-list", "children"),
        State("briefing-search", "value"),
    )
    def choices(_: Any, words: str | None) -> Any:
        if not allowed("view"):
            return [], []
        with reading(engine) as connection:
            found = matching(connection, words or "")
        options = [{"label": name(line), "value": str(line.id)} for line in found]
        return options, options

    @app.callback(
        Output("briefing-difference", "children"), Input("briefing-older", "value"), Input("briefing-newer", "value")
    )
    def compare(older: str | None, newer: str | None) -> Any:
        if not allowed("view"):
            return []
        with reading(engine) as connection:
            return compared(connection, _number(older), _number(newer))


def _approve(number: int, connection: Connection, by: Person, at: datetime) -> None:
    if not approve(connection, number, at, by.title, by.name):
        raise EntryRefused("Laporan itu sudah disetujui sebelumnya.")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


PAGE = Page("briefings", "/laporan", "Laporan", layout)
