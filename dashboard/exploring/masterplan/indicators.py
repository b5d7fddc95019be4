"""Every indicator of the plan in the period that is judged: target, realisation, achievement, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.masterplan.asked_plan import TOPICS, address, first_notes, newest
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.achievement import Target
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.plan_periods import words
from dashboard.formulas.written_number import written
from dashboard.indicators.judged_plan import JudgedIndicator, JudgedProgramme, judged_plan
from dashboard.indicators.plan_findings import NO_PLAN
from dashboard.indicators.plan_means import pooled_achievement

CANNOT = "tidak dapat dihitung: {why}"
COLUMNS = (
    Column("name", "Indikator", "text"), Column("code", "Kode", "text"), Column("opd", "OPD", "text"),
    Column("period", "Masa", "text"), Column("direction", "Arah", "text"), Column("target", "Target", "text"),
    Column("realised", "Realisasi", "text"), Column("achieved", "Capaian", unit="%", decimals=1),
    Column("why", "Keterangan", "text"), Column("measured", "Data per", "day"),
)  # fmt: skip


def indicators(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """Those that cannot be computed first, then the lowest achievement."""
    found = judged_plan(connection, at)
    if found is None:
        return nothing(NO_PLAN)
    plan, programmes = found
    rows = sorted(_rows(programmes), key=lambda row: (row["achieved"] is not None, row["achieved"] or Decimal(0)))
    of = pooled_achievement(programmes)
    mean = "tidak dapat dihitung" if of.mean is None else f"{written(of.mean, 1)} %"
    notes = [*first_notes(plan), f"Rata-rata capaian {mean}, dari {of.n} dari {of.m} indikator yang jatuh tempo."]
    return Answer(COLUMNS, rows, n=len(rows), data_time=newest(plan), notes=notes)


def _rows(programmes: list[JudgedProgramme]) -> Iterator[dict[str, Any]]:
    for programme in programmes:
        for one in programme.indicators:
            yield row(one) | {"opd": programme.of.opd, "link": "name", "href": address(programme.of.code)}


def row(one: JudgedIndicator) -> dict[str, Any]:
    """The cells of one indicator."""
    cannot = isinstance(one.achieved, NotComputable)
    simulated = ", SIMULASI" if one.simulated else ""
    live = f"langsung dari {one.of.live}, masa berjalan{simulated}" if one.live else ""
    why = CANNOT.format(why=one.achieved.missing) if isinstance(one.achieved, NotComputable) else ""
    return {
        "name": one.of.name,
        "code": one.of.code,
        "period": words(one.period) if one.period else None,
        "direction": one.of.direction,
        "target": target_words(one.target, one.of.unit),
        "realised": None if one.realised is None else f"{_shortest(one.realised)} {one.of.unit}",
        "achieved": None if cannot else one.achieved,
        "why": "; ".join(part for part in (why, live) if part) or None,
        "measured": _day(one.measured_at),
    }


def target_words(target: Target | None, unit: str) -> str | None:
    """'40 %' or '40–60 %'."""
    if target is None:
        return None
    ends = written(target.low) if target.high is None else f"{written(target.low)}–{written(target.high)}"
    return f"{ends} {unit}"


def _shortest(value: Decimal) -> str:
    """With the decimals it has, two at most."""
    places = -int(value.normalize().as_tuple().exponent)
    return written(value, min(2, max(0, places)))


def _day(at: date | datetime | None) -> date | None:
    return wib(at).date() if isinstance(at, datetime) else at


QUESTIONS = (
    Question(
        id="masterplan.indicators", title="Indikator", family="spbe", topics=TOPICS, form="table",
        clock="Masa bertarget yang terakhir selesai; yang langsung dari aplikasi menurut masa berjalan", ask=indicators,
        by_kecamatan=False, by_period=False,
    ),
)  # fmt: skip
