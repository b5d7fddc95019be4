"""Keys for machines: hashed, with scopes and an end, revocable. A key speaks for the person who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, insert, select, update

from dashboard.store.database import UtcTime, id_column, metadata
from dashboard.store.people import Person, people

api_tokens = Table(
    "api_tokens",
    metadata,
    id_column(),
    Column("title", String(64), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("begins", String(16), nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("scopes", String(128), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("revoked_at", UtcTime),
    Index("api_tokens_by_key", "key_hash", unique=True),
)
"""`begins`: the first characters of the key, by which people tell keys apart."""


@dataclass(frozen=True, slots=True)
class Token:
    """One key, without the key. `owner` is the title of who made it."""

    id: int
    title: str
    begins: str
    scopes: tuple[str, ...]
    created_at: datetime
    until: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    owner: str


def add_token(
    connection: Connection, title: str, key_hash: str, begins: str, person: int, scopes: tuple[str, ...],
    at: datetime, until: datetime,
) -> int:  # fmt: skip
    """Keep a new one; returns its number."""
    values = {"title": title, "key_hash": key_hash, "begins": begins, "person": person, "scopes": " ".join(scopes),
              "created_at": at, "until": until}  # fmt: skip
    key = connection.execute(insert(api_tokens).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def tokens(connection: Connection) -> list[Token]:
    """All of them, the newest first."""
    c = api_tokens.c
    asked = select(c.id, c.title, c.begins, c.scopes, c.created_at, c.until, c.used_at, c.revoked_at, people.c.title)
    rows = connection.execute(asked.join(people, people.c.id == c.person).order_by(c.id.desc()))
    return [Token(*row[:3], tuple(row[3].split()), *row[4:]) for row in rows]


def valid_token(connection: Connection, key_hash: str, at: datetime) -> tuple[Token, Person] | None:
    """The key and for whom it speaks; None when unknown, revoked, over, or its owner's account is closed."""
    c, p = api_tokens.c, people.c
    row = connection.execute(
        select(c.id, c.title, c.begins, c.scopes, c.created_at, c.until, c.used_at, c.revoked_at, p.title,
               p.id, p.name, p.role, p.opd)
        .join(people, p.id == c.person)
        .where(c.key_hash == key_hash, c.until > at, c.revoked_at.is_(None), p.disabled_at.is_(None))
    ).first()  # fmt: skip
    if row is None:
        return None
    token = Token(*row[:3], tuple(row[3].split()), *row[4:9])
    return token, Person(row[9], row[10], row[8], row[11], row[12])


def note_use(connection: Connection, number: int, at: datetime) -> None:
    """Remember when it was last used."""
    connection.execute(update(api_tokens).where(api_tokens.c.id == number).values(used_at=at))


def revoke(connection: Connection, number: int, at: datetime) -> str | None:
    """End a key; returns its title, None when there is none that still holds."""
    c = api_tokens.c
    title = connection.execute(select(c.title).where(c.id == number, c.revoked_at.is_(None))).scalar()
    connection.execute(update(api_tokens).where(c.id == number, c.revoked_at.is_(None)).values(revoked_at=at))
    return title
