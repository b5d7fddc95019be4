"""Notes on charts: a form, and the notes that stand, each of which can be withdrawn."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import chart_notes
from dashboard.editing.chart_notes import FAMILIES, KINDS, LONGEST_TEXT, Draft
from dashboard.store.database import reading
from dashboard.store.notes import Note, standing_notes
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved
from layouts.format import short_moment

ACTION: Action = "notes.write"
WITHDRAW = "note-withdraw"
HINTS = {
    "perubahan definisi": "batas kendali mulai dihitung lagi dari saat itu",
    "peristiwa": "menjelaskan lonjakan, misalnya banjir",
    "gangguan data": "angka pada masa itu kurang dapat dipercaya",
}


def fields(family: str) -> list[Any]:
    """The form, for the family of charts that somebody came from."""
    families = [{"label": title, "value": name} for name, title in FAMILIES.items()]
    kinds = [{"label": f"{kind} ({HINTS[kind]})", "value": kind} for kind in KINDS]
    chosen = family if family in FAMILIES else "112"
    return [
        html.Div(
            [
                field("Bidang", dbc.Select(families, chosen, id="note-family")),
                field("Jenis", dbc.Select(kinds, "peristiwa", id="note-kind")),
            ],
            className="form-row",
        ),
        html.Div(
            [
                field("Mulai tanggal", dbc.Input(type="date", id="note-first-day")),
                field("jam (WIB)", dbc.Input(type="time", id="note-first-time")),
                field("Sampai tanggal (boleh kosong)", dbc.Input(type="date", id="note-last-day")),
                field("jam (WIB)", dbc.Input(type="time", id="note-last-time")),
            ],
            className="form-row",
        ),
        field(f"Isi, paling banyak {LONGEST_TEXT} huruf, tanpa nama dan nomor orang",
              dbc.Input(id="note-text", maxLength=LONGEST_TEXT, autocomplete="off")),
        html.Button("Simpan catatan", id="note-save", type="button"),
        said("note"),
        html.Div(id="note-list"),
    ]  # fmt: skip


def register(app: Dash, engine: Engine) -> None:
    """List, add, withdraw."""

    @app.callback(Output("note-list", "children"), Input("note-said", "children"))
    def listed(_: Any) -> Any:
        if not allowed(ACTION):
            return []
        with reading(engine) as connection:
            found = standing_notes(connection)
        return _list(found)

    @app.callback(
        Output("note-said", "children"),
        Input("note-save", "n_clicks"),
        Input({"type": WITHDRAW, "note": ALL}, "n_clicks"),
        State("note-family", "value"),
        State("note-kind", "value"),
        State("note-text", "value"),
        State("note-first-day", "value"),
        State("note-first-time", "value"),
        State("note-last-day", "value"),
        State("note-last-time", "value"),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, withdraws: list[int | None], *typed: str | None) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *withdraws]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: chart_notes.withdraw(c, which["note"], by, at))
        draft = Draft(*typed)
        return saved(engine, ACTION, lambda c, by, at: chart_notes.add(c, chart_notes.checked(draft, at), by, at))


def _list(found: list[Note]) -> list[Any]:
    if not found:
        return [html.P("Belum ada catatan.", className="rest")]
    return [html.H3("Catatan yang tampil"), html.Ul([_row(note) for note in found], className="entries")]


def _row(note: Note) -> html.Li:
    now = clock.now()
    until = f" sampai {short_moment(note.end, now)}" if note.end else ""
    when = f"{FAMILIES.get(note.family, note.family)} · {note.kind} · {short_moment(note.start, now)}{until}"
    withdraw = {"type": WITHDRAW, "note": note.id}
    return html.Li(
        [
            html.Span(note.text, className="label"),
            html.Span(f"{when} · oleh {note.by}", className="where"),
            html.Button("Tarik", id=withdraw, type="button", className="quiet", title=f"Tarik catatan: {note.text}"),
        ]
    )


PART = Part(
    "catatan", "Catatan pada grafik", "Tampil di grafik, di laporan mingguan, dan di layar dinding. Yang ditarik tetap "
    "tersimpan untuk masa lalu.", ACTION, fields, register,
)  # fmt: skip
