"""Keys for machines: make one, see which are in use, revoke."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access import tokens
from dashboard.access.roles import Action
from dashboard.access.tokens import LONGEST_TITLE, SCOPE_TITLES, SPANS
from dashboard.store import api_tokens
from dashboard.store.api_tokens import Token
from dashboard.store.database import reading
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved
from layouts.editing.shown_once import shown_once
from layouts.format import short_moment

ACTION: Action = "tokens.write"
REVOKE = "token-revoke"
ONCE = "Simpan token ini sekarang; ia tidak pernah ditampilkan lagi. Pakai sebagai kepala Authorization: Bearer …"


def fields(_: str) -> list[Any]:
    """The form, and the place of the list."""
    scopes = [{"label": title, "value": scope} for scope, title in SCOPE_TITLES.items()]
    spans = [{"label": span, "value": span} for span in SPANS]
    form = [
        field("Untuk apa", dbc.Input(id="token-title", maxLength=LONGEST_TITLE, autocomplete="off")),
        field("Berlaku", dbc.Select(spans, next(iter(SPANS)), id="token-span")),
        html.Button("Buat token", id="token-save", type="button"),
    ]
    choice = html.Fieldset([html.Legend("Boleh apa"), dcc.Checklist(scopes, [], id="token-scopes")])
    return [html.Div(form, className="form-row"), choice, said("token"), html.Div(id="token-list")]


def register(app: Dash, engine: Engine) -> None:
    """List, make, revoke."""

    @app.callback(Output("token-list", "children"), Input("token-said", "children"))
    def listed(_: Any) -> Any:
        with reading(engine) as connection:
            found = api_tokens.tokens(connection)
        if not found:
            return [html.P("Belum ada token.", className="rest")]
        return [html.Ul([_row(one, clock.now()) for one in found], className="entries")]

    @app.callback(
        Output("token-said", "children"),
        Input("token-save", "n_clicks"),
        Input({"type": REVOKE, "token": ALL}, "n_clicks"),
        State("token-title", "value"),
        State("token-scopes", "value"),
        State("token-span", "value"),
        prevent_initial_call=True,
    )
    def act(pushed: int | None, revoked: list[int | None], title: Any, scopes: Any, span: Any) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *revoked]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: tokens.revoke(c, which["token"], by, at))
        made: list[str] = []
        outcome = saved(engine, ACTION, lambda c, by, at: made.append(tokens.create(c, title, scopes, span, by, at)))
        return [outcome, shown_once(ONCE, made[0])] if made else outcome


def _row(one: Token, now: datetime) -> html.Li:
    over = f"dicabut {short_moment(one.revoked_at, now)}" if one.revoked_at else "lewat waktunya"
    holds = one.revoked_at is None and one.until > now
    used = f"terakhir dipakai {short_moment(one.used_at, now)}" if one.used_at else "belum pernah dipakai"
    until = f"berlaku sampai {short_moment(one.until, now)}" if holds else over
    button = html.Button("Cabut", id={"type": REVOKE, "token": one.id}, type="button", className="quiet",
                         title=f"Cabut token {one.title}")  # fmt: skip
    return html.Li(
        [
            html.Span(f"{one.title} · {one.begins}…", className="label"),
            html.Span(", ".join(one.scopes), className="value"),
            html.Span(f"{until} · {used} · oleh {one.owner}", className="where"),
            button if holds else None,
        ]
    )


PART = Part(
    "token", "Token API", "Kunci untuk mesin yang membaca data dari sini. Sebuah token hanya boleh yang dipilih, atas "
    "nama pembuatnya, sampai waktunya habis atau dicabut.", ACTION, fields, register,
)  # fmt: skip
