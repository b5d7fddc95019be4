"""Wrong passwords and codes of one account: counted together wherever they are asked for, and slowed down."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.store import audit, people
from dashboard.store.database import writing
from dashboard.store.people import Credentials

FREE_FAILURES = 4
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


def pause(known: Credentials | None, now: datetime) -> str:
    """How long nobody's attempt for this account is heard, as a sentence; empty when it is."""
    if known is None or known.locked_until is None or known.locked_until <= now:
        return ""
    minutes = -(-int((known.locked_until - now).total_seconds()) // 60)
    return f"Terlalu banyak percobaan. Coba lagi dalam {minutes} menit."


def failed(engine: Engine, name: str, known: Credentials | None, now: datetime, what: str = "masuk") -> None:
    """One more in a row, in a transaction of its own: what is refused afterwards is rolled back, the count is not."""
    with writing(engine) as connection:
        if known is not None:
            failures = people.one_more_failure(connection, known.person.id)
            people.note_attempt(connection, known.person.id, failures, _locked_until(failures, now))
        audit.write(connection, now, name if known else "?", what, outcome=audit.REFUSED)


def _locked_until(failures: int, now: datetime) -> datetime | None:
    """Each failure after the free ones doubles the pause."""
    if failures <= FREE_FAILURES:
        return None
    length: timedelta = FIRST_PAUSE * (1 << min(failures - FREE_FAILURES - 1, 10))
    return now + min(length, LONGEST_PAUSE)
