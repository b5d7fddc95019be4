"""The plan: what is wanted, what is pinned or impossible, what it costs; every choice stands in a shareable address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html, no_update
from flask import Flask, Response, abort, request

from dashboard import clock
from dashboard.exploring.asking import Asked, Desk
from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.spbe.plan_answers import questions
from dashboard.exploring.spbe.plan_request import PlanRequest, request_of
from datasources.spbe.instrument_files import instruments
from layouts.access.taken import note_taken
from layouts.exploring import place
from layouts.exploring.export import file_of

PAGE = "/spbe"
BASES = {"isian": "nilai yang diisi", "terbit": "hasil yang diterbitkan"}
CONTROLS = ("plan-instrument", "plan-basis", "plan-target", "plan-pin", "plan-without", "plan-efforts")
NAMES = ("instrumen", "dari", "sasaran", "pin", "tanpa", "upaya")


def panel(asked: PlanRequest) -> html.Section:
    """The form, filled with what an address asked for; the answers come by the callback."""
    return html.Section(
        [
            html.H2("Apa yang harus dilakukan untuk naik"),
            html.P("Susunan langkah termurah, dihitung ulang pada setiap perubahan. Level bertahap, upaya bawaan 1.",
                   className="clock-line"),
            _form(asked),
            dcc.Loading(html.Div(id="plan-answers", className="plan-answers"), type="dot", delay_show=400),
            dcc.Store(id="plan-remembered"),
        ],
        className="panel explore", id="rencana",
    )  # fmt: skip


def _form(asked: PlanRequest) -> html.Div:
    written = dict(part.split("=", 1) for part in asked.query().split("&"))
    kinds = [{"label": i.title, "value": i.id} for i in instruments().values()]
    bases = [{"label": title, "value": name} for name, title in BASES.items()]
    hint = "nomor, misalnya 12, 30"
    return html.Div(
        [
            html.Label(["Instrumen", dbc.Select(kinds, asked.instrument, id="plan-instrument")]),
            html.Label(["Bertolak dari", dbc.Select(bases, asked.basis, id="plan-basis")]),
            html.Label(["Sasaran", dbc.Select(_targets(asked.instrument), asked.target, id="plan-target")]),
            _text("plan-pin", "Harus naik (indikator)", hint, ", ".join(map(str, asked.pinned))),
            _text("plan-without", "Tidak mungkin tahun ini", hint, ", ".join(map(str, asked.excluded))),
            _text("plan-efforts", "Upaya per level", "misalnya 12:2, 30:0,5", _efforts(written.get("upaya", ""))),
            html.A("Tautan ke rencana ini", id="plan-link", href=f"{PAGE}?{asked.query()}#rencana"),
        ],
        className="plan-form",
    )


def _text(name: str, label: str, hint: str, value: str) -> html.Label:
    field = dbc.Input(value=value, id=name, placeholder=hint, debounce=True, maxLength=300, autocomplete="off")
    return html.Label([label, field], className="wide")


def _efforts(encoded: str) -> str:
    return encoded.replace("%3A", ":").replace("%2C", ", ")


def _targets(instrument: str) -> list[dict[str, str]]:
    """Every predicate above the lowest."""
    return [{"label": f"{b.word} (≥ {b.start:.2f})".replace(".", ","), "value": b.word}
            for b in instruments()[instrument].predicates[:-1]]  # fmt: skip


def register(app: Dash, server: Flask, desk: Desk) -> None:
    """Answer the form, keep the address in step, and serve the answers as files."""

    @app.callback(
        Output("plan-answers", "children"),
        Output("plan-link", "href"),
        Output("plan-target", "options"),
        Output("plan-target", "value"),
        *(Input(name, "value") for name in CONTROLS),
    )
    def plan(*typed: str | None) -> tuple[Any, str, Any, Any]:
        wanted = request_of({name: value or "" for name, value in zip(NAMES, typed, strict=True)})
        target = no_update if wanted.target == typed[2] else wanted.target
        answers = [_answer(desk.ask(q, _today(), clock.now()), name, wanted) for name, q in questions(wanted).items()]
        return answers, f"{PAGE}?{wanted.query()}#rencana", _targets(wanted.instrument), target

    app.clientside_callback(
        ClientsideFunction("plan", "remember"), Output("plan-remembered", "data"), Input("plan-link", "href"),
        prevent_initial_call=True,
    )  # fmt: skip

    @server.get("/export/rencana/<name>.<any(csv,xlsx):kind>")
    def export_plan(name: str, kind: str) -> Response:
        wanted = request_of(request.args)
        question = questions(wanted).get(name)
        if question is None:
            abort(404, f"Bagian rencana '{name}' tidak ada.")
        note_taken(f"rencana/{name}.{kind} {wanted.query()}")
        return file_of(desk.ask(question, _today(), clock.now()), kind, f"rencana_{wanted.instrument}_{name}")


def _today() -> Filters:
    """A plan starts from what is known today."""
    return last_days(1, clock.wib(clock.now()).date())


def _answer(asked: Asked, name: str, wanted: PlanRequest) -> html.Div:
    links = [html.A(kind.upper(), href=f"/export/rencana/{name}.{kind}?{wanted.query()}", download="")
             for kind in ("csv", "xlsx")]  # fmt: skip
    heading = html.H3([asked.question.title, html.Span(links, className="links")])
    if asked.answer.missing:
        return html.Div([heading, html.Div(place.body(asked), className="answer-body")])
    said = [html.P(note, className="said-first") for note in asked.answer.notes]
    rows = replace(asked, answer=replace(asked.answer, notes=()))
    table: Any = html.Div(place.body(rows), className="answer-body") if asked.answer.rows else None
    if name == "nilai":
        table = html.Details([html.Summary("Tampilkan tabel"), table], className="answer-body")
    return html.Div([heading, *said, table, place.foot(asked)])
