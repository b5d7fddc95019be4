"""Days off beside the calendar: joint leave that came late, a local holiday, or a day that is worked after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed
from dashboard.editing.moments import day_typed
from dashboard.store import holiday_edits
from dashboard.store.holiday_edits import EnteredDay
from dashboard.store.people import Person

KINDS = {"libur": True, "masuk": False}
TITLES = {"libur": "Libur atau cuti bersama", "masuk": "Tetap hari kerja"}
SHORTEST_REASON, LONGEST_REASON = 3, 120


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: the day as '2026-11-24'."""

    day: str | None
    kind: str | None
    reason: str | None


def enter(connection: Connection, draft: Draft, by: Person, at: datetime) -> None:
    """Keep a day; every clock in working days follows at once. Raises EntryRefused."""
    when, kind = day_typed("Tanggal", draft.day, at), draft.kind
    if kind not in KINDS:
        raise EntryRefused(f"Jenis hari {quoted(kind or '')} tidak ada; pilih {' atau '.join(TITLES.values())}.")
    if when.weekday() >= 5 and KINDS[kind]:
        raise EntryRefused(f"Tanggal {when:%d-%m-%Y} jatuh pada akhir pekan; hari itu memang bukan hari kerja.")
    clean = one_line(draft.reason)
    if not SHORTEST_REASON <= len(clean) <= LONGEST_REASON:
        raise EntryRefused(
            f"Dasar {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST_REASON} sampai {LONGEST_REASON} huruf, "
            "misalnya: SKB 3 Menteri tentang cuti bersama."
        )
    holiday_edits.enter_days(connection, [EnteredDay(when, KINDS[kind], clean, by.title)], at)
    signed(connection, by, at, "hari libur", f"{when}: {kind}")


def remove(connection: Connection, day: object, by: Person, at: datetime) -> None:
    """Let the calendar speak again. Raises EntryRefused."""
    try:
        when = date.fromisoformat(str(day))
    except ValueError:
        when = date.min
    if not holiday_edits.remove_day(connection, when):
        raise EntryRefused(f"Tanggal {quoted(str(day))} tidak ada dalam daftar isian; muat ulang halaman.")
    signed(connection, by, at, "hari libur ditarik", str(when))
