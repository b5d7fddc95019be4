"""Days off beside the calendar: a form, and the days that were entered."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard.access.roles import Action
from dashboard.editing import days_off
from dashboard.editing.days_off import LONGEST_REASON, TITLES, Draft
from dashboard.store.database import reading
from dashboard.store.holiday_edits import EnteredDay, entered_days
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved

ACTION: Action = "holidays.write"
REMOVE = "day-off-remove"


def fields(_: str) -> list[Any]:
    """The form."""
    kinds = [{"label": title, "value": name} for name, title in TITLES.items()]
    return [
        html.Div(
            [
                field("Tanggal", dbc.Input(type="date", id="day-off-day")),
                field("Jenis", dbc.Select(kinds, "libur", id="day-off-kind")),
            ],
            className="form-row",
        ),
        field("Dasar", dbc.Input(id="day-off-reason", maxLength=LONGEST_REASON, autocomplete="off")),
        html.Button("Simpan hari", id="day-off-save", type="button"),
        said("day-off"),
        html.Div(id="day-off-list"),
    ]


def register(app: Dash, engine: Engine) -> None:
    """List, enter, remove."""

    @app.callback(Output("day-off-list", "children"), Input("day-off-said", "children"))
    def listed(_: Any) -> Any:
        if not allowed(ACTION):
            return []
        with reading(engine) as connection:
            found = entered_days(connection)
        return _list(found)

    @app.callback(
        Output("day-off-said", "children"),
        Input("day-off-save", "n_clicks"),
        Input({"type": REMOVE, "day": ALL}, "n_clicks"),
        State("day-off-day", "value"),
        State("day-off-kind", "value"),
        State("day-off-reason", "value"),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, removes: list[int | None], *typed: str | None) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *removes]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: days_off.remove(c, which["day"], by, at))
        return saved(engine, ACTION, lambda c, by, at: days_off.enter(c, Draft(*typed), by, at))


def _list(found: list[EnteredDay]) -> list[Any]:
    if not found:
        return [html.P("Belum ada hari yang diisi; kalender nasional dan cuti bersama berlaku.", className="rest")]
    return [html.H3("Hari yang diisi"), html.Ul([_row(day) for day in reversed(found)], className="entries")]


def _row(entered: EnteredDay) -> html.Li:
    kind = TITLES["libur" if entered.is_off else "masuk"]
    identity = {"type": REMOVE, "day": entered.day.isoformat()}
    return html.Li(
        [
            html.Span(f"{entered.day:%d-%m-%Y}: {kind}", className="label"),
            html.Span(f"{entered.reason} · oleh {entered.by}", className="where"),
            html.Button("Hapus", id=identity, type="button", className="quiet", title=f"Hapus {entered.day:%d-%m-%Y}"),
        ]
    )


PART = Part(
    "hari-libur", "Hari libur dan cuti bersama", "Mengubah semua hitungan hari kerja. Isi bila keputusan bersama belum "
    "ada dalam kalender, atau untuk libur setempat.", ACTION, fields, register,
)  # fmt: skip
