"""Requests for information (PPID) by office, against ten working days, or seventeen when they were extended."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.complaint_offices import FEW, by_opd
from dashboard.exploring.services.words import OPEN_LATE, left_out, limits, share
from dashboard.indicators import complaint_clocks as clocks
from dashboard.indicators.counted_clocks import counted
from dashboard.indicators.office_days import office_days
from dashboard.store.complaints import received_between
from datasources.dated_row import began

NONE = "tidak ada permohonan informasi yang diterima dalam masa ini"


def information(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Requests for information by office, with the interval of the share."""
    received, today = received_between(connection, "ppid", filters.first, filters.last), wib(at).date()
    if not received:
        return nothing(NONE)
    calendar = office_days(connection, today)
    rows, excluded = [], Counter[str]()
    for opd, some in by_opd(received).items():
        found = counted(calendar, some, clocks.information, today)
        excluded += found.excluded
        low, high = limits(found.tally)
        extended = sum(c.extended for c in some)
        rows.append({"opd": opd, "share": share(found.tally), "low": low, "high": high, "n": found.tally.decided,
                     "running": found.tally.running, "late": found.tally.late, "extended": extended})  # fmt: skip
    rows.sort(key=lambda row: (row["share"] is None, row["share"] or 0, row["opd"]))
    notes = (OPEN_LATE, FEW, *left_out(excluded))
    return Answer(SHARES, rows, n=len(received), data_time=began(received[-1].received), notes=notes)


SHARES = (
    Column("opd", "OPD", "text", role="label"),
    Column("share", "Tepat waktu", unit="%", decimals=1, role="value"),
    Column("low", "Batas bawah 95 %", decimals=1, role="low"),
    Column("high", "Batas atas 95 %", decimals=1, role="high"),
    Column("n", "n", role="note", unit="kasus"),
    Column("running", "Masih dalam batas"),
    Column("late", "Lewat"),
    Column("extended", "Diperpanjang"),
)

QUESTIONS = (
    Question(
        id="ppid.offices", title="Permohonan informasi (PPID) per OPD", family="spbe", topics=("information_requests",),
        form="bars", ask=information,
        clock="Diterima dalam masa ini; diterima → dijawab, 10 hari kerja, 17 bila diperpanjang",
        by_kecamatan=False, basis=clocks.INFORMATION,
    ),
)  # fmt: skip
