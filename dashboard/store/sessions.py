"""Who is signed in where. The key of a session is kept as its hash only; what is deleted here is signed out at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, delete, insert, select, update

from dashboard.store.database import UtcTime, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("browser", String(64), nullable=False, server_default=""),
    Column("way", String(16), nullable=False, server_default=""),
    Index("sessions_by_person", "person"),
)
"""`way`: by which proof it was opened."""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in that still holds, unless it is too old. `key_hash` names it; nobody can turn it back into the key."""

    key_hash: str
    created_at: datetime
    seen_at: datetime
    browser: str
    way: str


def open_session(
    connection: Connection, key_hash: str, person: int, at: datetime, browser: str = "", way: str = ""
) -> None:
    """Begin a session."""
    values = {"key_hash": key_hash, "person": person, "created_at": at, "seen_at": at, "browser": browser, "way": way}
    connection.execute(insert(sessions).values(values))


def sessions_of(
    connection: Connection, person: int, at: datetime, idle: timedelta, longest: timedelta
) -> list[Session]:
    """Those of a person that hold, the last used first."""
    c = sessions.c
    holds = (c.person == person) & (c.seen_at > at - idle) & (c.created_at > at - longest)
    asked = select(c.key_hash, c.created_at, c.seen_at, c.browser, c.way).where(holds).order_by(c.seen_at.desc())
    return [Session(*row) for row in connection.execute(asked)]


def seen(connection: Connection, key_hash: str, at: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(update(sessions).where(sessions.c.key_hash == key_hash).values(seen_at=at))


def end_session(connection: Connection, key_hash: str, person: int | None = None) -> bool:
    """End a session, with `person` only if it is theirs; False when there was none."""
    which = sessions.c.key_hash == key_hash
    mine = which if person is None else which & (sessions.c.person == person)
    return connection.execute(delete(sessions).where(mine)).rowcount > 0


def is_of_another(connection: Connection, key_hash: str, person: int) -> bool:
    """Whether a session is there, and is somebody else's."""
    c = sessions.c
    whose = connection.execute(select(c.person).where(c.key_hash == key_hash)).scalar()
    return whose is not None and whose != person


def end_all(connection: Connection, person: int, but: str = "") -> int:
    """End all sessions of a person, but the one with this hash; returns how many."""
    c = sessions.c
    return connection.execute(delete(sessions).where(c.person == person, c.key_hash != but)).rowcount


def end_old(connection: Connection, at: datetime, idle: timedelta, longest: timedelta) -> None:
    """Throw away what opens nothing any more."""
    c = sessions.c
    connection.execute(delete(sessions).where((c.seen_at <= at - idle) | (c.created_at <= at - longest)))
