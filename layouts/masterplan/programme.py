"""The callbacks of one programme: show it to everybody, its form to who may, and keep what they enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.clock import wib
from dashboard.editing import masterplan as editing
from dashboard.editing.masterplan import Draft
from dashboard.exploring.masterplan.asked_plan import newest
from dashboard.indicators.judged_plan import JudgedProgramme, judged
from dashboard.indicators.read import source_states
from dashboard.indicators.standing_budgets import budgets
from dashboard.indicators.standing_plan import EXAMPLE, StandingPlan, standing_plan
from dashboard.store import masterplan_plan
from dashboard.store.database import reading
from dashboard.store.masterplan_changes import changes_of
from dashboard.store.people import Person
from datasources.registry import ConfiguredSource
from datasources.resources.masterplan_dimensions import dimensions
from datasources.resources.masterplan_records import Programme
from layouts.access.who import allowed, person
from layouts.editing.saving import pressed, saved
from layouts.masterplan import form, words
from layouts.panels.frame import SIMULATED

ACTION: Action = "masterplan.write"
UNKNOWN = "Program itu tidak ada dalam masterplan yang berlaku. Pilih satu program pada halaman Masterplan."
MOST_CHANGES = 50


def structure(code: str) -> html.Div:
    """The empty page; all of it comes by a callback that knows who asks."""
    stores = [dcc.Store(id="plan-which", data=code), dcc.Store(id="plan-kept")]
    return html.Div([*stores, html.Div(id="plan-page"), form.form(code)], className="programme")


def register(app: Dash, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """Show; fit the form to what is entered; keep. `sources` are those that run here."""
    _show(app, engine, [source for source in sources if "masterplan" in source.topics])
    _fit(app, engine)
    _save(app, engine)


def _show(app: Dash, engine: Engine, telling: list[ConfiguredSource]) -> None:
    @app.callback(
        Output("plan-page", "children"),
        Output("plan-edit-form", "hidden"),
        Output("plan-edit-year", "options"),
        Output("plan-edit-year", "value"),
        Input("plan-which", "data"),
        Input("plan-kept", "data"),
    )
    def show(code: str, _: Any) -> tuple[Any, bool, list[str], Any]:
        with reading(engine) as connection:
            found = _read(connection, code, clock.now())
            if found is None:
                return html.P(UNKNOWN), True, [], None
            plan, one = found
            years = form.years_of(one.of)
            this_year = str(plan.today.year)
            chosen = this_year if this_year in years else years[-1]
            may = allowed(ACTION) and editing.owns(person(), one.of)
            return _page(connection, plan, one, telling), not may, years, chosen


def _fit(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("plan-edit-row", "options"),
        Output("plan-edit-row", "value"),
        *(Output(f"plan-edit-{name}-field", "hidden") for name in form.OPTIONAL),
        Output("plan-edit-value", "placeholder"),
        Input("plan-edit-kind", "value"),
        Input("plan-which", "data"),
    )
    def fit(kind: str, code: str) -> tuple[Any, ...]:
        with reading(engine) as connection:
            found = _read(connection, code, clock.now()) if allowed(ACTION) else None
        rows = form.rows_of(found[0], found[1].of, kind) if found else []
        hint = next((words_of for known, words_of in form.HINTS.items() if known == kind), "")
        return rows, rows[0]["value"] if rows else None, *form.hidden_fields(kind), hint


def _save(app: Dash, engine: Engine) -> None:
    @app.callback(
        Output("plan-edit-said", "children"),
        Output("plan-kept", "data"),
        Input("plan-edit-save", "n_clicks"),
        State("plan-which", "data"),
        *(State(f"plan-edit-{name}", "value") for name in form.FIELDS),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, code: Any, *typed: Any) -> tuple[Any, Any]:
        if not pressed([pushed]):
            return no_update, no_update
        outcome = saved(engine, ACTION, lambda c, by, at: _keep(c, Draft(str(code), *typed), by, at))
        kept = getattr(outcome, "className", "") != "wrong"
        return outcome, str(clock.now()) if kept else no_update


def _keep(connection: Connection, draft: Draft, by: Person, at: datetime) -> None:
    editing.keep(connection, draft, by, at)


def _read(connection: Connection, code: object, at: datetime) -> tuple[StandingPlan, JudgedProgramme] | None:
    """All years of one programme."""
    year = wib(at).year
    plan = standing_plan(connection, at, code, (year - 30, year + 30)) if isinstance(code, str) else None
    found = judged(connection, plan, at) if plan else []
    return (plan, found[0]) if plan and found else None


def _page(
    connection: Connection, plan: StandingPlan, one: JudgedProgramme, telling: Sequence[ConfiguredSource]
) -> list[Any]:
    of, now = one.of, clock.now()
    indicators, actions = plan.indicators.get(of.code, ()), plan.actions.get(of.code, ())
    codes = [of.code, *(i.code for i in indicators), *(a.code for a in actions)]
    changed = changes_of(connection, codes, MOST_CHANGES)
    money = budgets(connection, now, of.code)
    parts = [
        (f"Yang dinilai sekarang · {len(one.indicators)} indikator", words.judged_now(one.indicators)),
        ("Realisasi / target setiap masa", words.by_year(plan, indicators)),
        ("Rencana aksi", words.actions(actions, plan) if actions else html.P("Belum diisi.")),
        ("Anggaran", words.money(money) if money else html.P("Belum diisi.")),
        (
            "Yang diubah",
            words.changes(changed, now) if changed else html.P("Belum ada yang diubah sejak pertama diisi."),
        ),
    ]
    head = [*_heading(connection, plan, one, any(s.simulated for s in telling)), words.standing(one)]
    head.append(words.sources(source_states(connection, telling), newest(plan), now))
    return [*head, *(html.Section([html.H2(title), content], className="panel") for title, content in parts)]


def _heading(connection: Connection, plan: StandingPlan, one: JudgedProgramme, simulated: bool) -> list[Any]:
    of = one.of
    marks = [mark for mark, is_so in ((EXAMPLE, plan.is_example), (SIMULATED, simulated)) if is_so]
    badges = [html.Span(mark, className="simulated") for mark in marks]
    quick = " · quick win" if of.quick_win else ""
    support = f" · didukung {of.supporting}" if of.supporting else ""
    funds = f" · {of.funding}" if of.funding else ""
    lead = (f"{of.code} · {dimensions()[one.dimension]}, {of.sub_dimension} · {of.first_year}–{of.last_year}{quick}"
            f"{words.ended(of.valid_until, plan.today)} · "
            f"{_responsible(connection, plan, of)}{support}{funds}")  # fmt: skip
    return [
        html.P(html.A("Kembali ke semua program", href="/masterplan?bagian=program")),
        html.H1([of.name, " ", *badges]),
        html.P(lead, className="lead"),
        html.P(_goal(connection, plan, of), className="lead"),
    ]


def _responsible(connection: Connection, plan: StandingPlan, of: Programme) -> str:
    """The OPD, and who leads it today."""
    heads = [h for h in masterplan_plan.holders_on(connection, plan.today) if h.opd and h.opd == of.opd]
    return f"OPD {of.opd}" + (f" ({heads[0].position}: {heads[0].holder})" if heads else "")


def _goal(connection: Connection, plan: StandingPlan, of: Programme) -> str:
    """Document, sasaran and strategi that it serves."""
    strategy = next((s for s in masterplan_plan.strategies(connection) if s.code == of.strategy), None)
    goal = next((g for g in masterplan_plan.goals(connection) if strategy and g.code == strategy.goal), None)
    said = [
        plan.documents[of.document].title,
        *(one for one in (goal and goal.goal, strategy and strategy.strategy) if one),
    ]
    return " → ".join(said)
