"""Cells of a masterplan as people type them: targets, figures, days, reasons, evidence; each with its sentence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from dashboard.clock import wib
from dashboard.editing.entry import EntryRefused, names_a_person, one_line, quoted
from dashboard.formulas.plan_periods import NAMES, Period, first_day
from datasources import evidence
from datasources.resources import masterplan_cells
from datasources.resources.cells import Parse, amount
from datasources.resources.masterplan_forms import LARGEST
from datasources.resources.numbers import BadCell

SHORTEST_REASON, LONGEST_REASON = 10, 200
YEARS = range(2000, 2101)


def target(typed: object, direction: str) -> str:
    """'40' or '40..60', of the shape that the direction asks for. Raises EntryRefused."""
    found = str(_read("Target", typed, masterplan_cells.target))
    if (".." in found) != (direction == "rentang"):
        right = "rentang seperti 40–60" if direction == "rentang" else "satu angka seperti 40"
        raise EntryRefused(f"Target {quoted(one_line(typed))}: indikator ini berarah {direction}; tulis {right}.")
    return found


def figure(field: str, typed: object, highest: Decimal = LARGEST) -> str:
    """A number from 0 on, as its shortest decimal. Raises EntryRefused."""
    return masterplan_cells.plain(_read(field, typed, amount("", highest)))


def period(year: object, name: object) -> Period:
    """Raises EntryRefused."""
    whole = int(year) if isinstance(year, str | int) and str(year).isdecimal() and len(str(year)) == 4 else 0
    if whole not in YEARS or name not in NAMES:
        raise EntryRefused(f"Masa {quoted(f'{name} {year}')} tidak ada; pilih tahun dan masa dari daftar.")
    return whole, str(name)


def data_day(typed: object, at: datetime, not_before: date) -> date:
    """A day that has come, as '2026-11-24'. Raises EntryRefused."""
    clean, today = one_line(typed), wib(at).date()
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        raise EntryRefused(f"Tanggal data {quoted(clean)} bukan tanggal; yang benar seperti 2026-11-24.") from None
    if not not_before <= day <= today:
        raise EntryRefused(f"Tanggal data {quoted(clean)} di luar jangkauan; yang benar {not_before} sampai {today}.")
    return day


def begun(found: Period, at: datetime) -> date:
    """The first day of a period that has begun. Raises EntryRefused."""
    first = first_day(found)
    if first > wib(at).date():
        raise EntryRefused(f"Masa {found[1]} {found[0]} belum mulai; realisasi hanya untuk masa yang sudah berjalan.")
    return first


def reason(typed: object, needed: bool) -> str:
    """Why, in one sentence without numbers of persons. Raises EntryRefused."""
    clean = one_line(typed)
    if len(clean) > LONGEST_REASON or (needed and len(clean) < SHORTEST_REASON):
        raise EntryRefused(
            f"Alasan {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST_REASON} sampai {LONGEST_REASON} huruf, "
            "misalnya: Lampiran perbup diubah lewat rapat Dewan Smart City."
        )
    if names_a_person(clean):
        raise EntryRefused("Alasan memuat nomor telepon atau NIK; tulis tanpa nomor orang.")
    return clean


def links(typed: object) -> str | None:
    """Addresses of evidence, one a line; None for none. Raises EntryRefused."""
    try:
        return "\n".join(evidence.links(typed if isinstance(typed, str) else "")) or None
    except evidence.BadLink as bad:
        raise EntryRefused(f"{str(bad)[:1].upper()}{str(bad)[1:]}.") from None


def _read(field: str, typed: object, parse: Parse) -> Decimal:
    clean = one_line(typed)
    try:
        return parse(clean) if clean else _empty()
    except BadCell as bad:
        raise EntryRefused(f"{field} {bad}.") from None


def _empty() -> Decimal:
    raise BadCell("kosong; tulis angka seperti 12,5")
