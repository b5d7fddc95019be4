"""The plan as it stands, as rows of the workbook that it is handed in with: to be completed, and read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.plan_periods import NAMES
from dashboard.indicators.standing_budgets import budgets
from dashboard.indicators.standing_plan import actions, programmes, realised
from dashboard.store import masterplan_plan, masterplan_targets
from dashboard.store.masterplan_changes import TARGET, PlanChange, standing
from datasources.resources.form import Form
from datasources.resources.masterplan_cells import NO, YES
from datasources.resources.masterplan_indicator_forms import AIMS
from datasources.resources.masterplan_indicator_records import TargetYear
from datasources.resources.masterplan_workbook import FORMS
from datasources.spreadsheet import Cell

FIRST, LAST = 2000, 2100
FIELD_OF = dict(zip(NAMES, AIMS, strict=True))
IN_APPLICATION = "diisi di aplikasi"


def filled(connection: Connection, at: datetime) -> tuple[Form, ...]:
    """The forms with everything that files and people told by `at`; read again it changes nothing."""
    told: dict[str, Sequence[Any]] = {
        "Dokumen": masterplan_plan.documents(connection),
        "Sasaran": masterplan_plan.goals(connection),
        "Strategi": masterplan_plan.strategies(connection),
        "Program": programmes(connection, at),
        "Rencana aksi": actions(connection, at),
        "Indikator": masterplan_targets.indicators(connection),
        "Target": _targets(connection, at),
        "Realisasi": list(realised(connection, at, FIRST, LAST).values()),
        "Anggaran": budgets(connection, at),
        "Pejabat": masterplan_plan.holders(connection),
    }
    return tuple(_with_rows(form, told[form.sheet]) for form in FORMS)


def _with_rows(form: Form, records: Sequence[Any]) -> Form:
    rows = [[_cell(one.name, getattr(record, one.name)) for one in form.fields] for record in records]
    return replace(form, rows=lambda year: rows)


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and name in AIMS:
        return value.replace("..", "–") if ".." in value else float(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _targets(connection: Connection, at: datetime) -> list[TargetYear]:
    """The rows of the files with the cells that people changed, who did so, and why."""
    rows = {(row.indicator, row.year): row for row in masterplan_targets.targets(connection, FIRST, LAST)}
    for one in standing(connection, TARGET, at=at):
        key = (one.code, one.year)
        rows[key] = _entered(rows.get(key) or _empty(one), one)
    return list(rows.values())


def _entered(row: TargetYear, one: PlanChange) -> TargetYear:
    cell: dict[str, Any] = {FIELD_OF[one.part]: one.new}
    return replace(row, **cell, set_by=one.by, reason=one.reason or None)


def _empty(one: PlanChange) -> TargetYear:
    return TargetYear(one.code, one.year, None, None, None, None, None, one.by, IN_APPLICATION, None)
