"""The plan against time: what the document wants done by when, how far it is, by dimension and over the years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.masterplan.asked_plan import (
    TOPICS,
    coverage,
    first_notes,
    newest,
    of_dimension,
)
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.achievement import Weighted, progress
from dashboard.formulas.plan_periods import QUARTERS, day_after
from dashboard.indicators.judged_plan import (
    LEFT_OUT,
    JudgedProgramme,
    State,
    judged_plan,
    of_today,
)
from dashboard.indicators.plan_findings import NO_PLAN
from dashboard.indicators.plan_means import mean_progress, pooled_achievement
from dashboard.indicators.standing_plan import StandingPlan
from dashboard.store import measurements
from datasources.resources.masterplan_dimensions import dimensions
from datasources.resources.record_days import day_start

PROGRESS = "masterplan.progress"
POINTS = 40
PLANNED, ACTUAL = "Rencana dokumen", "Kemajuan dilaporkan"
STEPS = (
    "Rencana: bobot aksi yang tenggatnya sudah lewat; di antara tenggat tidak ditarik garis lurus. Kemajuan hanya dari "
    "program yang semua aksi jatuh temponya dilaporkan; banyaknya ditulis di sampingnya."
)
RULES = (
    "Capaian: naik = realisasi ÷ target; turun = 2 − realisasi ÷ target; rentang = 100 % di dalamnya. Dibatasi 0 "
    "sampai batas dokumen. Target 0 atau realisasi kosong: tidak dapat dihitung, tidak ikut rata-rata."
)


def by_dimension(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """One row a dimension, the whole last."""
    found = judged_plan(connection, at)
    if found is None:
        return nothing(NO_PLAN)
    plan, programmes = found
    rows = [_row(name, of_dimension(programmes, code)) for code, name in dimensions().items()]
    rows.append(_row("Semua dimensi", programmes))
    columns = (
        Column("name", "Dimensi", "text"), Column("programmes", "Program"),
        Column("planned", "Rencana", unit="%"), Column("actual", "Kemajuan", unit="%"),
        Column("of_programmes", "dari program", "text"),
        Column("achieved", "Capaian indikator", unit="%", decimals=1),
        Column("of_indicators", "dari indikator", "text"),
        Column("late", "Program lewat tenggat"),
    )  # fmt: skip
    notes = [*first_notes(plan), STEPS, RULES]
    return Answer(columns, rows, n=len(programmes), data_time=newest(plan), notes=notes)


def _row(name: str, programmes: Sequence[JudgedProgramme]) -> dict[str, Any]:
    done, achieved = mean_progress(programmes), pooled_achievement(programmes)
    late = sum(p.state is State.LATE for p in programmes)
    return {
        "name": name,
        "programmes": len(programmes),
        "planned": done.planned,
        "actual": done.actual,
        "of_programmes": f"{done.n} dari {done.m}",
        "achieved": achieved.mean,
        "of_indicators": coverage(achieved),
        "late": late,
        "status": "waspada" if late else None,
    }


def against_time(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """The planned course quarter by quarter, and the reported progress as it was measured."""
    found = judged_plan(connection, at)
    if found is None:
        return nothing(NO_PLAN)
    plan, programmes = found
    ends = _quarter_ends(plan)
    rows: list[dict[str, Any]] = [{"at": day_start(day), "value": _planned(plan, programmes, day), "line": PLANNED}
                                  for day in ends]  # fmt: skip
    rows += [{"at": moment, "value": value, "line": ACTUAL} for moment, value in _told(connection, plan, at)]
    columns = (
        Column("at", "Sampai", "moment", role="x"), Column("value", "Kemajuan", unit="%", decimals=1, role="y"),
        Column("line", "Garis", "text", role="group"),
    )  # fmt: skip
    return Answer(columns, rows, n=len(programmes), data_time=newest(plan), notes=[*first_notes(plan), STEPS])


def _quarter_ends(plan: StandingPlan) -> list[date]:
    years = range(min(d.first_year for d in plan.documents.values()),
                  max(d.last_year for d in plan.documents.values()) + 1)  # fmt: skip
    return [date(years[0], 1, 1), *(day_after((year, name)) for year in years for name in QUARTERS)]


def _planned(plan: StandingPlan, programmes: Sequence[JudgedProgramme], day: date) -> Decimal | None:
    counted = [p for p in programmes if p.state not in LEFT_OUT]
    works = (of_today(plan, plan.actions.get(p.of.code, ())) for p in counted)
    shares = [progress(Weighted(a.weight, a.due_on < day, None) for a in work).planned for work in works if work]
    known = [share for share in shares if share is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _told(connection: Connection, plan: StandingPlan, at: datetime) -> list[tuple[datetime, Decimal]]:
    """As known at each moment, from the beginning of the document on; nothing is filled in from before that."""
    start = min(day_start(date(d.first_year, 1, 1)) for d in plan.documents.values())
    lines = measurements.trend(connection, PROGRESS, start, at + timedelta(seconds=1), POINTS)
    return [(one.known_at.astimezone(UTC), one.value) for one in lines if one.value is not None]


QUESTIONS = (
    Question(
        id="masterplan.dimensions", title="Rencana dan kemajuan menurut dimensi", family="spbe", topics=TOPICS,
        form="table", clock="Sampai hari ini; capaian menurut masa bertarget yang terakhir selesai", ask=by_dimension,
        by_kecamatan=False, by_period=False,
    ),
    Question(
        id="masterplan.against_time", title="Kemajuan terhadap waktu", family="spbe", topics=TOPICS, form="lines",
        clock="Seluruh tahun dokumen, per triwulan; kemajuan sebagaimana terukur saat itu", ask=against_time,
        by_kecamatan=False, by_period=False,
    ),
)  # fmt: skip
