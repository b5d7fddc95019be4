"""The sheets of the masterplan that owners fill in in the application, and their rows that stand for a programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, get_args

from sqlalchemy import Connection

from dashboard.indicators.standing_budgets import budgets
from dashboard.indicators.standing_plan import actions, indicators, programmes
from dashboard.indicators.standing_targets import target_rows
from dashboard.store.masterplan_words import as_text
from datasources.resources import masterplan_forms as plan
from datasources.resources import masterplan_indicator_forms as judged
from datasources.resources.form import Field, Form
from datasources.resources.masterplan_cells import typed, typed_target

Name = Literal["program", "aksi", "indikator", "target", "anggaran"]
NAMES: tuple[Name, ...] = get_args(Name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `entered`: the fields that its form asks for; the others are reports, or follow from who enters.

    `subject`: what its rows are called among the changes. `judged`: the fields of which each change is told.
    """

    form: Form
    subject: str
    entered: tuple[str, ...]
    judged: tuple[str, ...]

    def fields(self) -> list[Field]:
        """Those of its form, in the order of the workbook."""
        return [one for one in self.form.fields if one.name in self.entered]


def _all_but(form: Form, *left: str) -> tuple[str, ...]:
    return tuple(one.name for one in form.fields if one.name not in left)


def _sheet(form: Form, subject: str, *left: str) -> Sheet:
    entered = _all_but(form, *left)
    return Sheet(form, subject, entered, tuple(name for name in entered if name not in form.key))


SHEETS: dict[Name, Sheet] = {
    "program": _sheet(plan.PROGRAMMES, "program"),
    "aksi": _sheet(plan.ACTIONS, "aksi", "programme", "progress", "reported_on", "evidence"),
    "indikator": _sheet(judged.INDICATORS, "indikator", "programme"),
    "target": Sheet(judged.TARGETS, "target", ("indicator", "year", *judged.AIMS, "basis"), judged.AIMS),
    "anggaran": Sheet(plan.BUDGETS, "anggaran", ("year", "planned"), ("planned",)),
}


def rows_of(connection: Connection, name: Name, programme: str, at: datetime) -> list[Any]:
    """The records of a sheet that stand for a programme at `at`."""
    if name == "program":
        return [one for one in programmes(connection, at) if one.code == programme]
    if name == "aksi":
        return actions(connection, at, programme)
    if name == "indikator":
        return indicators(connection, at, programme)
    if name == "anggaran":
        return budgets(connection, at, programme)
    codes = [one.code for one in indicators(connection, at, programme)]
    return sorted(target_rows(connection, at, codes), key=lambda row: (row.indicator, row.year))


def key_of(sheet: Sheet, record: Any) -> str:
    """What tells a row from the others of its programme: 'GOV-01-A1', 'GOV-01-I1|2027', '2027'."""
    return "|".join(str(getattr(record, name)) for name in sheet.form.key if name != "programme")


def as_typed(sheet: Sheet, record: Any) -> dict[str, str]:
    """Every cell of a row as its writer types it: read again it is the same row."""
    cells = {one.name: getattr(record, one.name) for one in sheet.form.fields}
    return {name: typed_target(cell) if name in judged.AIMS else typed(cell) for name, cell in cells.items()}


def seen_as(sheet: Sheet, record: Any) -> str:
    """A mark of what a row says: another mark when anybody has changed it."""
    said = "\n".join(f"{name}={as_text(getattr(record, name))}" for name in sheet.judged)
    return sha256(said.encode()).hexdigest()[:16]
