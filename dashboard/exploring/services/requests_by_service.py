"""Permits and civil registry: the share within the promise by service, and what is open past it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.words import LOCAL, OPEN_LATE, TOO_FEW, left_out, limits, share
from dashboard.indicators.counted_clocks import counted
from dashboard.indicators.office_days import office_days
from dashboard.indicators.request_clocks import promise
from dashboard.store.service_requests import still_open, submitted_between
from datasources.dated_row import began
from datasources.delivery.records import ServiceRequest

UNCERTAIN = "Garis pada batang: selang kepercayaan 95 % (Wilson). Selang yang saling menutupi bukan perbedaan."


def by_service(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One bar per service, the lowest share first."""
    requests, today = submitted_between(connection, filters.first, filters.last), wib(at).date()
    if not requests:
        return nothing("tidak ada permohonan yang masuk dalam masa ini")
    calendar = office_days(connection, today)
    services: defaultdict[tuple[str, str], list[ServiceRequest]] = defaultdict(list)
    for request in requests:
        services[request.service, request.opd].append(request)
    rows, excluded = [], Counter[str]()
    for (service, opd), some in services.items():
        found = counted(calendar, some, promise, today)
        excluded += found.excluded
        low, high = limits(found.tally)
        promised = sorted({r.limit_days for r in some if r.limit_days})
        rows.append({
            "service": service, "share": share(found.tally), "low": low, "high": high, "n": found.tally.decided,
            "opd": opd, "late": found.tally.late, "running": found.tally.running,
            "promise": ", ".join(map(str, promised)) or "belum ditetapkan",
        })  # fmt: skip
    rows.sort(key=lambda row: (row["share"] is None, row["share"] or 0, row["service"]))
    notes = (OPEN_LATE, UNCERTAIN, f"Kurang dari 5 kasus: {TOO_FEW}.", *left_out(excluded))
    newest = min(began(requests[-1].submitted), at)
    return Answer(COLUMNS, rows, n=len(requests), data_time=newest, notes=notes)


COLUMNS = (
    Column("service", "Layanan", "text", role="label"),
    Column("share", "Sesuai janji", unit="%", decimals=1, role="value"),
    Column("low", "Batas bawah 95 %", decimals=1, role="low"),
    Column("high", "Batas atas 95 %", decimals=1, role="high"),
    Column("n", "n", role="note", unit="permohonan"),
    Column("opd", "OPD", "text"),
    Column("late", "Lewat janji"),
    Column("running", "Masih dalam janji"),
    Column("promise", "Janji (hari kerja)", "text"),
)


def over_age(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Open requests by service: how many, how many past the promise, the oldest."""
    today = wib(at).date()
    waiting = still_open(connection, today)
    if not waiting:
        return nothing("tidak ada permohonan yang terbuka sekarang")
    calendar = office_days(connection, today)
    services: defaultdict[str, list[ServiceRequest]] = defaultdict(list)
    for request in waiting:
        services[request.service].append(request)
    rows: list[dict[str, Any]] = []
    for service, some in services.items():
        ages = sorted(calendar.elapsed(r.submitted, today) for r in some)
        late = counted(calendar, some, promise, today).tally.late
        rows.append({"service": service, "n": len(some), "late": late, "median": ages[(len(ages) - 1) // 2],
                     "oldest": ages[-1], "status": "waspada" if late else None})  # fmt: skip
    rows.sort(key=lambda row: (-row["late"], row["service"]))
    columns = (
        Column("service", "Layanan", "text"), Column("n", "Terbuka"), Column("late", "Lewat janji"),
        Column("median", "Umur median", unit="hari kerja"), Column("oldest", "Tertua", unit="hari kerja"),
    )  # fmt: skip
    newest = min(began(max(r.submitted for r in waiting)), at)
    return Answer(columns, rows, n=len(waiting), data_time=newest)


QUESTIONS = (
    Question(
        id="delivery.services", title="Perizinan dan kependudukan: sesuai janji layanan", family="spbe",
        topics=("service_requests",), form="bars", ask=by_service, by_kecamatan=False, basis=LOCAL,
        clock="Masuk dalam masa ini; berkas lengkap → selesai, hari kerja; janji tiap layanan; ukuran lokal",
    ),
    Question(
        id="delivery.open", title="Permohonan yang masih terbuka", family="spbe", topics=("service_requests",),
        form="table", ask=over_age, by_kecamatan=False, basis=LOCAL, clock="Saat ini; hari kerja sejak masuk",
    ),
)  # fmt: skip
