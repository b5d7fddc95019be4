"""Signing in and out, and whose request this is. Sessions live on the server and end at once when revoked.

Idle 12 hours: one shift at the desk and one working day of an office. Longest 7 days: a lost laptop is not a key for
longer than a week. Screens are no people: they are paired as displays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.access.attempts import failed, pause
from dashboard.access.keys import LONGEST_KEY, hash_of, new_key
from dashboard.access.passwords import fits
from dashboard.access.proving import takes
from dashboard.store import audit, people, sessions
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from dashboard.store.signed_in import person_of_session

IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
REFUSED = "Nama atau sandi tidak cocok."
WRONG_CODE = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di telepon Anda."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The key for the browser's cookie, or the sentence why there is none; `needs_code`: of whom a code is asked."""

    key: str = ""
    refused: str = ""
    needs_code: int | None = None


def sign_in(engine: Engine, name: str, password: str, now: datetime, browser: str = "") -> SignedIn:
    """Check a name and a password. Wrong name, wrong password and disabled account answer alike."""
    with reading(engine) as connection:
        known = people.credentials(connection, name.strip().casefold())
    if wait := pause(known, now):
        return SignedIn(refused=wait)
    right = fits(password, known.password_hash if known else None)
    if known is None or not right or known.disabled:
        failed(engine, name, known, now)
        return SignedIn(refused=REFUSED)
    if known.totp_sealed is not None:
        return SignedIn(needs_code=known.person.id)
    return SignedIn(key=begin(engine, known.person, now, browser, "sandi"))


def enter_code(engine: Engine, person: int, code: str, secret_key: str, now: datetime, browser: str = "") -> SignedIn:
    """The second step, for somebody whose password was right a moment ago. A wrong code counts as a wrong password."""
    with reading(engine) as connection:
        known = people.credentials_of(connection, person)
    if known is None or known.disabled or known.totp_sealed is None:
        return SignedIn(refused=REFUSED)
    if wait := pause(known, now):
        return SignedIn(refused=wait)
    with writing(engine) as connection:
        way = takes(connection, known, code, secret_key, now)
    if not way:
        failed(engine, known.person.name, known, now)
        return SignedIn(refused=WRONG_CODE)
    return SignedIn(key=begin(engine, known.person, now, browser, f"sandi dan {way}" if way == "kode" else way))


def begin(engine: Engine, person: Person, now: datetime, browser: str = "", way: str = "") -> str:
    """Open a session for somebody whose identity is proven; returns its key of 256 bits."""
    key = new_key()
    with writing(engine) as connection:
        people.note_attempt(connection, person.id, 0, None)
        sessions.end_old(connection, now, IDLE, LONGEST)
        sessions.open_session(connection, hash_of(key), person.id, now, browser[:64], way)
        audit.write(connection, now, person.name, "masuk", way)
    return key


def person_of(engine: Engine, key: str | None, now: datetime) -> Person | None:
    """Whose session the key opens; None for nobody."""
    if not key or len(key) > LONGEST_KEY:
        return None
    with reading(engine) as connection:
        found = person_of_session(connection, hash_of(key), now, IDLE, LONGEST)
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at > SEEN_EVERY:
        with writing(engine) as connection:
            sessions.seen(connection, hash_of(key), now)
    return person


def sign_out(engine: Engine, key: str, person: Person, now: datetime) -> None:
    """End the session."""
    with writing(engine) as connection:
        sessions.end_session(connection, hash_of(key))
        audit.write(connection, now, person.name, "keluar")
