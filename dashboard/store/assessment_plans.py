"""What is planned for an indicator in a year: its owner, its target, the effort of a level, and whether it can move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Boolean, Column, Connection, Integer, String, Table, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

assessment_plans = Table(
    "assessment_plans",
    metadata,
    Column("instrument", String(32), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("indicator", Integer, primary_key=True),
    Column("owner", String(64)),
    Column("target", String(16)),
    Column("effort", String(16)),
    Column("blocked", Boolean, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""`effort` of one level, None for the usual 1; `blocked`: impossible this year."""


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """One line of the plan."""

    indicator: int
    owner: str | None = None
    target: Decimal | None = None
    effort: Fraction | None = None
    blocked: bool = False


def plans_of(connection: Connection, instrument: str, year: int) -> dict[int, IndicatorPlan]:
    """Indicator → its plan, for those that have one."""
    c = assessment_plans.c
    rows = connection.execute(select(assessment_plans).where(c.instrument == instrument, c.year == year))
    return {
        row.indicator: IndicatorPlan(
            row.indicator,
            row.owner,
            None if row.target is None else Decimal(row.target),
            None if row.effort is None else Fraction(row.effort),
            row.blocked,
        )
        for row in rows
    }


def set_plan(connection: Connection, instrument: str, year: int, plan: IndicatorPlan, by: str, at: datetime) -> None:
    """Keep the plan of an indicator in place of the one before."""
    row = {
        "instrument": instrument,
        "year": year,
        "indicator": plan.indicator,
        "owner": plan.owner,
        "target": None if plan.target is None else f"{plan.target:f}",
        "effort": None if plan.effort is None else str(plan.effort),
        "blocked": plan.blocked,
        "by": by,
        "at": at,
    }
    upsert(connection, assessment_plans, [row], Merge.REPLACE)
