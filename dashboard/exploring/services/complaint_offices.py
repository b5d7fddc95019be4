"""Complaints by office and by week, against their clocks in working days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.words import LEAST, OPEN_LATE, TOO_FEW, left_out, share
from dashboard.formulas.working_days import WorkingCalendar
from dashboard.indicators import complaint_clocks as clocks
from dashboard.indicators.catalogue.complaints import NO_OPD
from dashboard.indicators.complaint_clocks import AsClock
from dashboard.indicators.counted_clocks import counted
from dashboard.indicators.office_days import office_days
from dashboard.store.complaints import received_between, still_open
from datasources.complaints.records import Complaint
from datasources.dated_row import began

NONE = "tidak ada pengaduan yang diterima dalam masa ini"
THREE: dict[str, AsClock] = {
    "verified": clocks.verification, "answered": clocks.first_answer, "closed": clocks.closing,
}  # fmt: skip
FEW = f"Persentase dari kurang dari {LEAST} kasus tidak ditulis ({TOO_FEW})."


def by_opd(complaints: Sequence[Complaint]) -> dict[str, list[Complaint]]:
    """Office → its complaints, in the order of their day."""
    offices: defaultdict[str, list[Complaint]] = defaultdict(list)
    for complaint in complaints:
        offices[complaint.opd or NO_OPD].append(complaint)
    return offices


def by_office(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per office, the one with most late ones first."""
    received, today = received_between(connection, "lapor", filters.first, filters.last), wib(at).date()
    if not received:
        return nothing(NONE)
    calendar = office_days(connection, today)
    waiting = by_opd(still_open(connection, "lapor", today))
    rows = [_row(opd, some, waiting.get(opd, []), calendar, today) for opd, some in by_opd(received).items()]
    rows.sort(key=lambda row: (-row["late"], row["opd"]))
    total = _row("Semua OPD", received, [c for some in waiting.values() for c in some], calendar, today)
    excluded = counted(calendar, received, clocks.closing, today).excluded
    notes = (OPEN_LATE, FEW, *left_out(excluded), CLOCKS)
    return Answer(COLUMNS, [*rows, total], n=len(received), data_time=began(received[-1].received), notes=notes)


CLOCKS = (
    f"Verifikasi {clocks.VERIFIED} hari kerja: diterima → diteruskan. "
    f"Jawaban {clocks.ANSWERED}: {clocks.ANSWER_CLOCK}. "
    "Selesai sejak diterima: permintaan informasi 5, pengaduan 14, berkadar pengawasan 60 hari kerja; libur nasional "
    "dan cuti bersama tidak dihitung. Batas ini dikutip, perlu verifikasi."
)
COLUMNS = (
    Column("opd", "OPD", "text"),
    Column("n", "Diterima"),
    Column("verified", "Verifikasi ≤ 3", unit="%", decimals=1),
    Column("answered", "Jawab ≤ 5", unit="%", decimals=1),
    Column("closed", "Selesai tepat", unit="%", decimals=1),
    Column("closed_n", "n selesai/lewat"),
    Column("late", "Lewat batas"),
    Column("reopened", "Dibuka lagi", unit="%", decimals=1),
    Column("open", "Terbuka kini"),
    Column("oldest", "Tertua", unit="hari kerja"),
)


def _row(
    opd: str, some: Sequence[Complaint], waiting: Sequence[Complaint], calendar: WorkingCalendar, today: date
) -> dict[str, Any]:
    verified, answered, closed = (counted(calendar, some, clock, today).tally for clock in THREE.values())
    ended = [c for c in some if c.closed is not None and not c.left_out]
    again = sum(c.reopened is not None for c in ended)
    oldest = max((clocks.age(calendar, c, today) for c in waiting), default=None)
    return {
        "opd": opd,
        "n": len(some),
        "verified": share(verified),
        "answered": share(answered),
        "closed": share(closed),
        "closed_n": closed.decided,
        "late": closed.late,
        "reopened": round(100 * again / len(ended), 1) if len(ended) >= LEAST else None,
        "open": len(waiting),
        "oldest": oldest,
        "status": "waspada" if counted(calendar, waiting, clocks.closing, today).tally.late else None,
    }


