"""The documents with their validity, and who holds office: the plan goes on when they change."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.masterplan.asked_plan import TOPICS
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.indicators.plan_findings import NO_PLAN
from dashboard.indicators.standing_plan import EXAMPLE, in_force
from dashboard.store import masterplan_plan
from datasources.resources.masterplan_records import PlanDocument

RULE = (
    "Yang dipakai: masterplan yang masa berlakunya mencakup hari ini; yang resmi mendahului rancangan, rancangan "
    "mendahului contoh. Masa berlaku mengikuti dokumen, bukan masa jabatan siapa pun."
)


def documents(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """Every document, the newest first."""
    today, found = wib(at).date(), masterplan_plan.documents(connection)
    if not found:
        return nothing(NO_PLAN)
    used = in_force(found, today)
    columns = (
        Column("title", "Dokumen", "text"), Column("standing", "Status", "text"), Column("number", "Nomor", "text"),
        Column("years", "Tahun", "text"), Column("valid", "Berlaku", "text"),
        Column("elapsed", "Waktu berjalan", unit="%"), Column("used", "Dipakai", "text"),
    )  # fmt: skip
    rows = [
        {"title": one.title, "standing": EXAMPLE if one.standing == "contoh" else one.standing, "number": one.number,
         "years": f"{one.first_year}–{one.last_year}", "valid": _valid(one), "elapsed": elapsed(one, today),
         "used": "ya" if one.code in used else "tidak"}
        for one in found
    ]  # fmt: skip
    return Answer(columns, rows, n=len(rows), data_time=max(one.data_time for one in found), notes=(RULE,))


def elapsed(document: PlanDocument, today: date) -> Decimal:
    """How much of its years is over, in per cent."""
    first, end = date(document.first_year, 1, 1), date(document.last_year + 1, 1, 1)
    return Decimal(100 * min(max((today - first).days, 0), (end - first).days)) / (end - first).days


def _valid(one: PlanDocument) -> str:
    until = "belum dicabut" if one.valid_until is None else f"{one.valid_until:%d-%m-%Y}"
    return f"{one.valid_from:%d-%m-%Y} sampai {until}"


def holders(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """Who holds which office today, and since when."""
    found = masterplan_plan.holders_on(connection, wib(at).date())
    if not found:
        return nothing("pejabat belum diisi; lihat lembar Pejabat pada templat masterplan")
    columns = (
        Column("position", "Jabatan", "text"), Column("holder", "Pejabat", "text"),
        Column("since", "Sejak", "day"), Column("until", "Sampai", "day"),
    )  # fmt: skip
    rows = [
        {"position": one.position, "holder": one.holder, "since": one.valid_from, "until": one.valid_until}
        for one in sorted(found, key=lambda one: (one.opd is not None, one.position))
    ]
    note = "Nama adalah isian dengan masa berlaku; bila pejabat berganti, rencana dan targetnya tetap."
    return Answer(columns, rows, n=len(rows), data_time=max(one.data_time for one in found), notes=(note,))


QUESTIONS = (
    Question(
        id="masterplan.documents", title="Dokumen dan masa berlakunya", family="spbe", topics=TOPICS, form="table",
        clock="Semua dokumen; waktu berjalan sejak 1 Januari tahun pertamanya", ask=documents, by_kecamatan=False,
        by_period=False,
    ),
    Question(
        id="masterplan.holders", title="Pejabat saat ini", family="spbe", topics=TOPICS, form="table",
        clock="Yang menjabat hari ini menurut masa berlakunya", ask=holders, by_kecamatan=False, by_period=False,
    ),
)  # fmt: skip
