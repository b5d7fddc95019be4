"""The form by which an instruction is given, tied to a panel as it stands at that moment."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, State, html, no_update
from sqlalchemy import Engine

from dashboard.access.roles import Action
from dashboard.directives.taking_turns import LONGEST, Draft, give
from dashboard.editing.entry import EntryRefused, one_line
from dashboard.indicators.catalogue import CATALOGUE
from layouts.access.who import allowed
from layouts.board import Board
from layouts.editing.saving import field, pressed, said, saved

ACTION: Action = "directives.give"
OWNERS = sorted({owner for i in CATALOGUE.values() for owner in i.owner.split(", ")})
"""The agencies that own an indicator; one may also be typed."""


def giving(indicator: str = "") -> html.Section:
    """The part with the form, hidden until a callback knows who asks; `indicator` is the panel one came from."""
    panels = [{"label": f"{i.title} ({i.owner})", "value": i.id} for i in CATALOGUE.values()]
    chosen = indicator if indicator in CATALOGUE else None
    form = html.Div(
        [
            field("Panel yang dimaksud (nilainya ikut dicatat)", dbc.Select(panels, chosen, id="give-panel")),
            field("Arahan, satu kalimat tanpa nama orang", dbc.Input(id="give-what", maxLength=LONGEST)),
            field("Selesai berarti", dbc.Input(id="give-done", maxLength=LONGEST)),
            html.Div(
                [
                    field("Untuk OPD", dbc.Input(id="give-opd", list="give-owners", maxLength=64, autocomplete="off")),
                    html.Datalist([html.Option(value=owner) for owner in OWNERS], id="give-owners"),
                    field("Tenggat", dbc.Input(type="date", id="give-due")),
                    html.Button("Beri arahan", id="give-save", type="button"),
                ],
                className="form-row",
            ),
            said("give"),
        ],
        className="edit-part",
    )
    return html.Section([html.H2("Arahan baru"), form], id="give-form", className="panel span-2", hidden=True)


def register(app: Dash, engine: Engine, board: Board) -> None:
    """Show the form to those who may; give."""

    @app.callback(Output("give-form", "hidden"), Input("give-form", "id"))
    def show(_: str) -> bool:
        return not allowed(ACTION)

    @app.callback(
        Output("give-said", "children"),
        Input("give-save", "n_clicks"),
        State("give-panel", "value"),
        State("give-what", "value"),
        State("give-done", "value"),
        State("give-opd", "value"),
        State("give-due", "value"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, panel: Any, *typed: Any) -> Any:
        if not pressed([clicks]):
            return no_update
        return saved(engine, ACTION, lambda c, by, at: _give(c, board, panel, Draft(*map(one_line, typed)), by, at))


def _give(connection: Any, board: Board, panel: Any, draft: Draft, by: Any, at: Any) -> None:
    if panel not in CATALOGUE:
        raise EntryRefused("Pilih dahulu panel yang dimaksud.")
    give(connection, draft, board.reading(panel), by, at)
