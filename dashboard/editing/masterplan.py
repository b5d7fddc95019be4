"""A masterplan edited by the OPD that owns a programme: every entry keeps old → new, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.editing import plan_cells as cells
from dashboard.editing.entry import EDITS, EntryRefused, NotYours, one_line, quoted
from dashboard.formulas.plan_periods import Period
from dashboard.formulas.same_opd import same_opd
from dashboard.indicators.standing_budgets import PLANNED, SPENT, budgets
from dashboard.indicators.standing_plan import StandingPlan, standing_plan
from dashboard.store import audit, changes
from dashboard.store.masterplan_changes import PlanChange, append
from dashboard.store.masterplan_locks import lock_programme
from dashboard.store.masterplan_words import TARGET, shown
from dashboard.store.people import Person
from datasources.resources.cells import FIRST_DAY
from datasources.resources.masterplan_cells import plain
from datasources.resources.masterplan_forms import COURSES
from datasources.resources.masterplan_indicator_records import PlanIndicator
from datasources.resources.masterplan_records import Programme

Kind = Literal["realisasi", "target", "aksi", "belanja", "pagu", "status"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TOPIC = "masterplan"
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one cell of a programme: `row` is an indicator or an action, the day as '2026-11-24'."""

    programme: str
    kind: object
    row: object = None
    year: object = None
    period: object = None
    value: object = None
    day: object = None
    evidence: object = None
    reason: object = None


def keep(connection: Connection, draft: Draft, by: Person, at: datetime) -> None:
    """Keep an entry. Raises EntryRefused; the head of an OPD reaches only programmes that this very OPD owns."""
    plan, programme = owned(connection, draft.programme, by, at)
    made = _MAKERS.get(draft.kind if isinstance(draft.kind, str) else "")
    if made is None:
        raise EntryRefused(f"Isian {quoted(str(draft.kind))} tidak ada; pilih dari daftar.")
    one = made(connection, plan, programme, draft, by, at)
    if one.old == one.new:
        raise EntryRefused(f"Isian itu sudah {quoted(shown(one.new))}; tidak ada yang diubah.")
    tell(connection, [one], by, at)


def tell(connection: Connection, found: Sequence[PlanChange], by: Person, at: datetime) -> None:
    """Keep what a person changed, each in the audit log; the answers follow it at once."""
    append(connection, found, by.name)
    for one in found:
        if one.subject != TARGET:  # of a target the change itself stands in the log, with its reason
            year, why = f" {one.year}" if one.year else "", f"; {one.reason}" if one.reason else ""
            about = f"{one.subject} {one.code}{year} {one.part}: {shown(one.old)} → {shown(one.new)}{why}"
            audit.write(connection, at, by.name, "masterplan", about)
    changes.announce(connection, [EDITS, TOPIC], at)


def owns(person: Person | None, programme: Programme) -> bool:
    """Whether the programme belongs to the OPD of somebody; an analyst speaks for all."""
    if person is None or person.role != "kepala_opd":
        return person is not None
    return same_opd(person.opd, programme.opd)


def owned(connection: Connection, code: str, by: Person, at: datetime) -> tuple[StandingPlan, Programme]:
    """A programme of the plan in force, held for who may change it until the transaction ends. Raises EntryRefused."""
    lock_programme(connection, code)
    year = wib(at).year
    plan = standing_plan(connection, at, code, (year - 30, year + 30))
    programme = plan.programmes.get(code) if plan else None
    if plan is None or programme is None:
        raise EntryRefused(f"Program {quoted(code)} tidak ada dalam masterplan yang berlaku; muat ulang halaman.")
    if not owns(by, programme):
        raise NotYours(f"Program {code} milik {programme.opd}; OPD pemiliknya yang mengubahnya.")
    return plan, programme


def _indicator(plan: StandingPlan, programme: Programme, row: object) -> PlanIndicator:
    found = next((one for one in plan.indicators.get(programme.code, ()) if one.code == row), None)
    if found is None:
        raise EntryRefused(f"Indikator {quoted(str(row))} tidak ada pada program {programme.code}; pilih dari daftar.")
    return found


