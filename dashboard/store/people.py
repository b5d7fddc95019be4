"""People who may sign in. Passwords are kept as hashes only, second factors sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, insert, select, update

from dashboard.store import recovery_codes, sessions
from dashboard.store.database import UtcTime, id_column, metadata

people = Table(
    "people",
    metadata,
    id_column(),
    Column("name", String(64), nullable=False, unique=True),
    Column("title", String(128), nullable=False),
    Column("role", String(32), nullable=False),
    Column("opd", String(64)),
    Column("password_hash", String(256)),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", UtcTime),
    Column("disabled_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("totp_sealed", String(256)),
    Column("totp_step", BigInteger),
    Column("subject", String(512)),
    Index("people_by_subject", "subject", unique=True),
)
"""`totp_step`: the last time step whose code was used, for none is used twice. `subject`: who this is at the sign-in of
the government, as "issuer subject"; such a person has no password here.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is and which role they hold; `opd` narrows the role of an agency head."""

    id: int
    name: str
    title: str
    role: str
    opd: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is checked when a person signs in."""

    person: Person
    password_hash: str | None
    failures: int
    locked_until: datetime | None
    disabled: bool
    totp_sealed: str | None = None
    totp_step: int | None = None
    subject: str | None = None


_PERSON = (people.c.id, people.c.name, people.c.title, people.c.role, people.c.opd)


def add_person(
    connection: Connection, name: str, title: str, role: str, opd: str | None, password_hash: str | None, at: datetime
) -> int:
    """Add somebody; returns their number. Raises IntegrityError when the name is taken."""
    values = {
        "name": name,
        "title": title,
        "role": role,
        "opd": opd,
        "password_hash": password_hash,
        "failures": 0,
        "created_at": at,
    }
    key = connection.execute(insert(people).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def credentials(connection: Connection, name: str) -> Credentials | None:
    """What is known of a name; None when nobody has it."""
    return _known(connection, people.c.name == name)


def credentials_of(connection: Connection, person: int) -> Credentials | None:
    """What is known of a person by number."""
    return _known(connection, people.c.id == person)


def credentials_at(connection: Connection, subject: str) -> Credentials | None:
    """What is known of somebody by who they are at the sign-in of the government."""
    return _known(connection, people.c.subject == subject)


def _known(connection: Connection, which: Any) -> Credentials | None:
    c = people.c
    asked = select(*_PERSON, c.password_hash, c.failures, c.locked_until, c.disabled_at, c.totp_sealed, c.totp_step,
                   c.subject)  # fmt: skip
    row = connection.execute(asked.where(which)).first()
    if row is None:
        return None
    return Credentials(Person(*row[:5]), row[5], row[6], row[7], row[8] is not None, *row[9:])


def everybody(connection: Connection) -> list[Person]:
    """Those who are not disabled, by name."""
    rows = connection.execute(select(*_PERSON).where(people.c.disabled_at.is_(None)).order_by(people.c.name))
    return [Person(*row) for row in rows]


def all_credentials(connection: Connection) -> list[Credentials]:
    """Everybody, closed accounts too, by name."""
    numbers = connection.execute(select(people.c.id).order_by(people.c.name)).scalars().all()
    return [known for number in numbers if (known := credentials_of(connection, number)) is not None]


def set_password(connection: Connection, person: int, password_hash: str) -> None:
    """Replace a password; whoever was signed in with the old one is signed out."""
    _change(connection, person, password_hash=password_hash, failures=0, locked_until=None)
    sessions.end_all(connection, person)


def change_password(connection: Connection, person: int, password_hash: str, keep: str) -> None:
    """As `set_password`, by the person: the session with the hash `keep` goes on."""
    _change(connection, person, password_hash=password_hash, failures=0, locked_until=None)
    sessions.end_all(connection, person, but=keep)


def set_role(connection: Connection, person: int, title: str, role: str, opd: str | None) -> None:
    """Give another role; it counts from the next request on."""
    _change(connection, person, title=title, role=role, opd=opd)


def set_totp(connection: Connection, person: int, sealed: str | None, step: int | None = None) -> None:
    """Keep the sealed secret of a second factor and the last step used, or take it away with its recovery codes."""
    if sealed is None:
        recovery_codes.forget_codes(connection, person)
    _change(connection, person, totp_sealed=sealed, totp_step=step)


def disable(connection: Connection, person: int, at: datetime) -> None:
    """Take somebody's access away at once."""
    _change(connection, person, disabled_at=at)
    sessions.end_all(connection, person)


def enable(connection: Connection, person: int) -> None:
    """Open a closed account again."""
    _change(connection, person, disabled_at=None, failures=0, locked_until=None)


def bind(connection: Connection, person: int, subject: str) -> None:
    """Remember who somebody is at the sign-in of the government."""
    _change(connection, person, subject=subject)


def note_attempt(connection: Connection, person: int, failures: int, locked_until: datetime | None) -> None:
    """Remember how many attempts failed in a row, and until when no more are heard."""
    _change(connection, person, failures=failures, locked_until=locked_until)


def one_more_failure(connection: Connection, person: int) -> int:
    """How many attempts have failed in a row with this one: counted by the store, for two may fail at once."""
    c = people.c
    more = update(people).where(c.id == person).values(failures=c.failures + 1).returning(c.failures)
    return int(connection.execute(more).scalar_one())


def use_totp_step(connection: Connection, person: int, step: int) -> bool:
    """Use up the code of a time step; False when it or a later one was used before."""
    c = people.c
    unused = (c.id == person) & (c.totp_step.is_(None) | (c.totp_step < step))
    return connection.execute(update(people).where(unused).values(totp_step=step)).rowcount == 1


def _change(connection: Connection, person: int, **values: Any) -> None:
    connection.execute(update(people).where(people.c.id == person).values(values))
