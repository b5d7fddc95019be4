"""Waste: how much there is, how much of it is reduced and handled, and how long the landfill lasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.waste_balance import BASIS, DOUBLE_COUNTED, WasteBalance, waste_balance
from dashboard.formulas.waste_targets import target_of, targets
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.landfill_outlook import Outlook, outlooks
from dashboard.indicators.month_window import days_in
from dashboard.indicators.percent import decimal, percent
from dashboard.indicators.waste_totals import (
    HANDLING,
    REDUCTION,
    WasteTotals,
    last_year,
    month_words,
    newest_end,
    totals,
)

OWNER = "DLH"
NO_MONTH = "belum ada bulan timbulan sampah dalam 18 bulan terakhir"
MONTHS = "12 bulan lengkap terakhir"
LAST_TARGET = targets()[max(targets())]
TARGET_BASIS = f"{LAST_TARGET.basis.words}; dipakai terus sesudah 2025 sampai aturan baru dikonfirmasi"
REDUCE = "perkuat bank sampah dan TPS3R di kecamatan terbesar (usulan, perlu konfirmasi DLH)"
HANDLE = "tambah ritasi armada ke TPS yang tidak terangkut (usulan, perlu konfirmasi DLH)"
EXTEND = "siapkan perluasan TPA atau kurangi yang masuk (usulan, perlu konfirmasi DLH)"
URGENT = "ajukan kepada Bupati lokasi pengganti atau darurat sampah (usulan, perlu konfirmasi DLH)"
LIFE_BANDS = (
    Band("Kurang dari 6 bulan", Status.KRITIS, None, Decimal(182), action=URGENT),
    Band("Kurang dari 2 tahun", Status.WASPADA, Decimal(182), Decimal(730), action=EXTEND),
    Band("Lebih dari 2 tahun", Status.NORMAL, Decimal(730), None),
)


def _bands(target: Decimal, action: str) -> tuple[Band, ...]:
    return (
        Band("Di bawah target", Status.WASPADA, None, target, action=action),
        Band("Mencapai target", Status.NORMAL, target, None),
    )


def generated(connection: Connection, at: datetime) -> Finding:
    """Tonnes a day."""
    year = last_year(connection, at, ())
    if year is None or not year.months:
        return Finding(None, None, missing=NO_MONTH)
    series = [{"x": month_words(m.month), "value": float(m.generated_t) / days_in(m.month)} for m in year.months]
    return Finding(
        decimal(year.per_day("generated_t")), newest_end(year.months), n=len(year.months),
        detail={"series": series, "rows": _quality(year)},
    )  # fmt: skip


def _share(parts: Sequence[str], pick: Callable[[WasteBalance], Fraction]) -> Callable[[Connection, datetime], Finding]:
    def measured(connection: Connection, at: datetime) -> Finding:
        year = last_year(connection, at, parts)
        if year is None:
            return Finding(None, None, missing=NO_MONTH)
        if not year.months:
            missing = f"tidak satu pun dari {len(year.incomplete)} bulan terisi semua kolomnya"
            return Finding(None, newest_end(year.incomplete), n=0, missing=missing)
        done = year.tonnes(*parts)
        nothing = Decimal(0)
        pair = (done, nothing) if parts is REDUCTION else (nothing, done)
        found = waste_balance(year.tonnes("generated_t"), *pair)
        if isinstance(found, NotComputable):
            return Finding(None, newest_end(year.months), n=len(year.months), missing=found.missing)
        return Finding(
            percent(pick(found)), newest_end(year.months), n=len(year.months),
            detail={"rows": [*_target_rows(year, parts is REDUCTION), *_quality(year)]},
        )  # fmt: skip

    return measured


def _target_rows(year: WasteTotals, reduced: bool) -> list[dict[str, Any]]:
    last = year.months[-1].month.year
    target = target_of(last)
    if target is None:
        return [{"label": f"Target {last}", "value": "perlu verifikasi"}]
    amount = target.reduced if reduced else target.handled
    word = "target 2025 yang dilanjutkan" if target.continued else "Perpres 97/2017"
    return [{"label": f"Target {last}", "value": f"{written(amount)} % ({word})"}]


def _quality(year: WasteTotals) -> list[dict[str, Any]]:
    """What the figure rests on: months left out, and tonnes that nobody weighed."""
    rows = [{"label": "Masa", "value": f"{month_words(year.months[0].month)}–{month_words(year.months[-1].month)}"}]
    if year.incomplete:
        rows.append({"label": "Bulan tidak lengkap, tidak dihitung", "value": str(len(year.incomplete))})
    if year.estimated:
        rows.append({"label": "Bulan dengan tonase perkiraan", "value": f"{year.estimated} dari {len(year.months)}"})
    whole = totals(year.months).balance
    if isinstance(whole, WasteBalance) and whole.double_counted:
        rows.append({"label": "Peringatan", "value": DOUBLE_COUNTED})
    return rows


def landfill_days(connection: Connection, at: datetime) -> Finding:
    """Days until the landfill that is full first is full, from its newest month on."""
    found = outlooks(connection, at)
    if not found:
        return Finding(None, None, missing="belum ada tonase masuk TPA dalam 18 bulan terakhir")
    first = found[0]
    rows = [_landfill_row(one) for one in found]
    if isinstance(first.by_year, NotComputable):
        return Finding(None, first.newest.data_time, n=len(found), missing=first.by_year.missing, detail={"rows": rows})
    gone = Fraction(int((at - first.newest.data_time).total_seconds()), 86_400)
    left = max(Fraction(0), first.by_year - gone)
    return Finding(decimal(left), first.newest.data_time, n=len(found), detail={"tpa": first.name, "rows": rows})


def _landfill_row(one: Outlook) -> dict[str, Any]:
    days = one.by_year.missing if isinstance(one.by_year, NotComputable) else f"{written(one.by_year, 0)} hari"
    assumed = " · kepadatan dan tanah penutup anggapan" if one.compaction.assumed else ""
    return {"label": f"{one.name} · {written(one.per_day, 1)} ton/hari{assumed}", "value": days}


INDICATORS = (
    Indicator(
        id="waste.generated", title="Timbulan sampah", unit="ton/hari", topics=("waste",), formula=generated,
        clock=f"Rata-rata per hari {MONTHS}", owner=OWNER, basis="Laporan bulanan DLH (SIPSN)", decimals=1,
        better="down", family="lingkungan", in_briefing=False,
    ),
    Indicator(
        id="waste.reduced", title="Sampah dikurangi", unit="%", topics=("waste",),
        formula=_share(REDUCTION, lambda balance: balance.reduced), owner=OWNER, basis=BASIS.words, decimals=1,
        clock=f"Pembatasan, guna ulang, daur ulang ÷ timbulan, {MONTHS}", better="up", target=LAST_TARGET.reduced,
        target_basis=TARGET_BASIS, bands=_bands(LAST_TARGET.reduced, REDUCE), scale=(Decimal(0), Decimal(100)),
        family="lingkungan",
    ),
    Indicator(
        id="waste.handled", title="Sampah ditangani", unit="%", topics=("waste",),
        formula=_share(HANDLING, lambda balance: balance.handled), owner=OWNER, basis=BASIS.words, decimals=1,
        clock=f"Diolah dan masuk TPA ÷ timbulan, {MONTHS}", better="up", target=LAST_TARGET.handled,
        target_basis=TARGET_BASIS, bands=_bands(LAST_TARGET.handled, HANDLE), scale=(Decimal(0), Decimal(100)),
        family="lingkungan",
    ),
    Indicator(
        id="waste.landfill_days", title="Sisa umur TPA", unit="hari", topics=("waste",), formula=landfill_days,
        clock="Dari sisa volume terukur dan tonase 12 bulan terakhir; TPA yang penuh lebih dahulu", owner=OWNER,
        basis="Hitungan lokal; ambang usulan, perlu konfirmasi DLH", better="up", bands=LIFE_BANDS,
        family="lingkungan",
    ),
)  # fmt: skip
