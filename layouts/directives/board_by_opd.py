"""The board of instructions by OPD: each with its panel, day, stage and history, and the turns one may take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.directives.taking_turns import LONGEST, LONGEST_EVIDENCE, sides, take
from dashboard.editing.entry import EntryRefused
from dashboard.formulas.directive_course import Turn, turns
from dashboard.store import directives
from dashboard.store.database import reading
from dashboard.store.directives import Directive, TurnTaken
from dashboard.store.people import Person
from layouts.access.who import allowed, person
from layouts.editing.saving import field, pressed, said, saved
from layouts.format import day_label, short_moment
from layouts.links import written_link
from layouts.time_machine.moment import as_asked

ACTION: Action = "directives.take"
VIEW: Action = "directives.view"
TAKE = "directive-turn"
ENDED_SHOWN = timedelta(days=30)
LOOK_AGAIN_MS = 15_000


def board_by_opd() -> html.Div:
    """One form for all turns, and the list; both come by callbacks."""
    form = [
        field("Keterangan", dbc.Input(id="turn-words", maxLength=LONGEST, autocomplete="off")),
        field("Tautan bukti", dbc.Input(id="turn-evidence", maxLength=LONGEST_EVIDENCE, autocomplete="off")),
        field("Tenggat baru", dbc.Input(type="date", id="turn-due")),
    ]
    return html.Div(
        [
            html.Div(form, id="turn-form", className="form-row", hidden=True),
            said("turn"),
            html.Div(id="directive-list"),
            dcc.Interval(id="directive-tick", interval=LOOK_AGAIN_MS),
        ],
        className="edit-part",
    )


def register(app: Dash, engine: Engine) -> None:
    """List; take a turn."""

    @app.callback(
        Output("directive-list", "children"),
        Output("turn-form", "hidden"),
        Input("turn-said", "children"),
        Input("give-said", "children"),
        Input("directive-tick", "n_intervals"),
    )
    def listed(*_: Any) -> tuple[Any, bool]:
        now, who = clock.now(), person()
        with reading(engine) as connection:
            found = directives.directives_of(connection, closed_since=now - ENDED_SHOWN)
            theirs = [d.id for d in found if allowed(VIEW, d.opd)]
            histories = {number: directives.turns_of(connection, number) for number in theirs}
        return _by_opd(found, histories, who, now), not allowed(ACTION)

    @app.callback(
        Output("turn-said", "children"),
        Input({"type": TAKE, "directive": ALL, "turn": ALL}, "n_clicks"),
        State("turn-words", "value"),
        State("turn-evidence", "value"),
        State("turn-due", "value"),
        prevent_initial_call=True,
    )
    def act(clicks: list[int | None], words: Any, evidence: Any, due: Any) -> Any:
        which = ctx.triggered_id
        if not isinstance(which, dict) or not pressed(clicks) or not ctx.triggered[0]["value"]:
            return no_update
        return saved(engine, ACTION, lambda c, by, at: _take(c, which, by, at, words, evidence, due))


def _take(c: Connection, which: Any, by: Person, at: datetime, words: Any, evidence: Any, due: Any) -> None:
    named = next((turn for turn in Turn if turn.name == which.get("turn")), None)
    if named is None:
        raise EntryRefused("Langkah itu tidak ada; muat ulang halaman.")
    take(c, which.get("directive"), named, by, at, words, evidence, due)


def _by_opd(
    found: Iterable[Directive], histories: dict[int, list[TurnTaken]], who: Person | None, now: datetime
) -> list[Any]:
    ordered = sorted(found, key=lambda d: (d.opd, not d.is_overdue(now), d.due_at))
    if not ordered:
        return [html.P("Belum ada arahan tercatat.", className="rest")]
    parts: list[Any] = []
    for opd, theirs in groupby(ordered, key=lambda d: d.opd):
        rows = [_row(d, histories.get(d.id), who, now) for d in theirs]
        parts += [html.H3(f"{opd} · {len(rows)}"), html.Ul(rows, className="entries directives")]
    return parts


def _row(directive: Directive, history: list[TurnTaken] | None, who: Person | None, now: datetime) -> html.Li:
    """Without a history only what the wall says too: the sentence, how far it is, and its day."""
    late = directive.is_overdue(now)
    due = f"tenggat {day_label(directive.due_at - timedelta(seconds=1))}"
    state: list[Any] = [html.B(directive.stage.value), " · ", html.B("lewat tenggat") if late else due]
    panel = f"{directive.as_it_stood} ({short_moment(directive.seen_at, now)})"
    seen = [
        html.Span([html.I(className="shape waspada") if late else None, directive.what], className="label"),
        html.Span(state, className="value"),
    ]
    if history is None:
        return html.Li(seen)
    return html.Li(
        [
            *seen,
            html.Span(f"Selesai berarti: {directive.done_means}", className="where"),
            html.Span(["Dari panel: ", html.A(panel, href=as_it_stood(directive))], className="where"),
            html.Details([html.Summary("Riwayat"), html.Ul([_line(line, now) for line in history])]),
            html.Div([_button(directive, turn) for turn in _turns(directive, who)], className="turns"),
        ]
    )


def as_it_stood(directive: Directive) -> str:
    """The address of its panel as it was known when the instruction was given."""
    return f"/panel?id={directive.indicator}&at={as_asked(directive.seen_at)}"


def _turns(directive: Directive, who: Person | None) -> list[Turn]:
    return turns(directive.stage, sides(directive, who)) if who is not None and allowed(ACTION) else []


def _button(directive: Directive, turn: Turn) -> html.Button:
    identity = {"type": TAKE, "directive": directive.id, "turn": turn.name}
    return html.Button(turn.value.capitalize(), id=identity, type="button", className="quiet",
                       title=f"{turn.value.capitalize()}: {directive.what}")  # fmt: skip


def _line(line: TurnTaken, now: datetime) -> html.Li:
    said_words = f": {line.words}" if line.words else ""
    link: list[Any] = [" · ", written_link("bukti", line.evidence)] if line.evidence else []
    words: list[Any] = [f"{short_moment(line.at, now)} {line.by} {line.turn.value}{said_words}", *link]
    return html.Li(words)
