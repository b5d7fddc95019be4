"""A person takes an alert on: who, with which note, and when they will look again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.formulas.alert_state import Event, accept
from dashboard.store import alerts as store
from dashboard.store import audit, changes
from dashboard.store.alerts import Happening
from dashboard.store.people import Person

TOPIC = "alerts"
LONGEST_NOTE = 200
CHECKS = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""When somebody may promise to look again. Never not at all: what nobody looks at again is forgotten."""


class NotAcceptable(ValueError):
    """It cannot be accepted; the message is one Indonesian sentence."""


def accept_alert(
    connection: Connection, number: int, by: Person, note: str, check_after: timedelta, at: datetime
) -> None:
    """Note who has it in hand. Raises NotAcceptable."""
    if check_after not in CHECKS:
        raise NotAcceptable("Pilih kapan akan diperiksa lagi: 15 menit sampai 12 jam.")
    clean = " ".join(note.split())[:LONGEST_NOTE]
    if not clean:
        raise NotAcceptable("Tulis apa yang dilakukan, misalnya: regu Damkar Mojosari berangkat 14.05.")
    kept = store.one(connection, number, locked=True)
    if kept is None or not kept.alert.is_told:
        raise NotAcceptable(f"Peringatan nomor {number} tidak ada atau sudah selesai; muat ulang halaman.")
    if not kept.alert.waits:
        raise NotAcceptable("Peringatan ini sudah diterima atau sedang pulih; muat ulang halaman.")
    taken = accept(kept.alert, at, at + check_after)
    store.move(connection, number, taken, kept.said)
    line = Happening(number, at, Event.ACCEPTED, taken.state, taken.severity, kept.said, by.title, clean)
    store.write_down(connection, [line])
    audit.write(connection, at, by.name, "peringatan diterima", f"nomor {number}, {kept.rule}")
    changes.announce(connection, [TOPIC], at)
