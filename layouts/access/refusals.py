"""What was refused, in the audit log; a flood of refusals is told as a flood, so that nobody can fill the log."""

from __future__ import annotations

import logging
import threading
import time

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from dashboard.store import audit
from dashboard.store.database import writing
from layouts.access.who import STORE, person

log = logging.getLogger(__name__)

MOST_PER_MINUTE = 60
FLOOD = "penolakan lain dalam menit ini tidak dicatat satu per satu"


class Flood:
    """Counts within the running minute of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute, self._count = 0, 0

    def next(self) -> int:
        """How many there were in this minute, this one included."""
        minute = int(time.monotonic()) // 60
        with self._lock:
            self._minute, self._count = minute, (self._count + 1 if minute == self._minute else 1)
            return self._count


_FLOOD = Flood()


def note_refusal(what: str, about: str) -> None:
    """Write down that who asks was refused, in a request. A store that does not answer refuses all the same."""
    engine = current_app.extensions.get(STORE) if current_app else None
    count = _FLOOD.next()
    if not isinstance(engine, Engine) or count > MOST_PER_MINUTE:
        return
    who = person()
    try:
        with writing(engine) as connection:
            said = about if count < MOST_PER_MINUTE else FLOOD
            audit.write(connection, clock.now(), who.name if who else "tamu", what, said, outcome="ditolak")
    except SQLAlchemyError:
        log.exception("a refusal was not written down")
