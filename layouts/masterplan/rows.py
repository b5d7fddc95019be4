"""The callbacks by which an owner adds, changes and ends rows of the masterplan: show the form, keep what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing.masterplan import owns
from dashboard.editing.plan_cells import LONGEST_REASON, SHORTEST_REASON
from dashboard.editing.plan_rows import Entry, keep_row
from dashboard.editing.plan_sheets import NAMES, SHEETS, Name, as_typed, key_of, rows_of, seen_as
from dashboard.exploring.masterplan.asked_plan import address
from dashboard.indicators.plan_findings import NO_PLAN
from dashboard.store.database import reading
from dashboard.store.people import Person
from datasources.resources.masterplan_records import Programme
from layouts.access.who import allowed, person
from layouts.editing.saving import field, pressed, said, saved
from layouts.masterplan.row_choices import beginning, choices
from layouts.masterplan.row_form import CELL, cells
from layouts.masterplan.row_words import heading, listed

ACTION: Action = "masterplan.write"
WHY = f"Alasan ({SHORTEST_REASON} sampai {LONGEST_REASON} huruf; wajib untuk setiap perubahan dan setiap target)"
UNKNOWN = "Program itu tidak ada dalam masterplan yang berlaku, atau milik OPD lain. Pilih pada halaman Masterplan."
MARKS = "* harus diisi. Tulis angka dengan koma desimal dan tanpa titik ribuan, misalnya 12,5."

Which = Mapping[str, str]
"""`lembar`, `kode` and `baris` as the address of the page names them."""


def structure(which: Which) -> html.Div:
    """The empty form; what it asks for comes by a callback that knows who asks."""
    form = html.Section(
        [
            html.Div(id="plan-row-head"),
            html.Div(id="plan-row-cells"),
            field(WHY, dbc.Input(id="plan-row-reason", maxLength=LONGEST_REASON, autocomplete="off")),
            html.P(MARKS, className="sum"),
            html.Button("Simpan", id="plan-row-save", type="button"),
            said("plan-row"),
        ],
        className="panel edit-part",
    )
    stores = [dcc.Store(id=f"plan-row-{name}", data=data) for name, data in
              (("which", dict(which)), ("seen", ""), ("kept", None))]  # fmt: skip
    return html.Div([*stores, html.Div(form, id="plan-row-form", hidden=True), html.Div(id="plan-row-list")],
                    className="rows")  # fmt: skip


def register(app: Dash, engine: Engine) -> None:
    """Show and keep."""
    _show(app, engine)
    _save(app, engine)


def _show(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("plan-row-head", "children"),
        Output("plan-row-cells", "children"),
        Output("plan-row-form", "hidden"),
        Output("plan-row-list", "children"),
        Output("plan-row-seen", "data"),
        Output("plan-row-reason", "value"),
        Input("plan-row-which", "data"),
        Input("plan-row-kept", "data"),
    )
    def show(which: Any, _: Any) -> tuple[Any, ...]:
        who, name = person(), _sheet(which)
        if who is None or name is None or not allowed(ACTION):
            return [], [], True, html.P(UNKNOWN), "", ""
        with reading(engine) as connection:
            return _form(connection, name, which, who, clock.now())


def _form(connection: Connection, name: Name, which: Which, who: Person, at: datetime) -> tuple[Any, ...]:
    programme = _programme(connection, which, who, at)
    if programme is None and (which.get("kode") or name != "program"):
        return [], [], True, html.P(UNKNOWN), "", ""
    options = choices(connection, name, programme, at)
    if name == "program" and not options["document"]:
        return [], [], True, html.P(f"{NO_PLAN[0].upper()}{NO_PLAN[1:]}."), "", ""
    sheet, rows = SHEETS[name], rows_of(connection, name, programme.code, at) if programme else []
    old = next((one for one in rows if key_of(sheet, one) == _row(which, name)), None)
    values = beginning(connection, name, programme, who, at) if old is None else as_typed(sheet, old)
    fixed = ("opd",) if name == "program" and who.role == "kepala_opd" else ()
    fields = cells(sheet, options, values, (*fixed, *(sheet.form.key if old else ())))
    seen = "" if old is None else seen_as(sheet, old)
    there = listed(name, programme.code if programme else "", rows, _row(which, name) if old else "")
    return heading(name, programme, old), fields, False, there, seen, ""


def _programme(connection: Connection, which: Which, who: Person, at: datetime) -> Programme | None:
    """The one of the page, for who may change it."""
    found = rows_of(connection, "program", which.get("kode", ""), at)
    return next((one for one in found if owns(who, one)), None)


def _sheet(which: Any) -> Name | None:
    return next((name for name in NAMES if isinstance(which, dict) and which.get("lembar") == name), None)


def _row(which: Which, name: Name) -> str:
    """The key of the row that is changed; a programme's page names the programme itself."""
    return which.get("kode", "") if name == "program" else which.get("baris", "")


def _save(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("plan-row-said", "children"),
        Output("plan-row-kept", "data"),
        Input("plan-row-save", "n_clicks"),
        State("plan-row-which", "data"),
        State("plan-row-seen", "data"),
        State("plan-row-reason", "value"),
        State({"type": CELL, "name": ALL}, "id"),
        State({"type": CELL, "name": ALL}, "value"),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, which: Any, seen: Any, reason: Any, names: Any, values: Any) -> tuple[Any, Any]:
        if not pressed([pushed]):
            return no_update, no_update
        typed = {str(one.get("name")): cell for one, cell in zip(names, values, strict=False) if isinstance(one, dict)}
        entry = _entry(which, typed, reason, seen)
        codes: list[str] = []
        outcome = saved(engine, ACTION, lambda c, by, at: codes.append(keep_row(c, entry, by, at)))
        if getattr(outcome, "className", "") == "wrong":
            return outcome, no_update
        return [outcome, html.P(html.A("Lihat pada halaman programnya", href=address(codes[0])))], str(clock.now())


def _entry(which: Any, typed: Mapping[str, object], reason: object, seen: object) -> Entry:
    name, asked = _sheet(which), which if isinstance(which, dict) else {}
    row = _row(asked, name) if name else ""
    return Entry(asked.get("lembar"), asked.get("kode") or "", row, typed, reason, seen)
