"""A masterplan judged: achievement of each indicator, progress of each programme, and both pooled by dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from dashboard.formulas.achievement import (
    USUAL_CAP,
    Pooled,
    Progress,
    Target,
    Weighted,
    achievement,
    pooled,
    progress,
)
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.plan_periods import Period, due, running
from dashboard.indicators.standing_plan import StandingPlan, standing_plan
from dashboard.store import measurements
from dashboard.store.measurements import Measurement
from datasources.resources.masterplan_dimensions import sub_dimensions
from datasources.resources.masterplan_indicator_records import PlanIndicator
from datasources.resources.masterplan_records import ActionItem, Programme, is_over

Ending = TypeVar("Ending", ActionItem, PlanIndicator)

NOT_DUE = NotComputable("belum ada masa bertarget yang berakhir")
NO_RUNNING = NotComputable("tidak ada target untuk masa yang berjalan")
OTHER_UNIT = "satuan indikator langsung {unit}, bukan {own}"
NOT_MEASURED = "indikator langsungnya belum terukur (periksa id-nya bila menetap)"


class State(StrEnum):
    """How a programme stands against its document. The words are shown."""

    LATE = "ada aksi lewat tenggat"
    SILENT = "aksi jatuh tempo belum dilaporkan"
    ON_SCHEDULE = "sesuai rencana"
    NO_ACTIONS = "tanpa rencana aksi"
    NOT_BEGUN = "belum mulai"
    DONE = "selesai"
    HELD = "ditunda"
    STOPPED = "dihentikan"
    ENDED = "berakhir"


LEFT_OUT = (State.STOPPED, State.HELD, State.ENDED)
"""States of programmes that count in no mean of progress."""


@dataclass(frozen=True, slots=True)
class JudgedIndicator:
    """One indicator in the period that is judged. `live`: its value comes from an indicator of this application."""

    of: PlanIndicator
    period: Period | None
    target: Target | None
    realised: Decimal | None
    measured_at: date | datetime | None
    achieved: Decimal | NotComputable
    live: bool = False
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class JudgedProgramme:
    """One programme: state, progress by weight, and its indicators that are due."""

    of: Programme
    dimension: str
    state: State
    progress: Progress
    indicators: tuple[JudgedIndicator, ...]

    @property
    def achieved(self) -> Pooled:
        """The mean achievement of its indicators that are due, and of how many."""
        return pooled(one.achieved for one in self.indicators if one.period is not None)


def judged(connection: Connection, plan: StandingPlan, at: datetime) -> list[JudgedProgramme]:
    """Every programme of the plan, with the indicators of this application that feed it as known at `at`."""
    wanted = {i.live for many in plan.indicators.values() for i in many if i.live}
    live = measurements.as_of(connection, at, sorted(wanted)) if wanted else {}
    return [_programme(plan, one, live) for one in plan.programmes.values()]


_KEPT: WeakKeyDictionary[Connection, tuple[datetime, tuple[StandingPlan, list[JudgedProgramme]] | None]]
_KEPT = WeakKeyDictionary()
"""Of each connection the plan it was asked for last: the indicators of one round share one."""


def judged_plan(connection: Connection, at: datetime) -> tuple[StandingPlan, list[JudgedProgramme]] | None:
    """The plan in force at `at` and its programmes judged; None when there is none. The connection only reads."""
    kept = _KEPT.get(connection)
    if kept is not None and kept[0] == at:
        return kept[1]
    plan = standing_plan(connection, at)
    found = None if plan is None else (plan, judged(connection, plan, at))
    _KEPT[connection] = (at, found)
    return found


def _programme(plan: StandingPlan, of: Programme, live: Mapping[str, Measurement]) -> JudgedProgramme:
    done = progress(_work(of_today(plan, plan.actions.get(of.code, ())), plan.today))
    judged_by = () if is_over(of.valid_until, plan.today) else of_today(plan, plan.indicators.get(of.code, ()))
    cap = plan.cap(of) or USUAL_CAP
    return JudgedProgramme(
        of,
        sub_dimensions()[of.sub_dimension].dimension,
        _state(of, done, plan.today),
        done,
        tuple(_indicator(plan, one, cap, live) for one in judged_by),
    )


def of_today(plan: StandingPlan, rows: Sequence[Ending]) -> list[Ending]:
    """The rows that have not ended: what ended is shown and judged no more."""
    return [row for row in rows if not is_over(row.valid_until, plan.today)]


def _work(actions: Sequence[ActionItem], today: date) -> Iterable[Weighted]:
    return (Weighted(one.weight, one.due_on < today, one.progress) for one in actions)


def _state(of: Programme, done: Progress, today: date) -> State:
    if is_over(of.valid_until, today):
        return State.ENDED
    ended = {"selesai": State.DONE, "ditunda": State.HELD, "dihentikan": State.STOPPED}.get(of.course)
    if ended is not None:
        return ended
    if done.late:
        return State.LATE
    if done.silent:
        return State.SILENT
    if today.year < of.first_year:
        return State.NOT_BEGUN
    return State.ON_SCHEDULE if done.items else State.NO_ACTIONS


def _indicator(plan: StandingPlan, of: PlanIndicator, cap: Decimal, live: Mapping[str, Measurement]) -> JudgedIndicator:
    targets = plan.targets.get(of.code, {})
    if of.live:
        return _fed(plan, of, cap, targets, live.get(of.live))
    period = due(targets, plan.today)
    if period is None:
        return JudgedIndicator(of, None, None, None, None, NOT_DUE)
    told = plan.realised.get((of.code, period))
    value, measured_on = (told.value, told.measured_on) if told else (None, None)
    target = targets[period]
    return JudgedIndicator(of, period, target, value, measured_on, achievement(of.direction, target, value, cap))


def _fed(
    plan: StandingPlan, of: PlanIndicator, cap: Decimal, targets: Mapping[Period, Target], said: Measurement | None
) -> JudgedIndicator:
    """A value that is told at any moment is held against the target of the period that runs."""
    period = running(targets, plan.today)
    if period is None:
        return JudgedIndicator(of, None, None, None, None, NO_RUNNING, live=True)
    target = targets[period]
    if said is None or said.value is None:
        why = NotComputable(NOT_MEASURED)
        return JudgedIndicator(of, period, target, None, None, why, live=True)
    if said.unit.casefold() != of.unit.casefold():
        why = NotComputable(OTHER_UNIT.format(unit=said.unit, own=of.unit))
        return JudgedIndicator(of, period, target, None, None, why, live=True)
    found = achievement(of.direction, target, said.value, cap)
    return JudgedIndicator(of, period, target, said.value, said.data_time, found, live=True, simulated=said.simulated)
