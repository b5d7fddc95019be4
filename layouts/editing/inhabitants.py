"""Inhabitants per kecamatan: 18 fields, a year, a source, and a column pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import inhabitants
from dashboard.editing.entry import EntryRefused
from dashboard.store.database import reading
from dashboard.store.population import EnteredYear, Inhabitants, entered_years, newest_population
from datasources.region import kecamatan
from layouts.access.who import NOT_ALLOWED, allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved, unseen_label, wrong
from layouts.format import number, short_moment

ACTION: Action = "population.write"
CELL, KEPT, REMOVE = "people", "people-kept", "people-remove"
_CELLS, _KEPT = {"type": CELL, "code": ALL}, {"type": KEPT, "code": ALL}


def fields(_: str) -> list[Any]:
    """The form; what is stored comes by the callbacks."""
    paste = dbc.Textarea(id="people-paste", rows=4)
    return [
        html.Div(
            [
                field("Tahun", dbc.Input(id="people-year", inputmode="numeric", maxLength=4, autocomplete="off")),
                field("Sumber (satu kalimat)", dbc.Input(id="people-basis", maxLength=200, autocomplete="off")),
            ],
            className="form-row",
        ),
        html.Ul([_row(place.code, place.name) for place in kecamatan()], className="entries columns"),
        html.P("", id="people-sum", className="sum"),
        html.Details(
            [
                html.Summary("Tempel dari lembar sebar"),
                field("18 angka menurut urutan di atas, atau baris nama dan angka", paste),
                html.Button("Isi kolom", id="people-fill", type="button", className="quiet"),
                html.Div(id="people-fill-said", role="status"),
            ]
        ),
        html.Button("Simpan penduduk", id="people-save", type="button"),
        said("people"),
        html.Div(id="people-years"),
    ]


def _row(code: str, name: str) -> html.Li:
    identity = {"type": CELL, "code": code}
    cell = dbc.Input(id=identity, inputmode="numeric", maxLength=12, autocomplete="off", debounce=True)
    return html.Li(
        [
            html.Span(name, className="label"),
            html.Span("", id={"type": KEPT, "code": code}, className="value"),
            unseen_label(f"Penduduk {name}", cell),
        ]
    )


def register(app: Dash, engine: Engine) -> None:
    """What is stored, the sum of what is typed, the pasted column, saving and removing."""
    _show_stored(app, engine)
    _sum_and_fill(app)
    _save_and_remove(app, engine)


def _show_stored(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output(_KEPT, "children"),
        Output("people-years", "children"),
        Input("people-said", "children"),
        State(_KEPT, "id"),
    )
    def stored(_: Any, places: list[dict[str, str]]) -> tuple[list[str], Any]:
        if not allowed(ACTION):
            return [""] * len(places), []
        with reading(engine) as connection:
            newest, years = newest_population(connection), entered_years(connection)
        return [_kept(newest.get(place["code"])) for place in places], _years(years)


def _sum_and_fill(app: Dash) -> None:
    @app.callback(Output("people-sum", "children"), Input(_CELLS, "value"), State(_CELLS, "id"))
    def sum_typed(cells: list[str | None], places: list[dict[str, str]]) -> str:
        return _sum(_by_code(cells, places)) if allowed(ACTION) else ""

    @app.callback(
        Output(_CELLS, "value"),
        Output("people-fill-said", "children"),
        Input("people-fill", "n_clicks"),
        State("people-paste", "value"),
        State(_CELLS, "value"),
        State(_CELLS, "id"),
        prevent_initial_call=True,
    )
    def fill(_: int | None, text: str | None, cells: list[str | None], places: list[dict[str, str]]) -> Any:
        if not allowed(ACTION):
            return cells, wrong(NOT_ALLOWED)
        try:
            column = inhabitants.pasted(text)
        except EntryRefused as refused:
            return cells, wrong(str(refused))
        filled = [column.get(place["code"], cell) for cell, place in zip(cells, places, strict=True)]
        return filled, html.P(f"{len(column)} kolom terisi; periksa, lalu simpan.", className="saved")


def _save_and_remove(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("people-said", "children"),
        Input("people-save", "n_clicks"),
        Input({"type": REMOVE, "year": ALL}, "n_clicks"),
        State("people-year", "value"),
        State("people-basis", "value"),
        State(_CELLS, "value"),
        State(_CELLS, "id"),
        prevent_initial_call=True,
    )
    def save(
        pushed: int | None,
        removes: list[int | None],
        year: str | None,
        basis: str | None,
        cells: list[str | None],
        places: list[dict[str, str]],
    ) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *removes]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: inhabitants.remove_year(c, which["year"], by, at))
        typed = _by_code(cells, places)
        return saved(
            engine,
            ACTION,
            lambda c, by, at: inhabitants.keep(c, inhabitants.checked(typed, year, basis, at), by, at),
        )


def _by_code(cells: list[str | None], places: list[dict[str, str]]) -> dict[str, str | None]:
    return {place["code"]: cell for cell, place in zip(cells, places, strict=False)}


def _kept(entry: Inhabitants | None) -> str:
    return "belum diisi" if entry is None else f"{number(entry.people)} ({entry.year})"


def _sum(cells: dict[str, str | None]) -> str:
    """The sum of what can be read so far; what cannot is counted, not guessed."""
    typed = {code: cell.strip() for code, cell in cells.items() if cell and cell.strip()}
    people = []
    for cell in typed.values():
        try:
            people.append(inhabitants.people_of(cell, ""))
        except EntryRefused:
            continue
    unread = f"; {len(typed) - len(people)} tidak terbaca" if len(people) < len(typed) else ""
    return f"Σ {number(sum(people))} jiwa, {len(people)} dari {len(kecamatan())} kecamatan diketik{unread}"


def _years(years: list[EnteredYear]) -> list[Any]:
    if not years:
        return [html.P("Penduduk belum diisi; sampai diisi tidak ada angka per penduduk.", className="rest")]
    return [html.H3("Tersimpan"), html.Ul([_year_row(y) for y in years], className="entries")]


def _year_row(entered: EnteredYear) -> html.Li:
    total = f"Σ {number(entered.people)} jiwa, {entered.kecamatan} dari {len(kecamatan())} kecamatan"
    remove = {"type": REMOVE, "year": entered.year}
    return html.Li(
        [
            html.Span(str(entered.year), className="label"),
            html.Span(total, className="value"),
            html.Span(f"oleh {entered.by}, {short_moment(entered.at, clock.now())}", className="where"),
            html.Button(f"Hapus tahun {entered.year}", id=remove, type="button", className="quiet"),
        ]
    )


PART = Part(
    "penduduk", "Penduduk per kecamatan", "Bilangan bulat 1.000 sampai 300.000. Yang kosong tetap belum diisi, dan "
    "tanpa penduduk tidak ada laju.", ACTION, fields, register,
)  # fmt: skip