def by_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Shares of those received in each ISO week; weeks whose clocks still run are not final."""
    received, today = received_between(connection, "lapor", filters.first, filters.last), wib(at).date()
    if not received:
        return nothing(NONE)
    calendar = office_days(connection, today)
    weeks: defaultdict[date, list[Complaint]] = defaultdict(list)
    for complaint in received:
        weeks[complaint.received - timedelta(days=complaint.received.weekday())].append(complaint)
    rows = []
    for monday, some in sorted(weeks.items()):
        tallies = {name: counted(calendar, some, clock, today).tally for name, clock in THREE.items()}
        rows.append({"week": monday, "n": len(some), "running": tallies["closed"].running}
                    | {name: share(t) for name, t in tallies.items()})  # fmt: skip
    columns = (
        Column("week", "Minggu mulai Senin", "day", role="x"),
        Column("verified", "Verifikasi ≤ 3", unit="%", decimals=1, role="y"),
        Column("answered", "Jawab ≤ 5", unit="%", decimals=1, role="y"),
        Column("closed", "Selesai tepat", unit="%", decimals=1, role="y"),
        Column("n", "Diterima"), Column("running", "Masih dalam batas"),
    )  # fmt: skip
    notes = (OPEN_LATE, FEW, "Minggu-minggu terakhir belum final: sebagian masih dalam batasnya.")
    return Answer(columns, rows, n=len(received), data_time=began(received[-1].received), notes=notes)


def open_now(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """What is open now, by office and class: how many, past the limit, and the ages in working days."""
    today = wib(at).date()
    waiting = still_open(connection, "lapor", today)
    if not waiting:
        return nothing("tidak ada pengaduan yang terbuka sekarang")
    calendar = office_days(connection, today)
    groups: defaultdict[tuple[str, str], list[Complaint]] = defaultdict(list)
    for complaint in waiting:
        groups[complaint.opd or NO_OPD, clocks.KIND_TITLES[complaint.kind]].append(complaint)
    rows: list[dict[str, Any]] = []
    for (opd, kind), some in groups.items():
        ages = sorted(clocks.age(calendar, c, today) for c in some)
        found = counted(calendar, some, clocks.closing, today).tally
        rows.append({
            "opd": opd, "kind": kind, "n": len(some), "late": found.late, "median": ages[(len(ages) - 1) // 2],
            "oldest": ages[-1], "reopened": sum(c.reopened is not None for c in some),
            "status": "waspada" if found.late else None,
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["oldest"], row["opd"]))
    columns = (
        Column("opd", "OPD", "text"), Column("kind", "Kelas", "text"), Column("n", "Terbuka"),
        Column("late", "Lewat batas"), Column("median", "Umur median", unit="hari kerja"),
        Column("oldest", "Tertua", unit="hari kerja"), Column("reopened", "Dibuka lagi"),
    )  # fmt: skip
    newest = began(max(c.received for c in waiting))
    return Answer(columns, rows, n=len(waiting), data_time=newest, notes=(CLOCKS,))


TOPICS = ("complaints",)

QUESTIONS = (
    Question(
        id="complaints.offices", title="Pengaduan per OPD", family="spbe", topics=TOPICS, form="table", ask=by_office,
        clock="Diterima dalam masa ini; jam setiap tahap dalam hari kerja; terbuka dan tertua: saat ini",
        by_kecamatan=False, basis=clocks.NATIONAL,
    ),
    Question(
        id="complaints.weeks", title="Pengaduan tepat waktu per minggu", family="spbe", topics=TOPICS, form="lines",
        ask=by_week, clock="Menurut minggu diterima; verifikasi dan selesai sejak diterima, jawaban sejak diteruskan",
        by_kecamatan=False, basis=clocks.NATIONAL,
    ),
    Question(
        id="complaints.open", title="Pengaduan yang masih terbuka", family="spbe", topics=TOPICS, form="table",
        ask=open_now, clock="Saat ini; hari kerja sejak diterima", by_kecamatan=False, basis=clocks.NATIONAL,
    ),
)  # fmt: skip
