"""Notes on charts: a moment or a span, of which kind, in a few words that may stand on any wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import get_args

from sqlalchemy import Connection

from dashboard.clock import WIB
from dashboard.editing.entry import EntryRefused, names_a_person, one_line, quoted, signed
from dashboard.editing.moments import day_typed, time_typed
from dashboard.store import notes
from dashboard.store.notes import NoteKind
from dashboard.store.people import Person

FAMILIES = {"112": "112", "lingkungan": "Lingkungan", "spbe": "SPBE", "sistem": "Sistem"}
KINDS: tuple[NoteKind, ...] = get_args(NoteKind)
SHORTEST_TEXT, LONGEST_TEXT = 3, 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: days as '2026-11-24', times of the WIB clock as '14:05'."""

    family: str | None
    kind: str | None
    text: str | None
    first_day: str | None
    first_time: str | None = None
    last_day: str | None = None
    last_time: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A note that can be kept."""

    family: str
    kind: NoteKind
    text: str
    start: datetime
    end: datetime | None


def checked(draft: Draft, at: datetime) -> Checked:
    """The note that was meant. A last day without a time ends at 23.59. Raises EntryRefused."""
    if draft.family not in FAMILIES:
        raise EntryRefused(f"Bidang {quoted(draft.family or '')} tidak ada; pilih {', '.join(FAMILIES.values())}.")
    kind = next((k for k in KINDS if k == draft.kind), None)
    if kind is None:
        raise EntryRefused(f"Jenis catatan {quoted(draft.kind or '')} tidak ada; pilih {', '.join(KINDS)}.")
    start = datetime.combine(
        day_typed("Tanggal mulai", draft.first_day, at), time_typed("Jam mulai", draft.first_time), WIB
    )
    return Checked(draft.family or "", kind, _text(draft.text), start, _end(draft, start, at))


def add(connection: Connection, note: Checked, by: Person, at: datetime) -> None:
    """Keep a note; the log says which, and never its text."""
    number = notes.add_note(connection, note.family, note.start, note.end, note.kind, note.text, by.title, at)
    signed(connection, by, at, "catatan", f"nomor {number}, {note.family}, {note.kind}")


def withdraw(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Take a note off the charts. Raises EntryRefused."""
    if not isinstance(number, int) or not notes.withdraw(connection, number, at):
        raise EntryRefused(
            f"Catatan nomor {quoted(str(number))} tidak ada lagi; muat ulang halaman untuk daftar terbaru."
        )
    signed(connection, by, at, "catatan ditarik", f"nomor {number}")


def _end(draft: Draft, start: datetime, at: datetime) -> datetime | None:
    if not one_line(draft.last_day):
        if one_line(draft.last_time):
            raise EntryRefused(
                f"Jam akhir {quoted(one_line(draft.last_time))} tidak punya tanggal; isi juga tanggal akhir."
            )
        return None
    day = day_typed("Tanggal akhir", draft.last_day, at)
    clock = time_typed("Jam akhir", draft.last_time) if one_line(draft.last_time) else time(23, 59)
    end = datetime.combine(day, clock, WIB)
    if end <= start:
        raise EntryRefused(f"Akhir '{end:%Y-%m-%d %H.%M}' tidak sesudah mulai; pilih sesudah {start:%Y-%m-%d %H.%M}.")
    return end


def _text(text: str | None) -> str:
    clean = one_line(text)
    if not SHORTEST_TEXT <= len(clean) <= LONGEST_TEXT:
        raise EntryRefused(
            f"Isi catatan {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST_TEXT} sampai {LONGEST_TEXT} huruf, "
            "misalnya: Banjir 12 November di Mojoanyar."
        )
    if names_a_person(clean):
        raise EntryRefused(
            "Isi catatan memuat nomor telepon atau NIK; catatan tampil di layar dinding, jadi tulis tanpa nomor orang."
        )
    return clean
