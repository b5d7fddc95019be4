"""Siaga thresholds of river posts: a form of up to four steps, and what is entered so far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import river_thresholds as editing
from dashboard.editing.river_thresholds import QUANTITIES, SCHEMES, Draft, TypedStep
from dashboard.store.database import reading
from dashboard.store.river_readings import post_names
from dashboard.store.river_thresholds import PostThresholds, standing_thresholds
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved, unseen_label
from layouts.format import plain, short_moment

ACTION: Action = "thresholds.write"
CELL, WITHDRAW = "siaga-cell", "siaga-withdraw"
COLUMNS = {"value": "Ambang", "returns_at": "Kembali di bawah", "opd": "OPD yang bertindak", "action": "Tindakan"}
KNOWN_FOR = timedelta(days=400)
NOTHING = "Belum ada ambang; sampai diisi tidak ada kata siaga di layar mana pun."
_CELLS = {"type": CELL, "word": ALL, "column": ALL}


def fields(_: str) -> list[Any]:
    """The form; posts and what is stored come by the callbacks."""
    schemes = [{"label": " – ".join(words), "value": name} for name, words in SCHEMES.items()]
    day = dbc.Input(id="siaga-day", type="date")
    return [
        html.Div(
            [
                field("Pos dan besaran", dbc.Select([], id="siaga-post")),
                field("Penamaan, dari yang terendah", dbc.Select(schemes, "angka", id="siaga-scheme")),
                field("Berlaku sejak", day),
                field("Sumber (SK, surat, atau rapat)", dbc.Input(id="siaga-basis", maxLength=256, autocomplete="off")),
            ],
            className="form-row",
        ),
        *(_step(name, word) for name, words in SCHEMES.items() for word in words),
        html.Button("Simpan ambang", id="siaga-save", type="button"),
        said("siaga"),
        html.Div(id="siaga-kept"),
    ]


def _step(scheme: str, word: str) -> html.Div:
    """One line of the form; the lines of the other scheme are hidden."""
    cells = [_cell(word, column, title) for column, title in COLUMNS.items()]
    identity = {"type": "siaga-step", "scheme": scheme, "word": word}
    return html.Div([html.B(word), *cells], id=identity, className="form-row siaga-step", hidden=scheme != "angka")


def _cell(word: str, column: str, title: str) -> html.Label:
    identity = {"type": CELL, "word": word, "column": column}
    given = {"value": "BPBD"} if column == "opd" else {}
    numeric = {"inputmode": "decimal", "maxLength": 12} if column in ("value", "returns_at") else {"maxLength": 200}
    return field(title, dbc.Input(id=identity, autocomplete="off", **numeric, **given))


def register(app: Dash, engine: Engine) -> None:
    """The posts, the lines of the scheme, what is stored, saving and withdrawing."""
    _show_stored(app, engine)
    _show_lines(app)
    _save_and_withdraw(app, engine)


def _show_stored(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("siaga-post", "options"), Output("siaga-kept", "children"), Input("siaga-said", "children")
    )  # fmt: skip
    def stored(_: Any) -> tuple[list[dict[str, str]], Any]:
        if not allowed(ACTION):
            return [], []
        with reading(engine) as connection:
            names = post_names(connection, clock.now() - KNOWN_FOR)
            entries = standing_thresholds(connection)
        options = [
            {"label": f"{name} · {QUANTITIES[quantity]}", "value": f"{quantity}~{station}"}
            for (station, quantity), name in names.items()
        ]
        return options, _kept(entries, names)


def _show_lines(app: Dash) -> None:
    @app.callback(
        Output({"type": "siaga-step", "scheme": ALL, "word": ALL}, "hidden"),
        Input("siaga-scheme", "value"),
        State({"type": "siaga-step", "scheme": ALL, "word": ALL}, "id"),
    )
    def lines(scheme: str, steps: list[dict[str, str]]) -> list[bool]:
        return [step["scheme"] != scheme for step in steps]


def _save_and_withdraw(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("siaga-said", "children"),
        Input("siaga-save", "n_clicks"),
        Input({"type": WITHDRAW, "entry": ALL}, "n_clicks"),
        State("siaga-post", "value"),
        State("siaga-scheme", "value"),
        State("siaga-day", "value"),
        State("siaga-basis", "value"),
        State(_CELLS, "value"),
        State(_CELLS, "id"),
        prevent_initial_call=True,
    )
    def save(
        pushed: int | None, withdrawn: list[int | None], post: str | None, scheme: str | None, day: str | None,
        basis: str | None, cells: list[str | None], places: list[dict[str, str]],
    ) -> Any:  # fmt: skip
        which = ctx.triggered_id
        if not pressed([pushed, *withdrawn]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(engine, ACTION, lambda c, by, at: editing.withdraw(c, which["entry"], by, at))
        quantity, _, station = (post or "").partition("~")
        draft = Draft(station, quantity, scheme, _typed(cells, places), day, basis)
        return saved(engine, ACTION, lambda c, by, at: editing.keep(
            c, editing.checked(draft, list(post_names(c, at - KNOWN_FOR)), at), by, at))  # fmt: skip


def _typed(cells: list[str | None], places: list[dict[str, str]]) -> dict[str, TypedStep]:
    lines: dict[str, dict[str, str | None]] = {}
    for cell, place in zip(cells, places, strict=False):
        lines.setdefault(place["word"], {})[place["column"]] = cell
    return {word: TypedStep(**{column: line.get(column) for column in COLUMNS}) for word, line in lines.items()}


def _kept(entries: list[PostThresholds], names: dict[tuple[str, str], str]) -> list[Any]:
    if not entries:
        return [html.P(NOTHING, className="rest")]
    rows = [_entry(entry, names.get((entry.station, entry.parameter), entry.station)) for entry in entries]
    return [html.H3("Tersimpan"), html.Ul(rows, className="entries")]


def _entry(entry: PostThresholds, name: str) -> html.Li:
    steps = "; ".join(f"{s.word} ≥ {plain(s.value)}" for s in entry.steps)
    since = f"{clock.wib(entry.valid_from):%d-%m-%Y}"
    who = f"berlaku {since} · {entry.basis} · oleh {entry.by}, {short_moment(entry.at, clock.now())}"
    button = html.Button("Tarik", id={"type": WITHDRAW, "entry": entry.entry}, type="button", className="quiet")
    return html.Li(
        [
            html.Span(f"{name} · {QUANTITIES[entry.parameter]}", className="label"),
            html.Span(steps, className="value"),
            html.Span(who, className="where"),
            unseen_label(f"Tarik ambang {name}", button),
        ]
    )


PART = Part(
    "ambang-siaga", "Ambang siaga sungai", "Ambang tiap pos dari SK atau kesepakatan, dengan tindakan dan OPD yang "
    "bertindak. Dua bacaan berturut menaikkan siaga; ia turun lagi di bawah ambang kembali.", ACTION, fields, register,
)  # fmt: skip
