"""What a form of the masterplan offers to choose from, and what a new row begins with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.editing.plan_sheets import Name
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.standing_plan import in_force, indicators
from dashboard.store import masterplan_plan
from dashboard.store.people import Person
from datasources.resources.masterplan_cells import NO
from datasources.resources.masterplan_dimensions import sub_dimensions
from datasources.resources.masterplan_records import PlanDocument, Programme

Option = dict[str, str]
LONGEST_LABEL = 120


def choices(connection: Connection, name: Name, programme: Programme | None, at: datetime) -> dict[str, list[Option]]:
    """By field, beside those that the form's own declaration names."""
    if name == "program":
        return {
            "document": [_option(one.code, one.title) for one in _documents(connection, at)],
            "strategy": _strategies(connection),
            "sub_dimension": [
                {"label": f"{one.dimension_name}: {one.name}", "value": one.name} for one in sub_dimensions().values()
            ],
        }
    if name == "indikator":
        fed = sorted(CATALOGUE.values(), key=lambda one: one.title.casefold())
        return {"live": [{"label": f"{one.title} ({one.unit}), {one.id}", "value": one.id} for one in fed]}
    if name == "target":
        found = indicators(connection, at, programme.code if programme else "")
        return {"indicator": [_option(one.code, f"{one.name} ({one.unit}, {one.direction})") for one in found]}
    return {}


def _documents(connection: Connection, at: datetime) -> list[PlanDocument]:
    return [*in_force(masterplan_plan.documents(connection), wib(at).date()).values()]


def _strategies(connection: Connection) -> list[Option]:
    """Each with the sasaran it serves, for that is what a programme belongs to."""
    goals = {one.code: one.goal for one in masterplan_plan.goals(connection)}
    return [
        _option(one.code, f"{goals.get(one.goal, one.goal)} → {one.strategy}")
        for one in masterplan_plan.strategies(connection)
    ]


def _option(code: str, words: str) -> Option:
    label = f"{code}: {words}"
    return {"label": label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…", "value": code}


def beginning(
    connection: Connection, name: Name, programme: Programme | None, who: Person, at: datetime
) -> dict[str, str]:
    """What a new row begins with, so that the usual is not typed."""
    year = str(wib(at).year)
    if name == "program":
        there = _documents(connection, at)
        document = {"document": there[0].code, "last_year": str(there[0].last_year)} if there else {}
        usual = {"quick_win": NO, "horizon": "menengah", "course": "direncanakan", "first_year": year}
        return {**usual, **document, "opd": who.opd or ""}
    if name == "aksi":
        return {"opd": programme.opd if programme else "", "weight": "1"}
    if name == "indikator":
        return {"kind": "output", "direction": "naik"}
    return {"year": year}
