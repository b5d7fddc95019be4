"""Where the waste went: one balance of a year, and the two shares month by month beside their targets."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import months_of, until
from dashboard.formulas.waste_balance import BASIS, DOUBLE_COUNTED, WasteBalance
from dashboard.formulas.waste_targets import RPJMN, target_of
from dashboard.formulas.written_number import written
from dashboard.indicators.month_window import days_in
from dashboard.indicators.waste_totals import HANDLING, REDUCTION, WasteTotals, month_words, newest_end, totals
from dashboard.store.waste import months_between
from datasources.resources.waste_records import WasteMonth

NO_MONTHS = "tidak ada bulan timbulan sampah dalam masa ini"
PARTS = {
    "limited_t": "Pembatasan timbulan", "reused_t": "Guna ulang", "recycled_t": "Daur ulang",
    "processed_t": "Diolah", "landfilled_t": "Masuk TPA",
}  # fmt: skip


def _months(connection: Connection, filters: Filters, at: datetime) -> list[WasteMonth]:
    first, last = months_of(filters, at, 12)
    return [m for m in months_between(connection, first, last) if m.data_time <= until(filters, at)]


def balance(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One bar for each way, then what nobody took care of."""
    known = _months(connection, filters, at)
    found = totals(known)
    if not found.months:
        return nothing("tidak ada bulan yang semua kolomnya terisi" if known else NO_MONTHS)
    whole = found.balance
    assert isinstance(whole, WasteBalance)  # noqa: S101 - there is a month, and its timbulan is not empty
    rows = [_part(title, found.per_day(name), found) for name, title in PARTS.items()]
    if whole.unmanaged is not None:
        rows.append(_part("Tidak terkelola", whole.unmanaged * found.per_day("generated_t"), found))
    columns = (
        Column("way", "Jalan", "text", role="label"),
        Column("per_day", "Tonase", unit="ton/hari", decimals=1, role="value"),
        Column("share", "Bagian", unit="% timbulan", decimals=1, role="note"),
    )
    said = (
        f"Timbulan {written(found.per_day('generated_t'), 1)} ton/hari, rata-rata {len(found.months)} bulan "
        f"{month_words(found.months[0].month)}–{month_words(found.months[-1].month)}.",
        *([f"Peringatan: {DOUBLE_COUNTED}."] if whole.double_counted else []),
        *quality(found),
    )
    return Answer(columns, rows, n=len(found.months), data_time=newest_end(found.months), notes=said)


def _part(title: str, per_day: Fraction, found: WasteTotals) -> dict[str, Any]:
    return {"way": title, "per_day": per_day, "share": per_day / found.per_day("generated_t") * 100}


def quality(found: WasteTotals) -> list[str]:
    """Months left out, and months that nobody weighed."""
    said = []
    if found.incomplete:
        named = ", ".join(month_words(m.month) for m in found.incomplete[:6])
        said.append(f"{len(found.incomplete)} bulan tidak dihitung karena kolomnya kosong: {named}.")
    if found.estimated:
        said.append(f"{found.estimated} dari {len(found.months)} bulan memakai tonase perkiraan, bukan timbangan.")
    return said


def by_month(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Both shares and the targets that somebody has read."""
    known = _months(connection, filters, at)
    if not known:
        return nothing(NO_MONTHS)
    columns = (
        Column("month", "Bulan", "day", role="x"),
        Column("reduced", "Dikurangi", unit="%", decimals=1, role="y"),
        Column("handled", "Ditangani", unit="%", decimals=1, role="y"),
        Column("reduced_target", "Target pengurangan", unit="%", role="y"),
        Column("handled_target", "Target penanganan", unit="%", role="y"),
        Column("per_day", "Timbulan (ton/hari)", decimals=1),
    )
    rows = [_month(m) for m in known]
    said = [
        "Target tahun sebelum 2025 perlu verifikasi dan tidak digambar; sesudah 2025 target 2025 dilanjutkan.",
        f"{RPJMN.words}: belum dipakai.",
        *quality(totals(known)),
    ]
    return Answer(columns, rows, n=len(known), data_time=newest_end(known), notes=said)


def _month(month: WasteMonth) -> dict[str, Any]:
    target = target_of(month.month.year)
    return {
        "month": month.month,
        "reduced": _percent(month, REDUCTION),
        "handled": _percent(month, HANDLING),
        "reduced_target": target.reduced if target else None,
        "handled_target": target.handled if target else None,
        "per_day": Fraction(month.generated_t) / days_in(month.month),
    }


def _percent(month: WasteMonth, names: tuple[str, ...]) -> Fraction | None:
    parts = [getattr(month, name) for name in names]
    if not month.generated_t or any(part is None for part in parts):
        return None
    return Fraction(sum(parts)) / Fraction(month.generated_t) * 100


QUESTIONS = (
    Question(
        id="waste.balance", title="Neraca sampah", family="lingkungan", topics=("waste",), form="bars", ask=balance,
        clock="Rata-rata bulan dalam masa ini, sedikitnya 12 bulan ke belakang; hanya bulan yang lengkap",
        by_kecamatan=False, basis=BASIS.words,
    ),
    Question(
        id="waste.by_month", title="Pengurangan dan penanganan tiap bulan", family="lingkungan", topics=("waste",),
        form="lines", ask=by_month, by_kecamatan=False, basis=BASIS.words,
        clock="Bagian dari timbulan bulan itu; sedikitnya 12 bulan ke belakang",
    ),
)  # fmt: skip
