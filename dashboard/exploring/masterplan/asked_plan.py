"""What the questions about the masterplan share: the plan in force, what is said of an example, and its data time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from dashboard.formulas.achievement import Pooled
from dashboard.indicators.judged_plan import JudgedProgramme
from dashboard.indicators.standing_plan import EXAMPLE, StandingPlan
from datasources.resources.record_days import day_start

TOPICS = ("masterplan",)
PATH = "/masterplan/program"


def first_notes(plan: StandingPlan) -> list[str]:
    """What must be said before anything else."""
    titles = "; ".join(one.title for one in plan.documents.values())
    if plan.is_example:
        return [f"{EXAMPLE}: bukan program nyata siapa pun. Menurut {titles}."]
    drafts = [one.title for one in plan.documents.values() if one.standing != "resmi"]
    return [f"Menurut rancangan, belum resmi: {titles}." if drafts else f"Menurut {titles}."]


def newest(plan: StandingPlan) -> datetime | None:
    """The day of the newest report."""
    days = [one.measured_on for one in plan.realised.values()]
    days += [a.reported_on for many in plan.actions.values() for a in many if a.reported_on]
    return day_start(max(days)) if days else None


def coverage(found: Pooled) -> str:
    """'5 dari 7'."""
    return f"{found.n} dari {found.m}"


def address(code: str) -> str:
    """The page of one programme."""
    return f"{PATH}?{urlencode({'kode': code})}"


def of_dimension(programmes: Sequence[JudgedProgramme], code: str) -> list[JudgedProgramme]:
    """Those of one dimension."""
    return [one for one in programmes if one.dimension == code]
