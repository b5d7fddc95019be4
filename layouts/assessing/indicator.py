"""The callbacks of one indicator: show it to who may see it, move it, plan it. Each asks for the right itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.assessing import may_move
from dashboard.access.roles import Action
from dashboard.assessment_stages import MOVES, Stage
from dashboard.editing import assessment_plans as planning
from dashboard.editing import assessments as editing
from dashboard.editing.assessments import Draft
from dashboard.editing.entry import NotYours
from dashboard.store import assessments
from dashboard.store.assessment_plans import IndicatorPlan, plans_of
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.door import door
from layouts.access.who import NOT_ALLOWED, allowed, person
from layouts.assessing import forms, history
from layouts.assessing.which import Which, which
from layouts.editing.saving import pressed, saved, wrong
from layouts.exploring.level_matrix import address

UNKNOWN = "Indikator itu tidak ada. Pilih satu sel pada halaman SPBE."
NO_STEP = "Langkah itu tidak ada dari tahap ini; muat ulang halaman."
PLAN: Action = "assessments.plan"


def structure(code: str) -> html.Div:
    """The empty page; all of it comes by a callback that knows who asks."""
    stores = [dcc.Store(id="assess-which", data=code), dcc.Store(id="assess-seen"), dcc.Store(id="assess-kept")]
    return html.Div([*stores, html.Div(id="assess-page"), forms.move_form(), forms.plan_form()], className="assess")


def register(app: Dash, engine: Engine, simulated: frozenset[str]) -> None:
    """Show, move, plan. `simulated` are the ids of sources whose values are marked so."""
    _show(app, engine, simulated)
    _move_on(app, engine)
    _keep_plan(app, engine)


def _show(app: Dash, engine: Engine, simulated: frozenset[str]) -> None:
    @app.callback(
        Output("assess-page", "children"),
        Output("assess-seen", "data"),
        Output("assess-form", "hidden"),
        Output("assess-to", "options"),
        *(Output(name, "value") for name in forms.MOVE_FIELDS),
        Output("plan-form", "hidden"),
        *(Output(name, "value") for name in forms.PLAN_FIELDS),
        Input("assess-which", "data"),
        Input("assess-kept", "data"),
    )
    def show(code: str, _: Any) -> tuple[Any, ...]:
        found = which(code)
        if found is None:
            return html.P(UNKNOWN), None, True, [], None, "", "", "", True, "", "", "", False
        with reading(engine) as connection:
            return _page(connection, found, simulated)


def _move_on(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("assess-said", "children"),
        Output("assess-kept", "data"),
        Input("assess-save", "n_clicks"),
        State("assess-which", "data"),
        State("assess-seen", "data"),
        *(State(name, "value") for name in forms.MOVE_FIELDS),
        prevent_initial_call=True,
    )
    def move(pushed: int | None, code: str, seen: str | None, to: str | None, *typed: str | None) -> tuple[Any, Any]:
        found = which(code)
        if not pressed([pushed]) or found is None:
            return no_update, no_update
        right = next((r for (origin, known), r in MOVES.items() if origin == seen and known == to), None)
        if right is None:
            return wrong(NO_STEP), no_update
        draft = Draft(found.instrument.id, found.year, found.indicator.number, seen, to, *typed)
        return _outcome(saved(engine, right, lambda c, by, at: _move(c, draft, by, at)))


def _keep_plan(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("plan-said", "children"),
        Output("assess-kept", "data", allow_duplicate=True),
        Input("plan-save", "n_clicks"),
        State("assess-which", "data"),
        *(State(name, "value") for name in forms.PLAN_FIELDS),
        State(forms.PLAN_WHY, "value"),
        prevent_initial_call=True,
    )
    def plan(
        pushed: int | None, code: str, owner: str, target: str, effort: str, blocked: bool, why: str = ""
    ) -> tuple[Any, Any]:
        found = which(code)
        if not pressed([pushed]) or found is None:
            return no_update, no_update
        draft = planning.PlanDraft(owner, target, effort, bool(blocked))
        return _outcome(saved(engine, PLAN, lambda c, by, at: _plan(c, found, draft, why, by, at)))


def _outcome(sentence: html.P) -> tuple[html.P, Any]:
    """What was typed stays on the screen when it was refused; what was kept is read again."""
    return sentence, no_update if getattr(sentence, "className", "") == "wrong" else str(clock.now())


def _plan(
    connection: Connection, found: Which, draft: planning.PlanDraft, why: str | None, by: Person, at: datetime
) -> None:
    checked = planning.checked(found.instrument, found.indicator.number, draft)
    planning.keep(connection, found.instrument, found.year, checked, by, at, why)


def _move(connection: Connection, draft: Draft, by: Person, at: datetime) -> None:
    """Keep the move if this person may make it: owner and stage are read in the same transaction."""
    entry = editing.checked(connection, draft, by, at)
    stage: Stage = draft.seen  # type: ignore[assignment]  # checked() has compared it with what is stored
    if not may_move(by, entry.owner, stage, entry.stage):
        raise NotYours(NOT_ALLOWED)
    editing.keep(connection, entry, by, at)


def _page(connection: Connection, found: Which, simulated: frozenset[str]) -> tuple[Any, ...]:
    instrument, no, who = found.instrument, found.indicator.number, person()
    entries = assessments.history(connection, instrument.id, found.year, no)
    standing = assessments.standing(entries).get(no)
    plan = plans_of(connection, instrument.id, found.year).get(no, IndicatorPlan(no))
    stage: Stage = standing.stage if standing else "kosong"
    move = forms.move_values(instrument, standing, plan.owner, who)
    parts = [*history.heading(instrument, found.year, no), history.value_line(instrument, no, standing, simulated)]
    owner = plan.owner or (standing.owner if standing else None)
    if allowed("assessments.view", owner):
        parts += [html.P(forms.plan_words(instrument, plan)), html.H2("Riwayat dan bukti")]
        parts += (
            [history.stages(entries, instrument, clock.now(), simulated)] if entries else [html.P("Belum ada isian.")]
        )
        parts += [html.P(forms.why_not(stage, plan.owner, who), className="rest")] if move[0] else []
    else:
        parts.append(door("penjelasan, bukti, dan riwayat", address(found.code)))
        move = (True, [], None, "", "", "")
    hidden, options, *values = move
    return (parts, stage, hidden, options, *values, *forms.plan_values(instrument, plan, allowed(PLAN)))
