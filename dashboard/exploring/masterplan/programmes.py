"""Every programme against its document: years, actions planned and done, achievement with coverage, state, money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.masterplan.asked_plan import TOPICS, address, coverage, first_notes, newest
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.indicators.judged_plan import JudgedProgramme, State, judged_plan
from dashboard.indicators.plan_findings import NO_PLAN
from dashboard.indicators.standing_budgets import budgets
from datasources.resources.masterplan_dimensions import dimensions
from datasources.resources.masterplan_records import Budget

ORDER = tuple(State)
"""What asks for attention first."""
MILLION = Decimal(1_000_000)


def programmes(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """One row a programme, the late ones first; its name leads to its page."""
    found = judged_plan(connection, at)
    if found is None:
        return nothing(NO_PLAN)
    plan, every = found
    rows = [_row(one) for one in sorted(every, key=lambda p: (ORDER.index(p.state), p.of.code))]
    columns = (
        Column("name", "Program", "text"), Column("code", "Kode", "text"), Column("opd", "OPD", "text"),
        Column("dimension", "Dimensi", "text"), Column("years", "Tahun", "text"),
        Column("planned", "Rencana", unit="%"), Column("actual", "Kemajuan", unit="%"),
        Column("achieved", "Capaian", unit="%", decimals=1), Column("of", "dari indikator", "text"),
        Column("state", "Keadaan", "text"),
    )  # fmt: skip
    notes = [*first_notes(plan), "Kemajuan kosong: ada aksi jatuh tempo yang belum dilaporkan, jadi tidak dihitung."]
    return Answer(columns, rows, n=len(rows), data_time=newest(plan), notes=notes)


def _row(one: JudgedProgramme) -> dict[str, Any]:
    achieved = one.achieved
    quick = " (quick win)" if one.of.quick_win else ""
    return {
        "name": one.of.name,
        "code": one.of.code,
        "opd": one.of.opd,
        "dimension": dimensions()[one.dimension],
        "years": f"{one.of.first_year}–{one.of.last_year}{quick}",
        "planned": one.progress.planned,
        "actual": one.progress.actual,
        "achieved": achieved.mean,
        "of": coverage(achieved),
        "state": one.state.value,
        "status": "waspada" if one.state is State.LATE else None,
        "link": "name",
        "href": address(one.of.code),
    }


def money(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """Budget and spending of each year, over the programmes of the plan; what nobody told is counted as not told."""
    found = judged_plan(connection, at)
    if found is None:
        return nothing(NO_PLAN)
    plan, every = found
    by_year: defaultdict[int, list[Budget]] = defaultdict(list)
    for one in budgets(connection, at):
        if one.programme in plan.programmes:
            by_year[one.year].append(one)
    if not by_year:
        return nothing("anggaran belum diisi; lihat lembar Anggaran pada templat masterplan")
    columns = (
        Column("year", "Tahun", "text"), Column("planned", "Pagu", unit="juta rupiah"),
        Column("of_planned", "dari program", "text"), Column("spent", "Realisasi", unit="juta rupiah"),
        Column("share", "Realisasi terhadap pagunya", unit="%", decimals=1), Column("of_spent", "dari program", "text"),
    )  # fmt: skip
    rows = [_year(year, of, len(every)) for year, of in sorted(by_year.items())]
    notes = [
        *first_notes(plan),
        "Persentase hanya dari program yang realisasinya dilaporkan, terhadap pagu program itu.",
    ]
    return Answer(columns, rows, n=sum(map(len, by_year.values())), data_time=newest(plan), notes=notes)


def _year(year: int, found: Sequence[Budget], programmes_of_plan: int) -> dict[str, Any]:
    told = [one for one in found if one.spent is not None]
    spent = sum((one.spent or Decimal(0) for one in told), Decimal(0))
    planned_of_told = sum((one.planned for one in told), Decimal(0))
    return {
        "year": str(year),
        "planned": sum((one.planned for one in found), Decimal(0)) / MILLION,
        "of_planned": f"{len(found)} dari {programmes_of_plan}",
        "spent": spent / MILLION if told else None,
        "share": 100 * spent / planned_of_told if planned_of_told else None,
        "of_spent": f"{len(told)} dari {len(found)}",
    }


QUESTIONS = (
    Question(
        id="masterplan.programmes", title="Program", family="spbe", topics=TOPICS, form="table",
        clock="Sampai hari ini; rencana menurut tenggat dan bobot aksi dalam dokumen", ask=programmes,
        by_kecamatan=False, by_period=False,
    ),
    Question(
        id="masterplan.money", title="Anggaran", family="spbe", topics=TOPICS, form="table",
        clock="Pagu dan realisasi setiap tahun dokumen", ask=money, by_kecamatan=False, by_period=False,
    ),
)  # fmt: skip
