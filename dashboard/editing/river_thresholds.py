"""Siaga thresholds of a river post: what an officer typed, checked, with source and the day from which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection

from dashboard.clock import WIB
from dashboard.editing.entry import EntryRefused, one_line, quoted, signed, whole_number
from dashboard.formulas.river_limits import LIMITS
from dashboard.formulas.siaga import Step, checked_steps
from dashboard.store import river_thresholds as store
from dashboard.store.people import Person
from dashboard.store.river_thresholds import Threshold

SCHEMES = {
    "angka": ("Siaga IV", "Siaga III", "Siaga II", "Siaga I"),
    "warna": ("Siaga hijau", "Siaga kuning", "Siaga merah"),
}
"""The two ways of naming the steps, each from the lowest up; IV is the lowest, as hijau is."""
QUANTITIES = {"river_level": "Tinggi muka air (m)", "discharge": "Debit (m³/s)"}
OLDEST = date(2000, 1, 1)
BASIS_LENGTHS, ACTION_LENGTHS, OPD_LENGTHS = (5, 256), (5, 200), (2, 64)
EXAMPLE = "misalnya 2,20"


@dataclass(frozen=True, slots=True)
class TypedStep:
    """One line of the form, as typed."""

    value: str | None
    returns_at: str | None
    opd: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole form, as typed. `steps` by the words of the scheme; the day is '2026-11-24'."""

    station: str | None
    quantity: str | None
    scheme: str | None
    steps: dict[str, TypedStep]
    valid_from: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """Thresholds that can be kept."""

    station: str
    quantity: str
    valid_from: datetime
    steps: tuple[Threshold, ...]
    basis: str


def checked(draft: Draft, posts: Sequence[tuple[str, str]], at: datetime) -> Checked:
    """What was meant, for one of the known (station, quantity) `posts`. A line without a value is no step.

    Raises EntryRefused.
    """
    post = (draft.station or "", draft.quantity or "")
    if post not in posts:
        raise EntryRefused(f"Pos {quoted(' '.join(post).strip())} tidak dikenal; pilih pos dari daftar.")
    words = SCHEMES.get(draft.scheme or "")
    if words is None:
        raise EntryRefused(
            f"Penamaan {quoted(draft.scheme or '')} tidak ada; pilih Siaga IV–I atau hijau-kuning-merah."
        )
    typed = {word: draft.steps[word] for word in words if word in draft.steps and one_line(draft.steps[word].value)}
    if not typed:
        raise EntryRefused(f"Belum ada satu ambang pun; isi sedikitnya satu tingkat, {EXAMPLE}.")
    steps = tuple(_step(word, step, post[1]) for word, step in typed.items())
    try:
        checked_steps([Step(step.value, step.returns_at) for step in steps])
    except ValueError as wrong:
        raise EntryRefused(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}; urutkan {', '.join(typed)}.") from None
    return Checked(*post, _day(draft.valid_from, at), steps, _text("Sumber", draft.basis, BASIS_LENGTHS,
                   "SK Bupati 188/2026 atau surat PJT I 12 Januari 2026"))  # fmt: skip


def keep(connection: Connection, entry: Checked, by: Person, at: datetime) -> None:
    """Keep checked thresholds, in place of those for the same day; the log tells old, new and on what they rest."""
    before = _said(next((e.steps for e in store.standing_thresholds(connection)
                         if (e.station, e.parameter) == (entry.station, entry.quantity)), ()))  # fmt: skip
    number = store.keep_thresholds(
        connection, entry.station, entry.quantity, entry.valid_from, entry.steps, entry.basis, by.title, at
    )
    about = f"nomor {number}, {entry.station} {entry.quantity}: {before} → {_said(entry.steps)}; {entry.basis}"
    signed(connection, by, at, "ambang siaga", about)


def _said(steps: Sequence[Threshold]) -> str:
    return ", ".join(f"{step.word} {step.value}" for step in steps) or "belum ada"


def withdraw(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Take an entry away, so that the one before counts again. Raises EntryRefused."""
    entry = whole_number(number)
    if entry is None or not store.withdraw_thresholds(connection, entry, at):
        raise EntryRefused(
            f"Ambang nomor {quoted(str(number))} tidak ada lagi; muat ulang halaman untuk daftar terbaru."
        )
    signed(connection, by, at, "ambang siaga ditarik", f"nomor {entry}")


def _step(word: str, typed: TypedStep, quantity: str) -> Threshold:
    back = one_line(typed.returns_at)
    return Threshold(
        word,
        _number(f"Ambang {word}", one_line(typed.value), quantity),
        _number(f"Ambang kembali {word}", back, quantity) if back else None,
        _text(f"OPD {word}", typed.opd, OPD_LENGTHS, "BPBD"),
        _text(f"Tindakan {word}", typed.action, ACTION_LENGTHS, "Camat membuka posko dan menyiapkan perahu"),
    )


def _number(field: str, cell: str, quantity: str) -> Decimal:
    """'2,20' or '1.250,5' → Decimal, exactly as typed."""
    limits = LIMITS[quantity]
    plain = cell.replace(".", "").replace(",", ".") if "," in cell else cell
    try:
        value = Decimal(plain) if len(plain) <= 12 and plain.isascii() else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    low, high = limits.possible
    if not value.is_finite() or not low <= value <= high:
        raise EntryRefused(
            f"{field} {quoted(cell)} tidak dapat dipakai; tulis angka {low} sampai {high} {limits.unit}, {EXAMPLE}."
        )
    return value


def _day(text: str | None, at: datetime) -> datetime:
    clean, today = one_line(text), at.astimezone(WIB).date()
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        raise EntryRefused(f"Berlaku sejak {quoted(clean)} bukan tanggal; yang benar seperti 2026-11-24.") from None
    if not OLDEST <= day <= today.replace(year=today.year + 1, day=min(today.day, 28)):
        raise EntryRefused(f"Berlaku sejak {quoted(clean)} di luar jangkauan; yang benar {OLDEST} sampai setahun lagi.")
    return datetime.combine(day, time.min, WIB)


def _text(field: str, text: str | None, lengths: tuple[int, int], example: str) -> str:
    clean = one_line(text)
    if not lengths[0] <= len(clean) <= lengths[1]:
        raise EntryRefused(
            f"{field} {quoted(clean)} {len(clean)} huruf; yang benar {lengths[0]} sampai {lengths[1]} huruf, "
            f"misalnya: {example}."
        )
    return clean
