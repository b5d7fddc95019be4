"""Proving once more who one is, on one's own account: what is wrong here counts as a wrong sign-in does.

A session left open somewhere is no password: whoever sits down there may guess as slowly as at the door.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine

from dashboard.access import recovery_codes, second_factor
from dashboard.access.attempts import failed, pause
from dashboard.access.passwords import fits
from dashboard.editing.entry import EntryRefused
from dashboard.store import people
from dashboard.store.database import reading, writing
from dashboard.store.people import Credentials, Person

WRONG_PASSWORD = "Sandi lama tidak cocok."  # noqa: S105 - a sentence
WRONG_CODE = "Kode tidak cocok atau sudah dipakai; tunggu kode berikutnya."


def prove_password(engine: Engine, by: Person, old: object, now: datetime) -> None:
    """The password that holds now. Raises EntryRefused, with the wait after too many wrong ones."""
    known = _heard(engine, by, now)
    if not fits(str(old or ""), known.password_hash):
        failed(engine, by.name, known, now, "sandi diganti")
        raise EntryRefused(WRONG_PASSWORD)


def prove_code(engine: Engine, by: Person, code: object, secret_key: str, now: datetime) -> None:
    """A code of the second factor that holds now, used up by this. Raises EntryRefused, as `prove_password`."""
    known = _heard(engine, by, now)
    with writing(engine) as connection:
        taken = takes(connection, known, str(code or ""), secret_key, now) != ""
        if taken:
            people.note_attempt(connection, by.id, 0, None)
    if not taken:
        failed(engine, by.name, known, now, "kode")
        raise EntryRefused(WRONG_CODE)


def takes(connection: Connection, known: Credentials, code: str, secret_key: str, now: datetime) -> str:
    """Use a code up: 'kode' for one of the telephone, 'kode pemulihan' for one that stands in for it, else empty."""
    if known.totp_sealed is None:
        return ""
    secret = second_factor.unsealed(known.totp_sealed, secret_key)
    step = second_factor.step_of(secret, code, now) if secret else None
    if step is not None:
        return "kode" if people.use_totp_step(connection, known.person.id, step) else ""
    return "kode pemulihan" if recovery_codes.use(connection, known.person, code, now) else ""


def _heard(engine: Engine, by: Person, now: datetime) -> Credentials:
    with reading(engine) as connection:
        known = people.credentials_of(connection, by.id)
    if known is None:
        raise EntryRefused("Akun itu tidak ada lagi.")
    if wait := pause(known, now):
        raise EntryRefused(wait)
    return known
