"""The workbook of a masterplan: document, programmes, indicators, targets and what was reached, in ten sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from datasources.resources import masterplan_forms as plan
from datasources.resources import masterplan_indicator_forms as judged
from datasources.resources.form import Form
from datasources.resources.form_sheet import FormSheet
from datasources.resources.form_template import write_form_template
from datasources.resources.masterplan_references import check_together
from datasources.resources.opd_workbook import OpdWorkbook

FORMS = (
    plan.DOCUMENTS, plan.GOALS, plan.STRATEGIES, plan.PROGRAMMES, plan.ACTIONS, judged.INDICATORS, judged.TARGETS,
    judged.REALISATIONS, plan.BUDGETS, plan.HOLDERS,
)  # fmt: skip


class MasterplanWorkbook(OpdWorkbook):
    """All sheets in one file, or some of them in each: an OPD may hand in its own targets and realisation."""

    topics: ClassVar[tuple[str, ...]] = ("masterplan",)
    forms: ClassVar[tuple[Form, ...]] = FORMS

    def _together(self, sheets: Sequence[FormSheet]) -> None:
        check_together(sheets)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook. Raises OSError as writing does; the year stands in its instructions."""
    write_form_template(path, f"masterplan kota cerdas, {year}", FORMS, year)
