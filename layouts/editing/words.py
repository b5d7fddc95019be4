"""Words of the sources and what they mean: those nobody has mapped first, then what people wrote."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import words
from dashboard.editing.entry import EntryRefused
from dashboard.store import meanings
from dashboard.store.database import reading
from dashboard.store.meanings import Meaning
from dashboard.vocabulary112 import Kind
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved, unseen_label, wrong
from layouts.format import number, short_moment

ACTION: Action = "meanings.write"
ROWS_SHOWN = 40
CODE, SAVE, BACK = "word-code", "word-save", "word-back"


def fields(_: str) -> list[Any]:
    """The choice of the kind, a form for any word, and the place of the lists."""
    kinds = [{"label": title, "value": kind} for kind, title in words.KINDS.items()]
    own = html.Div(
        [
            field("Kata lain", dbc.Input(id="word-own", maxLength=words.LONGEST_WORD, autocomplete="off")),
            field("Artinya", dbc.Select(id="word-own-code", placeholder="pilih arti")),
            html.Button("Simpan kata", id="word-own-save", type="button"),
        ],
        className="form-row",
    )
    return [
        field("Jenis kata", dbc.Select(kinds, "category", id="words-kind")),
        said("words"),
        html.Div(id="words-list"),
        html.Details([html.Summary("Kata yang tidak ada dalam daftar"), own]),
    ]


def register(app: Dash, engine: Engine) -> None:
    """List, save, take back."""
    _list(app, engine)
    _save(app, engine)


def _list(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("words-list", "children"),
        Output("word-own-code", "options"),
        Input("words-kind", "value"),
        Input("words-said", "children"),
    )
    def listed(kind: str, _: Any) -> tuple[Any, Any]:
        if not allowed(ACTION):
            return [], []
        try:
            known = words.kind_of(kind)
        except EntryRefused as refused:
            return wrong(str(refused)), []
        with reading(engine) as connection:
            return _lists(connection, known), _options(known)


def _save(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("words-said", "children"),
        Input({"type": SAVE, "word": ALL}, "n_clicks"),
        Input({"type": BACK, "word": ALL}, "n_clicks"),
        Input("word-own-save", "n_clicks"),
        State("words-kind", "value"),
        State({"type": CODE, "word": ALL}, "value"),
        State({"type": CODE, "word": ALL}, "id"),
        State("word-own", "value"),
        State("word-own-code", "value"),
        prevent_initial_call=True,
    )
    def save(
        saves: list[int | None],
        backs: list[int | None],
        own: int | None,
        kind: str,
        codes: list[str | None],
        places: list[dict[str, str]],
        own_word: str | None,
        own_code: str | None,
    ) -> Any:
        which = ctx.triggered_id
        if not pressed([*saves, *backs, own]) or not ctx.triggered[0]["value"]:
            return no_update
        if not isinstance(which, dict):
            return _mapped(engine, kind, own_word, own_code)
        word = which["word"]
        if which.get("type") == BACK:
            return saved(engine, ACTION, lambda c, by, at: words.take_back(c, words.kind_of(kind), word, by, at))
        return _mapped(
            engine, kind, word, next((v for v, p in zip(codes, places, strict=False) if p["word"] == word), None)
        )


def _mapped(engine: Engine, kind: str, word: str | None, code: str | None) -> Any:
    return saved(engine, ACTION, lambda c, by, at: words.map_word(c, words.kind_of(kind), word, code, by, at))


def _lists(connection: Connection, kind: Kind) -> list[Any]:
    now = clock.now()
    return [*_open(words.unmapped(connection, kind, now), kind), *_written(meanings.edited(connection, kind), kind)]


def _open(found: words.Unmapped, kind: Kind) -> list[Any]:
    heading = html.H3(f"Belum dipetakan: {number(len(found.words))} kata dalam 12 bulan terakhir")
    rest = len(found.words) - ROWS_SHOWN
    return [
        heading,
        html.Ul([_open_row(word, n, kind) for word, n in found.words[:ROWS_SHOWN]], className="entries"),
        html.P(f"+ {number(rest)} kata lagi yang lebih jarang", className="rest") if rest > 0 else None,
        html.P(f"{number(found.blank)} tanpa kata sama sekali; ini tidak dapat dipetakan.", className="rest")
        if found.blank
        else None,
    ]


def _open_row(word: str, n: int, kind: Kind) -> html.Li:
    choice = dbc.Select(_options(kind), id={"type": CODE, "word": word}, placeholder="pilih arti")
    return html.Li(
        [
            html.Span(word, className="label"),
            html.Span(f"{number(n)} kali", className="value"),
            unseen_label(f"Arti {word}", choice),
            html.Button("Simpan", id={"type": SAVE, "word": word}, type="button", title=f"Simpan arti {word}"),
        ]
    )


def _written(lines: list[Meaning], kind: Kind) -> list[Any]:
    if not lines:
        return [html.H3("Diisi orang: belum ada")]
    rows = [_written_row(line, words.titles(kind)) for line in sorted(lines, key=lambda m: m.at, reverse=True)]
    return [html.H3(f"Diisi orang: {number(len(lines))} kata"), html.Ul(rows, className="entries")]


def _written_row(line: Meaning, titles: dict[str, str]) -> html.Li:
    back = {"type": BACK, "word": line.word}
    return html.Li(
        [
            html.Span(line.word, className="label"),
            html.Span(titles.get(line.code or "", "tanpa arti"), className="value"),
            html.Span(f"oleh {line.by}, {short_moment(line.at, clock.now())}", className="where"),
            html.Button("Ambil kembali", id=back, type="button", className="quiet", title=f"Ambil kembali {line.word}"),
        ]
    )


def _options(kind: Kind) -> list[dict[str, str]]:
    return [{"label": title, "value": code} for code, title in words.titles(kind).items()]


PART = Part(
    "kata", "Arti kata", "Kata yang dipakai sumber, dan kategori, kelas, atau OPD yang dimaksud. Yang belum dipetakan "
    "tetap dihitung dan disebut.", ACTION, fields, register,
)  # fmt: skip
