"""The plan of an indicator entered by people: owner, target, effort, and whether it can move this year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed
from dashboard.store import audit
from dashboard.store.assessment_plans import IndicatorPlan, plans_of, set_plan
from dashboard.store.people import Person
from datasources.spbe import cells
from datasources.spbe.instrument import Instrument

LONGEST_OWNER = 64
MOST_EFFORT = 100
SHORTEST_WHY, LONGEST_WHY = 5, 120
_EFFORT = re.compile(r"\d{1,3}([.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What was typed; an empty field takes its entry back."""

    owner: str | None
    target: str | None
    effort: str | None
    blocked: bool


def checked(instrument: Instrument, indicator: int, draft: PlanDraft) -> IndicatorPlan:
    """The plan that was meant. Raises EntryRefused."""
    owner = one_line(draft.owner)
    if len(owner) > LONGEST_OWNER:
        raise EntryRefused(f"Pemilik {quoted(owner)} {len(owner)} huruf; paling banyak {LONGEST_OWNER}.")
    target, effort = one_line(draft.target), one_line(draft.effort)
    return IndicatorPlan(
        indicator,
        owner or None,
        _target(instrument, target) if target else None,
        effort_of(effort) if effort else None,
        draft.blocked,
    )


def effort_of(text: str) -> Fraction:
    """'1,5' → 3/2. Raises EntryRefused: effort is more than nothing."""
    effort = Fraction(text.replace(",", ".")) if _EFFORT.fullmatch(text) else Fraction(0)
    if not 0 < effort <= MOST_EFFORT:
        raise EntryRefused(
            f"Upaya {quoted(text)} tidak dapat dipakai; tulis angka lebih dari 0 sampai {MOST_EFFORT}, misalnya 1,5."
        )
    return effort


def keep(
    connection: Connection, instrument: Instrument, year: int, plan: IndicatorPlan, by: Person, at: datetime,
    why: str | None = "",
) -> None:  # fmt: skip
    """Keep it in place of the plan before. A target never changes silently: old, new, by whom and why are logged.

    Raises EntryRefused for a changed target without a reason.
    """
    before = plans_of(connection, instrument.id, year).get(plan.indicator, IndicatorPlan(plan.indicator)).target
    if before != plan.target:
        reason = _why(why, before, plan.target)
        about = f"{instrument.id} {year} indikator {plan.indicator}: {_shown(before)} → {_shown(plan.target)}, {reason}"
        audit.write(connection, at, by.name, "sasaran", about)
    set_plan(connection, instrument.id, year, plan, by.title, at)
    signed(connection, by, at, "rencana indikator", f"{instrument.id} {year} indikator {plan.indicator}")


def _why(typed: str | None, before: Decimal | None, after: Decimal | None) -> str:
    clean = one_line(typed)
    if before is None and not clean:
        return "sasaran pertama"
    if not SHORTEST_WHY <= len(clean) <= LONGEST_WHY:
        raise EntryRefused(
            f"Sasaran berubah dari {_shown(before)} menjadi {_shown(after)}; tulis alasannya, {SHORTEST_WHY} sampai "
            f"{LONGEST_WHY} huruf."
        )
    return clean


def _shown(target: Decimal | None) -> str:
    return "tanpa sasaran" if target is None else f"{target:f}"


def _target(instrument: Instrument, text: str) -> Decimal:
    try:
        return cells.value(instrument, text)
    except cells.BadCell as bad:
        raise EntryRefused(f"Sasaran: {bad}.") from None
