"""Targets as rows of a year, as the workbook has them, with the cells that people changed by a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.plan_periods import NAMES
from dashboard.store import masterplan_targets
from dashboard.store.masterplan_changes import PlanChange, standing
from dashboard.store.masterplan_words import TARGET
from datasources.resources.masterplan_indicator_forms import AIMS
from datasources.resources.masterplan_indicator_records import TargetYear

FIRST_YEAR, LAST_YEAR = 2000, 2100
FIELD_OF = dict(zip(NAMES, AIMS, strict=True))
IN_APPLICATION = "diisi di aplikasi"


def target_rows(connection: Connection, at: datetime, codes: list[str] | None = None) -> list[TargetYear]:
    """The rows of the files (of some indicators) with the cells that people changed, who did so, and why."""
    told = masterplan_targets.targets(connection, FIRST_YEAR, LAST_YEAR, codes)
    rows = {(row.indicator, row.year): row for row in told}
    for one in standing(connection, TARGET, at=at):
        if codes is None or one.code in codes:
            key = (one.code, one.year)
            rows[key] = _entered(rows.get(key) or _empty(one), one)
    return list(rows.values())


def _entered(row: TargetYear, one: PlanChange) -> TargetYear:
    cell: dict[str, Any] = {FIELD_OF[one.part]: one.new}
    return replace(row, **cell, set_by=one.by, reason=one.reason or None)


def _empty(one: PlanChange) -> TargetYear:
    return TargetYear(one.code, one.year, None, None, None, None, None, one.by, IN_APPLICATION, None)
