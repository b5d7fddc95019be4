"""What the plan in force gives as figures: schedule, progress, achievement with coverage, reports, changed targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Finding, Formula
from dashboard.indicators.judged_plan import JudgedProgramme, State, judged_plan
from dashboard.indicators.plan_means import mean_progress, pooled_achievement, told
from dashboard.indicators.standing_plan import EXAMPLE, StandingPlan
from dashboard.store.database import to_ms
from dashboard.store.masterplan_changes import PlanChange, changes_between
from dashboard.store.masterplan_words import TARGET, shown
from datasources.resources.masterplan_dimensions import dimensions
from datasources.resources.record_days import day_start

NO_PLAN = "belum ada masterplan yang berlaku; lihat templat masterplan"
LISTED = 12
CHANGES_OF = timedelta(days=90)
HELD_TO_IT = (State.LATE, State.SILENT, State.ON_SCHEDULE)
"""States of programmes that the document wants at work by now, and whose actions say how far they are."""

Judge = Callable[[StandingPlan, Sequence[JudgedProgramme]], Finding]


def of_plan(judge: Judge) -> Formula:
    """Of the plan in force; an example is called so wherever its figure stands."""

    def measured(connection: Connection, at: datetime) -> Finding:
        found = judged_plan(connection, at)
        if found is None:
            return Finding(None, None, missing=NO_PLAN)
        fed = any(one.simulated for p in found[1] for one in p.indicators)
        return replace(judge(*found), simulated=found[0].is_example or fed)

    return measured


def _about(plan: StandingPlan) -> dict[str, Any]:
    titles = "; ".join(one.title for one in plan.documents.values())
    if plan.is_example:
        return {"tentang": f"{EXAMPLE}, bukan program nyata: {titles}", "tanda": EXAMPLE}
    return {"tentang": titles}


def _newest(plan: StandingPlan) -> datetime | None:
    days = [one.measured_on for one in plan.realised.values()]
    days += [a.reported_on for many in plan.actions.values() for a in many if a.reported_on]
    return day_start(max(days)) if days else None


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(100 * part) / whole if whole else None


def on_schedule(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """Of the programmes that are to be at work: those without an action past its day."""
    held = [p for p in programmes if p.state in HELD_TO_IT]
    good = sum(p.state is State.ON_SCHEDULE for p in held)
    detail = {**_about(plan), "remark": f"{good} dari {len(held)} program yang harus berjalan"}
    missing = "" if held else "tidak ada program dengan aksi yang harus berjalan"
    return Finding(_share(good, len(held)), _newest(plan), n=len(held), missing=missing, detail=detail)


def behind(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """Programmes with an action that is past its day, not done or not reported; the most of them first."""
    found = sorted((p for p in programmes if p.state in (State.LATE, State.SILENT)), key=_worst_first)
    rows = [{"label": f"{p.of.opd}: {p.of.name}", "value": _behind(p)} for p in found[:LISTED]]
    held = sum(p.state in HELD_TO_IT for p in programmes)
    calm = [{"label": "Semua program yang harus berjalan sesuai rencana"}]
    return Finding(Decimal(len(found)), _newest(plan), n=held, detail={**_about(plan), "rows": rows, "calm": calm})


def _worst_first(one: JudgedProgramme) -> tuple[int, int, str]:
    return -one.progress.late, -one.progress.silent, one.of.code


def _behind(one: JudgedProgramme) -> str:
    late, silent = one.progress.late, one.progress.silent
    parts = [f"{late} aksi lewat tenggat"] if late else []
    return ", ".join([*parts, *([f"{silent} belum dilaporkan"] if silent else [])])


def progress(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """How far the actions are by weight, beside what the document wants done by today; over the same programmes."""
    found = mean_progress(programmes)
    if found.actual is None or found.planned is None:
        silent = (
            f"aksi yang jatuh tempo belum dilaporkan pada {found.m} program" if found.m else "belum ada rencana aksi"
        )
        return Finding(None, _newest(plan), n=0, missing=silent, detail=_about(plan))
    planned = written(found.planned, 1)
    rows = [{"label": "Rencana dokumen sampai hari ini", "value": f"{planned} %"}]
    rows += [{"label": name, "value": _progress_words(of)} for name, of in _by_dimension(programmes)]
    remark = (
        f"Rencana sampai hari ini {planned} %; rata-rata {found.n} dari {found.m} program yang semua aksinya dilaporkan"
    )
    return Finding(found.actual, _newest(plan), n=found.n, detail={**_about(plan), "rows": rows, "remark": remark})


def _progress_words(programmes: Sequence[JudgedProgramme]) -> str:
    found = mean_progress(programmes)
    if found.actual is None or found.planned is None:
        return "tidak dapat dihitung"
    return f"{written(found.actual, 0)} %, rencana {written(found.planned, 0)} % ({found.n} dari {found.m})"


def achievement(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """The mean achievement over the indicators that are due, and beside it of how many it could be computed."""
    found = pooled_achievement(programmes)
    rows = [{"label": name, "value": _mean_words(of)} for name, of in _by_dimension(programmes)]
    remark = f"Rata-rata {found.n} dari {found.m} indikator yang jatuh tempo; sisanya tidak dapat dihitung"
    detail = {**_about(plan), "rows": rows, "remark": remark}
    missing = "" if found.n else f"0 dari {found.m} indikator dapat dihitung"
    return Finding(found.mean, _newest(plan), n=found.n, missing=missing, detail=detail)


def _mean_words(programmes: Iterable[JudgedProgramme]) -> str:
    found = pooled_achievement(programmes)
    mean = "tidak dapat dihitung" if found.mean is None else f"{written(found.mean, 1)} %"
    return f"{mean} ({found.n} dari {found.m})"


def _by_dimension(programmes: Sequence[JudgedProgramme]) -> list[tuple[str, list[JudgedProgramme]]]:
    return [(name, [p for p in programmes if p.dimension == code]) for code, name in dimensions().items()]


def reported(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """Of the indicators whose period is over (or fed live): those that have a value for it."""
    n, m = told(programmes)
    lacking = [(name, *told(of)) for name, of in _by_dimension(programmes)]
    rows = [{"label": name, "value": f"{k} dari {of}"} for name, k, of in lacking if of]
    detail = {**_about(plan), "rows": rows, "remark": f"{n} dari {m} indikator yang jatuh tempo sudah berisi"}
    return Finding(_share(n, m), _newest(plan), n=m, missing="" if m else "belum ada indikator yang jatuh tempo",
                   detail=detail)  # fmt: skip


def quick_wins(plan: StandingPlan, programmes: Sequence[JudgedProgramme]) -> Finding:
    """Of the quick wins: those done, or at work without an action past its day."""
    every = [p for p in programmes if p.of.quick_win and p.state is not State.ENDED]
    good = sum(p.state in (State.DONE, State.ON_SCHEDULE) for p in every)
    rows = [{"label": f"{p.of.opd}: {p.of.name}", "value": p.state.value} for p in every[:LISTED]]
    detail = {**_about(plan), "rows": rows, "remark": f"{good} dari {len(every)} quick win"}
    missing = "" if every else "dokumen tidak menyebut quick win"
    return Finding(_share(good, len(every)), _newest(plan), n=len(every), missing=missing, detail=detail)


def targets_changed(connection: Connection, at: datetime) -> Finding:
    """Targets that became others in the last 90 days, the newest first: old → new, by whom and why."""
    found_plan = judged_plan(connection, at)
    if found_plan is None:
        return Finding(None, None, missing=NO_PLAN)
    plan, found = found_plan[0], changes_between(connection, at - CHANGES_OF, at, TARGET)
    rows = [_changed(one) for one in found[:LISTED]]
    detail = {**_about(plan), "rows": rows, "calm": [{"label": "Tidak ada target yang diubah"}]}
    newest = found[0].at if found else None
    return Finding(Decimal(len(found)), newest, n=len(found), detail=detail, simulated=plan.is_example)


def _changed(one: PlanChange) -> dict[str, Any]:
    return {
        "label": f"{one.code} {one.year} {one.part}, {one.by}",
        "value": f"{shown(one.old)} → {shown(one.new)}",
        "since": to_ms(one.at),
    }
