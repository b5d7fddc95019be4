"""Complaints (SP4N-LAPOR!) and requests for information (PPID): shares within their working-day clocks, oldest open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.working_days import WorkingCalendar
from dashboard.indicators import complaint_clocks as clocks
from dashboard.indicators.complaint_clocks import AsClock
from dashboard.indicators.counted_clocks import Counted, counted
from dashboard.indicators.indicator import Band, Finding, Formula, Indicator, Status
from dashboard.indicators.office_days import office_days
from dashboard.indicators.percent import percent
from dashboard.store.complaints import received_between, still_open
from dashboard.store.database import to_ms
from datasources.complaints.records import Complaint, Procedure
from datasources.dated_row import began

OWNER, TOPICS = "Diskominfo", ("complaints",)
QUARTER, YEAR = timedelta(days=90), timedelta(days=365)
NO_OPD = "OPD belum dicatat"
ROWS = 12
NONE = {"lapor": "belum ada pengaduan dalam masa ini", "ppid": "belum ada permohonan informasi dalam masa ini"}


def _within(procedure: Procedure, clock: AsClock, span: timedelta) -> Formula:
    """The share within its clock of those received in `span`; open ones past their limit are late at once."""

    def measured(connection: Connection, at: datetime) -> Finding:
        today = wib(at).date()
        received = received_between(connection, procedure, today - span, today)
        if not received:
            return Finding(None, None, missing=NONE[procedure])
        calendar = office_days(connection, today)
        found = counted(calendar, received, clock, today)
        detail = _detail(found, calendar, received, clock, today)
        newest = min(began(received[-1].received), at)
        if found.tally.share is None:
            return Finding(None, newest, n=0, missing="semua masih berjalan dalam batasnya", detail=detail)
        return Finding(percent(found.tally.share), newest, n=found.tally.decided, detail=detail)

    return measured


def _detail(
    found: Counted, calendar: WorkingCalendar, received: Sequence[Complaint], clock: AsClock, today: date
) -> dict[str, Any]:
    limits = wilson(found.tally.in_time, found.tally.decided)
    by_opd: defaultdict[str, list[Complaint]] = defaultdict(list)
    for complaint in received:
        by_opd[complaint.opd or NO_OPD].append(complaint)
    offices = [(opd, counted(calendar, some, clock, today).tally) for opd, some in by_opd.items()]
    offices.sort(key=lambda pair: (-pair[1].late, pair[0]))
    rows = [{"label": opd, "value": f"{t.in_time} dari {t.decided} tepat waktu"} for opd, t in offices[:ROWS]]
    return {
        "interval_95": [round(100 * x, 1) for x in limits] if limits else None,
        "masih_berjalan": found.tally.running,
        "lewat": found.tally.late,
        "dikecualikan": dict(found.excluded),
        "rows": rows,
    }


def oldest_open(connection: Connection, at: datetime) -> Finding:
    """Working days since the oldest open complaint was received; below it the oldest of each office."""
    today = wib(at).date()
    waiting = still_open(connection, "lapor", today)
    if not waiting:
        known = received_between(connection, "lapor", today - YEAR, today)
        if not known:
            return Finding(None, None, missing=NONE["lapor"])
        return Finding(Decimal(0), min(began(known[-1].received), at), n=0, band=NOTHING_OPEN, detail={"rows": []})
    calendar = office_days(connection, today)
    oldest: dict[str, Complaint] = {}
    for complaint in waiting:
        oldest.setdefault(complaint.opd or NO_OPD, complaint)
    late = counted(calendar, waiting, clocks.closing, today).tally.late
    rows = [
        {
            "label": f"{opd} · {clocks.KIND_TITLES[c.kind]}",
            "value": f"{clocks.age(calendar, c, today)} hari kerja",
            "status": "waspada" if counted(calendar, [c], clocks.closing, today).tally.late else None,
        }
        for opd, c in list(oldest.items())[:ROWS]
    ]
    detail = {"rows": rows, "terbuka": len(waiting), "lewat_batas": late, "sejak": to_ms(began(waiting[0].received))}
    band = PAST_LIMIT if late else WITHIN
    newest = min(began(max(c.received for c in waiting)), at)
    return Finding(Decimal(clocks.age(calendar, waiting[0], today)), newest, n=len(waiting), band=band, detail=detail)


NOTHING_OPEN, WITHIN, PAST_LIMIT = "Tidak ada yang terbuka", "Dalam batas", "Ada yang lewat batas"

INDICATORS = (
    Indicator(
        id="complaints.verified_in_time", title="Pengaduan diverifikasi ≤ 3 hari kerja", unit="%", topics=TOPICS,
        formula=_within("lapor", clocks.verification, QUARTER), owner=OWNER, basis=clocks.FLOW, decimals=1,
        clock="Diterima 90 hari terakhir; diterima → diverifikasi dan diteruskan, hari kerja", better="up",
        scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
    Indicator(
        id="complaints.answered_in_time", title="Pengaduan dijawab pertama ≤ 5 hari kerja", unit="%", topics=TOPICS,
        formula=_within("lapor", clocks.first_answer, QUARTER), owner=OWNER, basis=clocks.FLOW, decimals=1,
        clock=f"Diterima 90 hari terakhir; {clocks.ANSWER_CLOCK}", better="up",
        scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
    Indicator(
        id="complaints.closed_in_time", title="Pengaduan selesai tepat waktu", unit="%", topics=TOPICS,
        formula=_within("lapor", clocks.closing, YEAR), owner=OWNER, basis=clocks.NATIONAL, decimals=1, better="up",
        clock="Diterima 12 bulan terakhir; diterima → selesai, 5/14/60 hari kerja menurut kelas; yang lewat dan masih "
        "terbuka langsung terlambat", scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
    Indicator(
        id="complaints.oldest_open", title="Pengaduan terbuka tertua", unit="hari kerja", topics=TOPICS,
        formula=oldest_open, clock="Saat ini; hari kerja sejak diterima; yang dibuka lagi dihitung terbuka",
        owner=OWNER, basis=clocks.NATIONAL, better="down", family="spbe",
        bands=(Band(NOTHING_OPEN, Status.NORMAL), Band(WITHIN, Status.NORMAL), Band(PAST_LIMIT, Status.WASPADA)),
    ),
    Indicator(
        id="ppid.answered_in_time", title="Permohonan informasi dijawab tepat waktu", unit="%",
        topics=("information_requests",), formula=_within("ppid", clocks.information, YEAR), owner="PPID",
        basis=clocks.INFORMATION, decimals=1,
        clock="Diterima 12 bulan terakhir; diterima → dijawab, 10 hari kerja, 17 bila diperpanjang", better="up",
        scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
)  # fmt: skip
