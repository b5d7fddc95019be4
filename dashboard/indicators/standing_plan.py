"""The masterplan that counts at a moment: documents in force, and what files and people say of it by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.achievement import Target, parsed
from dashboard.formulas.plan_periods import NAMES, Period
from dashboard.indicators.entered_cells import with_entered
from dashboard.store import masterplan_plan, masterplan_targets
from dashboard.store.masterplan_changes import PlanChange, standing
from dashboard.store.masterplan_plan import masterplan_actions, masterplan_programmes
from dashboard.store.masterplan_targets import masterplan_indicators
from dashboard.store.masterplan_words import PARTS
from datasources.resources.masterplan_indicator_forms import AIMS
from datasources.resources.masterplan_indicator_records import PlanIndicator, Realisation, TargetYear
from datasources.resources.masterplan_records import ActionItem, PlanDocument, Programme

STANDINGS = ("resmi", "rancangan", "contoh")
EXAMPLE = "CONTOH"
BY_HAND = "aplikasi"

Targets = dict[str, dict[Period, Target]]
Realised = dict[tuple[str, Period], Realisation]


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """Programmes by code with their actions and indicators by programme; targets and realisation by indicator."""

    today: date
    documents: Mapping[str, PlanDocument]
    programmes: Mapping[str, Programme]
    actions: Mapping[str, Sequence[ActionItem]]
    indicators: Mapping[str, Sequence[PlanIndicator]]
    targets: Targets
    realised: Realised

    @property
    def is_example(self) -> bool:
        """Whether it is an example, never anybody's real programmes."""
        return any(one.standing == STANDINGS[-1] for one in self.documents.values())

    def cap(self, programme: Programme) -> Decimal | None:
        """The cap that its document names."""
        found = self.documents.get(programme.document)
        return found.cap if found else None


def in_force(documents: Iterable[PlanDocument], today: date) -> dict[str, PlanDocument]:
    """The masterplans in force today: the official ones; else drafts; else examples. Never mixed."""
    there = [
        one for one in documents
        if one.kind == "masterplan" and one.valid_from <= today <= (one.valid_until or today)
    ]  # fmt: skip
    best = min((STANDINGS.index(one.standing) for one in there), default=0)
    return {one.code: one for one in there if one.standing == STANDINGS[best]}


def standing_plan(
    connection: Connection, at: datetime, programme: str | None = None, years: tuple[int, int] | None = None
) -> StandingPlan | None:
    """The plan as of `at`, of one programme or all; targets and realisation of last year and this one, or of `years`.

    None when no masterplan is in force.
    """
    today = wib(at).date()
    documents = in_force(masterplan_plan.documents(connection), today)
    if not documents:
        return None
    first, last = years or (today.year - 1, today.year)
    chosen = {one.code: one for one in programmes(connection, at)
              if one.document in documents and programme in (None, one.code)}  # fmt: skip
    judged_by = [i for i in indicators(connection, at, programme) if i.programme in chosen]
    codes = None if programme is None else [i.code for i in judged_by]
    return StandingPlan(
        today=today,
        documents=documents,
        programmes=chosen,
        actions=_by_programme(actions(connection, at, programme)),
        indicators=_by_programme(judged_by),
        targets=targets(connection, at, first, last, codes),
        realised=realised(connection, at, first, last, codes),
    )


def _by_programme(found: Iterable[Any]) -> dict[str, list[Any]]:
    by: defaultdict[str, list[Any]] = defaultdict(list)
    for one in found:
        by[one.programme].append(one)
    return dict(by)


def programmes(connection: Connection, at: datetime) -> list[Programme]:
    """Every programme, of whatever document, with the cells that people changed by `at`."""
    entered = standing(connection, "program", at=at)
    return with_entered(masterplan_programmes, masterplan_plan.programmes(connection), entered)


def indicators(connection: Connection, at: datetime, programme: str | None = None) -> list[PlanIndicator]:
    """Every indicator (of a programme) with the cells that people changed by `at`."""
    entered = standing(connection, "indikator", at=at)
    return with_entered(masterplan_indicators, masterplan_targets.indicators(connection, programme), entered)


def actions(connection: Connection, at: datetime, programme: str | None = None) -> list[ActionItem]:
    """The actions by their day, with the cells that people changed and the progress that was reported by `at`."""
    today = wib(at).date()
    entered = standing(connection, "aksi", at=at)
    reports = {one.code: one for one in entered if one.part == PARTS["progress"]}
    changed = with_entered(masterplan_actions, masterplan_plan.actions(connection, programme), entered)
    found = (_progressed(a, reports.get(a.code)) for a in sorted(changed, key=lambda a: (a.due_on, a.code)))
    return [replace(a, progress=None) if a.reported_on and a.reported_on > today else a for a in found]


def _progressed(action: ActionItem, entered: PlanChange | None) -> ActionItem:
    if entered is None or entered.new is None:
        return action
    return replace(action, progress=Decimal(entered.new), reported_on=entered.day,
                   evidence=entered.evidence or action.evidence)  # fmt: skip


def targets(connection: Connection, at: datetime, first: int, last: int, codes: list[str] | None = None) -> Targets:
    """The targets that stand at `at`."""
    found: Targets = defaultdict(dict)
    for row in masterplan_targets.targets(connection, first, last, codes):
        found[row.indicator].update(_of_year(row))
    for one in standing(connection, "target", at=at):
        if first <= one.year <= last and (codes is None or one.code in codes):
            cells = found[one.code]
            cells.pop((one.year, one.part), None)
            if one.new is not None:
                cells[one.year, one.part] = parsed(one.new)
    return dict(found)


def _of_year(row: TargetYear) -> dict[Period, Target]:
    cells = zip(NAMES, (getattr(row, aim) for aim in AIMS), strict=True)
    return {(row.year, name): parsed(cell) for name, cell in cells if cell is not None}


def realised(connection: Connection, at: datetime, first: int, last: int, codes: list[str] | None = None) -> Realised:
    """What was reached, by data measured until `at`."""
    today = wib(at).date()
    found = {
        (one.indicator, (one.year, str(one.period))): one
        for one in masterplan_targets.realisations(connection, first, last, codes)
        if one.measured_on <= today
    }
    for one in standing(connection, "realisasi", at=at):
        if first <= one.year <= last and (codes is None or one.code in codes):
            found[one.code, (one.year, one.part)] = _entered(one)
    return found


def _entered(one: PlanChange) -> Realisation:
    period: Any = one.part
    return Realisation(one.code, one.year, period, Decimal(one.new or 0), one.day, one.by, None, one.evidence,
                       one.reason or None, BY_HAND)  # fmt: skip
