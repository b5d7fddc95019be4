"""What the sheets of a masterplan's workbook say together: codes that exist, and targets of the right shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from datasources.contract import Refused
from datasources.resources import masterplan_forms as plan
from datasources.resources import masterplan_indicator_forms as judged
from datasources.resources.form import Form
from datasources.resources.form_sheet import FormSheet
from datasources.resources.masterplan_indicator_records import PlanIndicator, TargetYear

REFERENCES: tuple[tuple[Form, str, Form], ...] = (
    (plan.GOALS, "document", plan.DOCUMENTS),
    (plan.STRATEGIES, "goal", plan.GOALS),
    (plan.PROGRAMMES, "document", plan.DOCUMENTS),
    (plan.PROGRAMMES, "strategy", plan.STRATEGIES),
    (plan.ACTIONS, "programme", plan.PROGRAMMES),
    (plan.BUDGETS, "programme", plan.PROGRAMMES),
    (judged.INDICATORS, "programme", plan.PROGRAMMES),
    (judged.TARGETS, "indicator", judged.INDICATORS),
    (judged.REALISATIONS, "indicator", judged.INDICATORS),
)
"""(sheet, field, sheet whose codes it names)."""


def check_together(sheets: Sequence[FormSheet]) -> None:
    """Refuse rows of the sheets that name a code which the sheet of those codes, in the same file, does not have.

    A file without that sheet belongs to one that has it. A row that was refused itself still lends its code: one
    mistake shall not refuse a hundred rows that are right.
    """
    there = {sheet.form.sheet: sheet for sheet in sheets}
    for form, name, parent in REFERENCES:
        if form.sheet in there and parent.sheet in there and there[parent.sheet].seen_keys:
            _named(there[form.sheet], name, there[parent.sheet])
    if judged.TARGETS.sheet in there and judged.INDICATORS.sheet in there:
        _shapes(there[judged.TARGETS.sheet], there[judged.INDICATORS.sheet])


def _named(sheet: FormSheet, name: str, parent: FormSheet) -> None:
    known = {key[0] for key in parent.seen_keys}
    kept = []
    for record in sheet.records:
        said = getattr(record, name)
        if said is None or said in known:
            kept.append(record)
        else:
            _refuse(
                sheet, record, name, said, f"kode {said} tidak ada di lembar {parent.form.sheet}; tulis kode dari sana"
            )
    sheet.records[:] = kept


def _shapes(sheet: FormSheet, indicators: FormSheet) -> None:
    """A range for 'rentang' and nothing else; a number for the other directions."""
    about: dict[str, PlanIndicator] = {one.code: one for one in indicators.records}
    sheet.records[:] = [row for row in sheet.records if _fits(sheet, row, about.get(row.indicator))]


def _fits(sheet: FormSheet, row: TargetYear, of: PlanIndicator | None) -> bool:
    for name in judged.AIMS:
        said: str | None = getattr(row, name)
        if of is not None and said is not None and (".." in said) != (of.direction == "rentang"):
            right = "tulis rentang seperti 40–60" if of.direction == "rentang" else "tulis satu angka"
            _refuse(
                sheet, row, name, said.replace("..", "–"), f"indikator {row.indicator} berarah {of.direction}; {right}"
            )
            return False
    return True


def _refuse(sheet: FormSheet, record: Any, name: str, said: str, reason: str) -> None:
    heading = next(one.heading for one in sheet.form.fields if one.name == name)
    row = sheet.first_rows[tuple(getattr(record, key) for key in sheet.form.key)]
    sheet.refused.append(Refused(said, reason, f"{sheet.where}, baris {row}, kolom {heading}"))
