"""Values of the rules of levels that are in force, and the level that was decreed."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard.access.roles import Action
from dashboard.editing import level_values
from dashboard.level_rules.files import level_rules
from dashboard.level_rules.named_rule import NamedRule
from dashboard.store.database import reading
from dashboard.store.level_entries import newest
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved, wrong

ACTION: Action = "assessments.plan"
CELL, SAVE, LEVEL, BASIS, DECREE = "level-cell", "level-save", "level-word", "level-basis", "level-decree"
_EVERY = {"type": CELL, "rule": ALL, "item": ALL}


def _rules() -> list[NamedRule]:
    return [rule for rule in level_rules().values() if rule.standing != "historis"]


def fields(_: str) -> list[Any]:
    """A form for each rule; what is stored comes by the callback."""
    return [*(html.Div(_form(rule)) for rule in _rules()), said("level")]


def _form(rule: NamedRule) -> list[Any]:
    levels = [{"label": rule.words(level), "value": str(level)} for level in sorted(rule.levels)]
    cells = [
        field(f"{m.name} ({m.unit})", dbc.Input(id={"type": CELL, "rule": rule.id, "item": m.id}, maxLength=12,
                                                inputmode="decimal", autocomplete="off"))
        for m in rule.rule.measures
    ]  # fmt: skip
    decree = [
        field("Level yang ditetapkan", dbc.Select(levels, id={"type": LEVEL, "rule": rule.id})),
        field("Dasar penetapan", dbc.Input(id={"type": BASIS, "rule": rule.id}, maxLength=200, autocomplete="off")),
        html.Button("Simpan penetapan", id={"type": DECREE, "rule": rule.id}, type="button", className="quiet"),
    ]
    return [
        html.H3(f"{rule.title} ({rule.standing})"),
        html.P(rule.note, className="rest"),
        html.Div(cells, className="form-row"),
        html.Button("Nilai dan simpan", id={"type": SAVE, "rule": rule.id}, type="button"),
        html.Div(decree, className="form-row"),
    ]


def register(app: Dash, engine: Engine) -> None:
    """Show what is stored; assess and keep; keep a decree."""
    _show_stored(app, engine)
    _save(app, engine)


def _show_stored(app: Dash, engine: Engine) -> None:
    @app.callback(Output(_EVERY, "value"), Input("level-said", "children"), State(_EVERY, "id"), State(_EVERY, "value"))
    def stored(outcome: Any, places: list[dict[str, str]], typed: list[str | None]) -> list[str | None]:
        if not allowed(ACTION):
            return [None] * len(places)
        if outcome is not None and any(typed):
            return typed
        with reading(engine) as connection:
            known = {rule.id: newest(connection, rule.id) for rule in _rules()}
        entries = [known[place["rule"]].get(place["item"]) for place in places]
        return [entry.value.replace(".", ",") if entry else None for entry in entries]


def _save(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("level-said", "children"),
        Input({"type": SAVE, "rule": ALL}, "n_clicks"),
        Input({"type": DECREE, "rule": ALL}, "n_clicks"),
        State(_EVERY, "id"),
        State(_EVERY, "value"),
        State({"type": LEVEL, "rule": ALL}, "value"),
        State({"type": BASIS, "rule": ALL}, "value"),
        prevent_initial_call=True,
    )
    def save(
        saves: list[int | None],
        decrees: list[int | None],
        places: list[dict[str, str]],
        typed: list[str | None],
        levels: list[str | None],
        bases: list[str | None],
    ) -> Any:
        which = ctx.triggered_id
        if not pressed([*saves, *decrees]) or not isinstance(which, dict) or not ctx.triggered[0]["value"]:
            return no_update
        place = next((at for at, rule in enumerate(_rules()) if rule.id == which["rule"]), None)
        if place is None:
            return wrong("Aturan itu tidak ada; muat ulang halaman.")
        rule = _rules()[place]
        if which["type"] == DECREE:
            return saved(
                engine, ACTION, lambda c, by, at: level_values.decree(c, rule, levels[place], bases[place], by, at)
            )
        cells = {p["item"]: v for p, v in zip(places, typed, strict=True) if p["rule"] == rule.id}
        return saved(engine, ACTION, lambda c, by, at: _kept(level_values.keep(c, rule, cells, by, at)))


def _kept(_: object) -> None:
    """Keeping gives the level; who saved sees it on the page of levels."""


PART = Part(
    "level", "Level kesiapan", "Nilai untuk aturan level yang berlaku; level dan alasannya disimpan saat dinilai. Yang "
    "kosong berarti belum diketahui.", ACTION, fields, register,
)  # fmt: skip
