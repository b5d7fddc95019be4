"""The plan as it stands, as rows of the workbook that it is handed in with: to be completed, and read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.indicators.standing_budgets import budgets
from dashboard.indicators.standing_plan import actions, indicators, programmes, realised
from dashboard.indicators.standing_targets import FIRST_YEAR, LAST_YEAR, target_rows
from dashboard.store import masterplan_plan
from datasources.resources.form import Form
from datasources.resources.masterplan_cells import NO, YES
from datasources.resources.masterplan_indicator_forms import AIMS
from datasources.resources.masterplan_workbook import FORMS
from datasources.spreadsheet import Cell


def filled(connection: Connection, at: datetime) -> tuple[Form, ...]:
    """The forms with everything that files and people told by `at`; read again it changes nothing."""
    told: dict[str, Sequence[Any]] = {
        "Dokumen": masterplan_plan.documents(connection),
        "Sasaran": masterplan_plan.goals(connection),
        "Strategi": masterplan_plan.strategies(connection),
        "Program": programmes(connection, at),
        "Rencana aksi": actions(connection, at),
        "Indikator": indicators(connection, at),
        "Target": target_rows(connection, at),
        "Realisasi": list(realised(connection, at, FIRST_YEAR, LAST_YEAR).values()),
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
