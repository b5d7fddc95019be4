"""A link that opens an account once, to set a password: for new people, for forgotten passwords, for a first look."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.access.keys import LONGEST_KEY, hash_of, new_key
from dashboard.access.passwords import hashed
from dashboard.store import audit, one_time_links, people
from dashboard.store.database import reading, writing
from dashboard.store.people import Person

HOLDS = timedelta(hours=72)
"""A weekend and a day: long enough to reach somebody, short enough that a forgotten message opens nothing."""
FIRST_LOOK = timedelta(hours=1)
PATH = "/masuk/tautan/"
FIRST = "admin"


def new_link(connection: Connection, person: int, by: str, at: datetime, holds: timedelta = HOLDS) -> str:
    """The path of a new link; the one before opens nothing any more. It is shown once and kept as a hash."""
    key = new_key()
    one_time_links.add_link(connection, hash_of(key), person, at, at + holds, by)
    return PATH + key


def whose(engine: Engine, key: str, at: datetime) -> Person | None:
    """Whom the link is for, without using it up: programs that look at links in messages open them too."""
    if len(key) > LONGEST_KEY:
        return None
    with reading(engine) as connection:
        number = one_time_links.person_of_link(connection, hash_of(key), at)
        known = None if number is None else people.credentials_of(connection, number)
    return known.person if known and not known.disabled else None


def set_password(engine: Engine, key: str, password: str, at: datetime) -> Person | None:
    """Use the link up: the password is set and all sessions end. None when it opens nothing any more.

    Raises PasswordRefused; the link then still holds.
    """
    person = whose(engine, key, at)
    if person is None:
        return None
    password_hash = hashed(password, f"{person.name} {person.title}")
    with writing(engine) as connection:
        if not one_time_links.use_link(connection, hash_of(key), at):
            return None
        people.set_password(connection, person.id, password_hash)
        audit.write(connection, at, person.name, "sandi dibuat", "dengan tautan sekali pakai")
    return person


def first_link(engine: Engine, at: datetime) -> str | None:
    """A link for the first account, made where there is none; None once somebody has a password."""
    with writing(engine) as connection:
        if any(known.password_hash or known.subject for known in people.all_credentials(connection)):
            return None
        known = people.credentials(connection, FIRST)
        number = known.person.id if known else people.add_person(
            connection, FIRST, "Analis Diskominfo", "analis", None, None, at)  # fmt: skip
        audit.write(connection, at, "make run", "tautan sekali pakai", FIRST)
        return new_link(connection, number, "make run", at, FIRST_LOOK)
