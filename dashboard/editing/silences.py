"""Silences: which messages are held back, until when, and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed, whole_number
from dashboard.store import silences
from dashboard.store.people import Person
from dashboard.store.silences import EVERYTHING

SPANS = {
    "1 jam": timedelta(hours=1),
    "4 jam": timedelta(hours=4),
    "1 hari": timedelta(days=1),
    "7 hari": timedelta(days=7),
}
"""No longer: what is silent for good is a rule to be changed."""
SHORTEST_REASON, LONGEST_REASON = 5, 200


def silence(
    connection: Connection, rules: dict[str, str], rule: object, span: object, reason: object, by: Person, at: datetime
) -> None:
    """Hold messages back from now on. `rules` are the names that exist, by id. Raises EntryRefused."""
    if rule != EVERYTHING and rule not in rules:
        raise EntryRefused(f"Aturan {quoted(str(rule or ''))} tidak ada; pilih salah satu dari daftar.")
    length = SPANS.get(str(span))
    if length is None:
        raise EntryRefused(f"Lama {quoted(str(span or ''))} tidak ada; pilih {', '.join(SPANS)}.")
    why = one_line(reason)
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise EntryRefused(
            f"Alasan {quoted(why)} {len(why)} huruf; yang benar {SHORTEST_REASON} sampai {LONGEST_REASON} huruf, "
            "misalnya: perbaikan jaringan di Pendopo."
        )
    silences.add_silence(connection, str(rule), at, at + length, why, by.title, at)
    signed(connection, by, at, "senyap", f"{rule} selama {span}")


def end(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """End one before its time. Raises EntryRefused."""
    known = whole_number(number)
    if known is None or not silences.end_silence(connection, known, at):
        raise EntryRefused("Senyap itu tidak ada atau sudah berakhir; muat ulang halaman.")
    signed(connection, by, at, "senyap diakhiri", f"nomor {known}")
