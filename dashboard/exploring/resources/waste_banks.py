"""Bank sampah by kecamatan: how many are active, what they sold, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import months_of, until
from dashboard.indicators.month_window import earlier, last_whole_month
from dashboard.store.waste import BankSum, banks_between
from datasources.region import by_code
from datasources.resources.record_days import month_end

ACTIVE_MONTHS = 3
COLUMNS = (
    Column("kecamatan", "Kecamatan", "text"),
    Column("banks", "Bank sampah"),
    Column("active", "Aktif 3 bulan"),
    Column("customers", "Nasabah"),
    Column("sold", "Dijual", unit="kg"),
    Column("received", "Diterima", unit="kg"),
    Column("turnover", "Omzet", unit="Rp"),
)


def by_kecamatan(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per kecamatan with a bank, the one that sold most first."""
    first, last = months_of(filters, at, 12)
    whole = last_whole_month(until(filters, at))
    known = banks_between(connection, first, min(last, whole))
    if filters.kecamatan:
        known = [b for b in known if b.kecamatan_code == filters.kecamatan]
    if not known:
        return nothing("tidak ada laporan bank sampah dalam masa ini")
    since = earlier(whole, ACTIVE_MONTHS - 1)
    codes = dict.fromkeys(b.kecamatan_code for b in known)
    rows = [_row(code, [b for b in known if b.kecamatan_code == code], since) for code in codes]
    rows.sort(key=lambda row: -row["sold"])
    said = (
        "Aktif: menjual sesuatu dalam tiga bulan terakhir yang sudah berakhir.",
        "Yang dihitung pengurangan adalah yang dijual, bukan yang diterima.",
    )
    newest = month_end(max(b.newest for b in known))
    return Answer(COLUMNS, rows, n=len(known), data_time=newest, notes=said)


def _row(code: str, known: Sequence[BankSum], since: date) -> dict[str, Any]:
    return {
        "kecamatan": by_code()[code].name,
        "banks": len(known),
        "active": sum(b.newest_sale is not None and b.newest_sale >= since for b in known),
        "customers": _sum([b.customers for b in known]),
        "sold": sum((b.sold_kg for b in known), Decimal(0)),
        "received": _sum([b.received_kg for b in known]),
        "turnover": _sum([b.turnover_rp for b in known]),
    }


def _sum(amounts: Sequence[Any]) -> Any:
    """The sum of what is known; None when nothing is, and where a part is missing the sum would be too small."""
    return None if not amounts or any(a is None for a in amounts) else sum(amounts)


QUESTIONS = (
    Question(
        id="waste.banks", title="Bank sampah", family="lingkungan", topics=("waste",), form="table", ask=by_kecamatan,
        clock="Bulan dalam masa ini, sedikitnya 12 bulan ke belakang; kosong bila ada laporan yang tidak lengkap",
    ),
)  # fmt: skip
