"""Links that let somebody in once: to set a first or a forgotten password. Kept as hashes only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, delete, insert, select

from dashboard.store.database import UtcTime, metadata

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("made_by", String(64), nullable=False),
    Index("one_time_links_by_person", "person"),
)


def add_link(connection: Connection, key_hash: str, person: int, made_at: datetime, until: datetime, by: str) -> None:
    """Keep a link; an older one for the same person opens nothing any more."""
    connection.execute(delete(one_time_links).where(one_time_links.c.person == person))
    values = {"key_hash": key_hash, "person": person, "made_at": made_at, "until": until, "made_by": by}
    connection.execute(insert(one_time_links).values(values))


def person_of_link(connection: Connection, key_hash: str, at: datetime) -> int | None:
    """The number of the person whom an unused link is for; None for a used, old or unknown one."""
    c = one_time_links.c
    return connection.execute(select(c.person).where(c.key_hash == key_hash, c.until > at)).scalar()


def use_link(connection: Connection, key_hash: str, at: datetime) -> bool:
    """Use a link up; True for the one who was first."""
    c = one_time_links.c
    return connection.execute(delete(one_time_links).where(c.key_hash == key_hash, c.until > at)).rowcount == 1
