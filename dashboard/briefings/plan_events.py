"""Targets of the masterplan that were changed since the last edition: no target changes silently."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from dashboard.briefings.edition import REGENT, Event
from dashboard.indicators.standing_plan import EXAMPLE, StandingPlan, standing_plan
from dashboard.store.masterplan_changes import PlanChange, changes_between
from dashboard.store.masterplan_words import NO_REASON, TARGET, shown

FAMILY, KIND = "spbe", "perubahan target"
MOST = 6
REST = "dan {n} target lain; selengkapnya pada halaman Masterplan, bagian Perubahan"


def changed_targets(
    connection: Connection, families: Collection[str], audience: str, start: datetime, end: datetime
) -> list[Event]:
    """The changes made in [start, end), oldest first; for an OPD those of its own programmes. None without a page."""
    found = changes_between(connection, start, end, TARGET)[::-1]
    if not found or not families:
        return []
    page = FAMILY if FAMILY in families else min(families)
    plan = standing_plan(connection, end)
    owned = [one for one in found if audience in (REGENT, _owner(plan, one.code))]
    events = [Event(page, KIND, _text(plan, one), one.at, None) for one in owned[:MOST]]
    if len(owned) > MOST:
        events.append(Event(page, KIND, REST.format(n=len(owned) - MOST), owned[-1].at, None))
    return events


def _owner(plan: StandingPlan | None, code: str) -> str:
    if plan is None:
        return ""
    programme = next((p for p, many in plan.indicators.items() if any(one.code == code for one in many)), None)
    return plan.programmes[programme].opd if programme else ""


def _text(plan: StandingPlan | None, one: PlanChange) -> str:
    about = next((i for many in (plan.indicators.values() if plan else ()) for i in many if i.code == one.code), None)
    name, unit = (f"{about.name} ({one.code})", f" {about.unit}") if about else (one.code, "")
    mark = f"{EXAMPLE}, " if plan is not None and plan.is_example and not name.startswith(EXAMPLE) else ""
    when = f"{one.year} {one.part}"
    return f"{mark}{name}, {when}: {shown(one.old)} → {shown(one.new)}{unit}, oleh {one.by}; {one.reason or NO_REASON}"
