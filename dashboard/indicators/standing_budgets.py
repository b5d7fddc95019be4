"""Budgets of programmes as files and people tell them by a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.store import masterplan_plan
from dashboard.store.masterplan_changes import standing
from datasources.resources.masterplan_records import Budget

PLANNED, SPENT = "pagu", "belanja"


def budgets(connection: Connection, at: datetime, programme: str | None = None) -> list[Budget]:
    """The budgets (of a programme) that stand at `at`, by programme and year."""
    entered = {(one.code, one.year, one.part): one.new for one in standing(connection, "anggaran", at=at)}
    return [_standing(one, entered) for one in masterplan_plan.budgets(connection, programme)]


def _standing(one: Budget, entered: dict[tuple[str, int, str], str | None]) -> Budget:
    planned, spent = (entered.get((one.programme, one.year, part)) for part in (PLANNED, SPENT))
    return replace(
        one,
        planned=one.planned if planned is None else Decimal(planned),
        spent=one.spent if spent is None else Decimal(spent),
    )
