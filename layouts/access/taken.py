"""What was taken away as a file, and by whom, in the audit log."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import Engine

from dashboard import clock
from dashboard.store import audit
from dashboard.store.database import writing
from layouts.access.who import STORE, person


def note_taken(about: str) -> None:
    """Write it down before it is handed out: what cannot be noted is not handed out."""
    engine = current_app.extensions.get(STORE)
    if not isinstance(engine, Engine):
        return
    who = person()
    with writing(engine) as connection:
        audit.write(connection, clock.now(), who.name if who else "tamu", "unduhan", about)
