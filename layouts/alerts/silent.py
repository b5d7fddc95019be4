"""Silences: those that hold or are to come, and the form by which messages are held back."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.alerts.rules import RULES
from dashboard.editing import silences as editing
from dashboard.store import silences
from dashboard.store.database import reading
from dashboard.store.silences import EVERYTHING, Silence
from layouts.access.who import allowed
from layouts.editing.saving import field, pressed, said, saved
from layouts.format import short_moment

ACTION: Action = "alerts.silence"
END = "silence-end"
TITLES = {rule.id: rule.title for rule in RULES}


def silent() -> html.Div:
    """The list for everybody, the form for those who may."""
    rules = [{"label": "Semua peringatan", "value": EVERYTHING}]
    rules += [{"label": title, "value": name} for name, title in TITLES.items()]
    spans = [{"label": span, "value": span} for span in editing.SPANS]
    form = [
        field("Peringatan", dbc.Select(rules, id="silence-rule")),
        field("Selama", dbc.Select(spans, next(iter(editing.SPANS)), id="silence-span")),
        field("Alasan", dbc.Input(id="silence-reason", maxLength=editing.LONGEST_REASON, autocomplete="off")),
        html.Button("Tahan pesan", id="silence-save", type="button"),
    ]
    return html.Div(
        [
            html.Div(form, id="silence-form", className="form-row", hidden=True),
            said("silence"),
            html.Div(id="silence-list"),
        ],
        className="edit-part",
    )


def register(app: Dash, engine: Engine) -> None:
    """List, add, end."""

    @app.callback(
        Output("silence-list", "children"), Output("silence-form", "hidden"), Input("silence-said", "children")
    )
    def listed(_: Any) -> tuple[Any, bool]:
        with reading(engine) as connection:
            found = silences.silences_to_come(connection, clock.now())
        may = allowed(ACTION)
        return _list(found, may), not may

    @app.callback(
        Output("silence-said", "children"),
        Input("silence-save", "n_clicks"),
        Input({"type": END, "silence": ALL}, "n_clicks"),
        State("silence-rule", "value"),
        State("silence-span", "value"),
        State("silence-reason", "value"),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, ends: list[int | None], rule: Any, span: Any, reason: Any) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *ends]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: editing.end(c, which["silence"], by, at))
        return saved(engine, ACTION, lambda c, by, at: editing.silence(c, TITLES, rule, span, reason, by, at))


def _list(found: list[Silence], may: bool) -> list[Any]:
    if not found:
        return [html.P("Tidak ada pesan yang ditahan.", className="rest")]
    return [html.Ul([_row(one, may) for one in found], className="entries")]


def _row(one: Silence, may: bool) -> html.Li:
    title = "Semua peringatan" if one.rule == EVERYTHING else TITLES.get(one.rule, one.rule)
    until = f"sampai {short_moment(one.end, clock.now())} · oleh {one.by}"
    button = html.Button("Akhiri", id={"type": END, "silence": one.id}, type="button", className="quiet",
                         title=f"Akhiri senyap: {title}")  # fmt: skip
    return html.Li(
        [
            html.Span(f"{title}: {one.reason}", className="label"),
            html.Span(until, className="where"),
            button if may else None,
        ]
    )
