"""The page of screens: pairing by code, the list that says which is dead, and the remote control."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.displays import CODE_HOLDS
from dashboard.access.roles import Action
from dashboard.editing import displays as editing
from dashboard.store import display_beats, display_holds, displays
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.door import door
from layouts.access.who import allowed
from layouts.displays.buttons import DO
from layouts.displays.cards import cards
from layouts.displays.glasses import CHOOSE, shapes
from layouts.editing.saving import field, pressed, said, saved
from layouts.wall.scenes import SCENES
from layouts.wall.screens import profiles

PATH = "/layar"
WHAT = "layar"
VIEW: Action = "displays.view"
APPROVE: Action = "displays.approve"
CONTROL: Action = "displays.control"
LOOK_AGAIN_MS = 3_000
SCENE_NAMES = tuple(scene.name for scene in SCENES)


def pairing_form(code: str) -> html.Div:
    """Code, name and profile; hidden from whoever may not approve. `code` from the square on the glass."""
    kinds = [{"label": profile.title, "value": name} for name, profile in profiles().items()]
    shown = code[:12] if isinstance(code, str) else ""
    row = [
        field("Kode di layar", dbc.Input(id="screen-code", value=shown, maxLength=12, autocomplete="off")),
        field("Nama layar", dbc.Input(id="screen-title", maxLength=editing.LONGEST, autocomplete="off")),
        field("Profil", dbc.Select([{"label": "Seperti di layar itu", "value": ""}, *kinds], "", id="screen-kind")),
        html.Button("Setujui", id="screen-approve", type="button"),
    ]
    return html.Div([html.Div(row, className="form-row"), said("pairing")], className="edit-part")


def changing_form() -> html.Div:
    """Another profile, or the end of a screen's right."""
    kinds = [{"label": profile.title, "value": name} for name, profile in profiles().items()]
    row = [
        field("Layar", dbc.Select(id="screen-which")),
        field("Profil", dbc.Select(kinds, id="screen-profile")),
        html.Button("Ganti profil", id="screen-change", type="button"),
        html.Button("Cabut layar ini", id="screen-revoke", type="button", className="quiet"),
    ]
    return html.Div([html.Div(row, className="form-row"), said("change")], className="edit-part")


def screen_list() -> html.Div:
    """The cards; they come by callback and are read again every few seconds."""
    return html.Div(
        [
            said("screen"),
            html.Div(id="screen-list"),
            dcc.Interval(id="screen-tick", interval=LOOK_AGAIN_MS),
            dcc.Store(id="screen-glass", data={}),
        ],
        className="edit-part",
    )


def register(app: Dash, engine: Engine, release: str) -> None:
    """List, approve, change, command; each asks for the right itself."""
    _register_list(app, engine, release)
    _register_officer(app, engine)
    _register_remote(app, engine)


def _register_list(app: Dash, engine: Engine, release: str) -> None:
    @app.callback(
        Output("screen-list", "children"),
        Output("screen-which", "options"),
        Output("screen-officer", "hidden"),
        Output("screen-change-part", "hidden"),
        Input("screen-tick", "n_intervals"),
        Input("screen-said", "children"),
        Input("pairing-said", "children"),
        Input("change-said", "children"),
        Input("screen-glass", "data"),
    )
    def listed(*given: Any) -> tuple[Any, Any, bool, bool]:
        if not allowed(VIEW):
            return door(WHAT, PATH), [], True, True
        with reading(engine) as connection:
            found, beats = displays.paired(connection), display_beats.last_beats(connection)
            holds = display_holds.holds_by_display(connection)
        chosen = given[-1] if isinstance(given[-1], dict) else {}
        spoken_to = {one.id: chosen.get(str(one.id)) for one in found}
        shown = cards(found, beats, holds, spoken_to, release, clock.now(), allowed(CONTROL))
        options = [{"label": one.title, "value": str(one.id)} for one in found]
        changes = allowed(CONTROL) or allowed(APPROVE)
        return shown, options, not allowed(APPROVE), not (changes and found)


def _register_officer(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("pairing-said", "children"),
        Input("screen-approve", "n_clicks"),
        State("screen-code", "value"),
        State("screen-title", "value"),
        State("screen-kind", "value"),
        prevent_initial_call=True,
    )
    def approve(clicks: int | None, code: Any, title: Any, kind: Any) -> Any:
        if not pressed([clicks]):
            return no_update

        def write(connection: Connection, by: Person, at: datetime) -> None:
            editing.approve(connection, code, title, kind, tuple(profiles()), CODE_HOLDS, by, at)

        return saved(engine, APPROVE, write)

    @app.callback(
        Output("change-said", "children"),
        Input("screen-change", "n_clicks"),
        Input("screen-revoke", "n_clicks"),
        State("screen-which", "value"),
        State("screen-profile", "value"),
        prevent_initial_call=True,
    )
    def change(changed: int | None, revoked: int | None, which: Any, profile: Any) -> Any:
        number = int(which) if isinstance(which, str) and which.isdecimal() and len(which) < 10 else None
        if ctx.triggered_id == "screen-revoke" and revoked:
            return saved(engine, APPROVE, lambda c, by, at: editing.revoke(c, number, by, at))
        if not changed:
            return no_update
        names = tuple(profiles())
        return saved(
            engine, CONTROL,
            lambda c, by, at: editing.tell(c, number, "profile", by, at, profile=profile, profiles=names),
        )  # fmt: skip


def _register_remote(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("screen-glass", "data"),
        Input({"type": CHOOSE, "screen": ALL, "glass": ALL}, "n_clicks"),
        State("screen-glass", "data"),
        prevent_initial_call=True,
    )
    def choose(clicks: list[int | None], chosen: Any) -> Any:
        which = ctx.triggered_id
        if not allowed(CONTROL) or not isinstance(which, dict) or not ctx.triggered[0]["value"]:
            return no_update
        return {**(chosen if isinstance(chosen, dict) else {}), str(which["screen"]): which["glass"]}

    @app.callback(
        Output("screen-said", "children"),
        Input({"type": DO, "screen": ALL, "verb": ALL, "scene": ALL, "glass": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def do(clicks: list[int | None]) -> Any:
        which = ctx.triggered_id
        if not isinstance(which, dict) or not pressed(clicks) or not ctx.triggered[0]["value"]:
            return no_update
        return saved(
            engine, CONTROL,
            lambda c, by, at: editing.tell(
                c, which["screen"], which["verb"], by, at, which["scene"], SCENE_NAMES, glass=which["glass"],
                shapes=shapes(),
            ),
        )  # fmt: skip