def _target(
    _: Connection, plan: StandingPlan, programme: Programme, draft: Draft, by: Person, at: datetime
) -> PlanChange:
    of, when = _indicator(plan, programme, draft.row), cells.period(draft.year, draft.period)
    known = plan.targets.get(of.code, {}).get(when)
    old = None if known is None else "..".join(plain(end) for end in (known.low, known.high) if end is not None)
    new = cells.target(draft.value, of.direction)
    return _change("target", of.code, when, old, new, by, at, cells.reason(draft.reason, needed=True))


def _realisation(
    _: Connection, plan: StandingPlan, programme: Programme, draft: Draft, by: Person, at: datetime
) -> PlanChange:
    of, when = _indicator(plan, programme, draft.row), cells.period(draft.year, draft.period)
    if of.live:
        raise EntryRefused(
            f"Indikator {of.code} diisi langsung dari {of.live}; tidak perlu dan tidak dapat diisi tangan."
        )
    first, known = cells.begun(when, at), plan.realised.get((of.code, when))
    new, old = cells.figure("Realisasi", draft.value), None if known is None else plain(known.value)
    why = cells.reason(draft.reason, needed=old is not None)
    day = cells.data_day(draft.day, at, first)
    return _change("realisasi", of.code, when, old, new, by, at, why, day, cells.links(draft.evidence))


def _action(
    _: Connection, plan: StandingPlan, programme: Programme, draft: Draft, by: Person, at: datetime
) -> PlanChange:
    of = next((one for one in plan.actions.get(programme.code, ()) if one.code == draft.row), None)
    if of is None:
        raise EntryRefused(f"Aksi {quoted(str(draft.row))} tidak ada pada program {programme.code}; pilih dari daftar.")
    old = None if of.progress is None else plain(of.progress)
    new, day = cells.figure("Progres", draft.value, HUNDRED), cells.data_day(draft.day, at, FIRST_DAY)
    why = cells.reason(draft.reason, needed=old is not None and Decimal(new) < Decimal(old))
    return _change("aksi", of.code, (0, "progres"), old, new, by, at, why, day, cells.links(draft.evidence))


def _course(
    _: Connection, __: StandingPlan, programme: Programme, draft: Draft, by: Person, at: datetime
) -> PlanChange:
    new = one_line(draft.value).casefold()
    if new not in COURSES:
        raise EntryRefused(f"Status {quoted(new)} tidak ada; tulis salah satu dari {', '.join(COURSES)}.")
    why = cells.reason(draft.reason, needed=True)
    return _change("program", programme.code, (0, "status"), programme.course, new, by, at, why)


def _money(
    connection: Connection, _: StandingPlan, programme: Programme, draft: Draft, by: Person, at: datetime
) -> PlanChange:
    year, _period = cells.period(draft.year, "tahunan")
    of = next((one for one in budgets(connection, at, programme.code) if one.year == year), None)
    if of is None:
        raise EntryRefused(
            f"Anggaran {programme.code} tahun {year} belum ada dalam dokumen; tambahkan pada Ubah rencana › Anggaran."
        )
    known = of.planned if draft.kind == PLANNED else of.spent
    old, new = None if known is None else plain(known), cells.figure("Rupiah", draft.value)
    why = cells.reason(draft.reason, needed=old is not None)
    return _change("anggaran", programme.code, (year, str(draft.kind)), old, new, by, at, why)


def _change(
    subject: str, code: str, when: Period, old: str | None, new: str, by: Person, at: datetime, why: str,
    day: date | None = None, evidence: str | None = None,
) -> PlanChange:  # fmt: skip
    year, part = when
    return PlanChange(at, subject, code, year, part, old, new, by.title, why, None, day, evidence)


_MAKERS = {
    "target": _target, "realisasi": _realisation, "aksi": _action, "status": _course, PLANNED: _money, SPENT: _money,
}  # fmt: skip
