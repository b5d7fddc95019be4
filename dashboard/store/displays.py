"""Screens of the wall: which are paired, who approved or revoked them, and what they were last told. Keys as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, String, Table, and_, delete, func, insert, select, update

from dashboard.store.database import UtcTime, id_column, metadata

TOPIC = "displays"

displays = Table(
    "displays",
    metadata,
    id_column(),
    Column("title", String(64), nullable=False),
    Column("profile", String(32), nullable=False),
    Column("code", String(8), nullable=False),
    Column("asked_from", String(64), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("pairing_hash", String(64), nullable=False, unique=True),
    Column("key_hash", String(64), unique=True),
    Column("key_since", UtcTime),
    Column("approved_at", UtcTime),
    Column("approved_by", String(128), nullable=False),
    Column("revoked_at", UtcTime),
    Column("revoked_by", String(128), nullable=False),
    Column("held", String(8), nullable=False),
    Column("held_scene", String(32), nullable=False),
    Index("displays_by_code", "code", "asked_at"),
)


@dataclass(frozen=True, slots=True)
class Display:
    """One screen. `held` is "", "pin" or "pause": what a person last told it and nobody took back."""

    id: int
    title: str
    profile: str
    code: str
    asked_from: str
    asked_at: datetime
    key_hash: str | None
    key_since: datetime | None
    approved_at: datetime | None
    approved_by: str
    revoked_at: datetime | None
    held: str
    held_scene: str

    @property
    def is_revoked(self) -> bool:
        """Whether it may show nothing any more."""
        return self.revoked_at is not None


_OF_DISPLAY = tuple(Display.__dataclass_fields__)


def ask_pairing(
    connection: Connection, profile: str, code: str, pairing_hash: str, asked_from: str, at: datetime
) -> int:
    """Keep that a screen asks to be paired; returns its number."""
    values = {"profile": profile, "code": code, "asked_from": asked_from[:64], "asked_at": at,
              "pairing_hash": pairing_hash}  # fmt: skip
    values |= dict.fromkeys(("title", "approved_by", "revoked_by", "held", "held_scene"), "")
    key = connection.execute(insert(displays).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def forget_unanswered(connection: Connection, before: datetime) -> None:
    """Drop requests that nobody approved in time."""
    c = displays.c
    connection.execute(delete(displays).where(c.approved_at.is_(None), c.asked_at < before))


def waiting(connection: Connection, since: datetime, asked_from: str | None = None) -> int:
    """How many screens wait with a code asked for after `since`, from one address or from all."""
    c = displays.c
    wanted = and_(c.approved_at.is_(None), c.asked_at >= since)
    asked = select(func.count()).select_from(displays).where(wanted)
    return int(
        connection.execute(asked if asked_from is None else asked.where(c.asked_from == asked_from)).scalar_one()
    )


def by_code(connection: Connection, code: str, since: datetime) -> Display | None:
    """The screen that shows this code and waits."""
    c = displays.c
    return _one(connection, c.code == code, c.approved_at.is_(None), c.asked_at >= since)


def by_pairing(connection: Connection, pairing_hash: str) -> Display | None:
    """The screen that asked with this key."""
    return _one(connection, displays.c.pairing_hash == pairing_hash)


def by_key(connection: Connection, key_hash: str) -> Display | None:
    """The screen that carries this key, revoked or not."""
    return _one(connection, displays.c.key_hash == key_hash)


def by_number(connection: Connection, number: int) -> Display | None:
    """A paired screen by its number."""
    return _one(connection, displays.c.id == number, displays.c.approved_at.is_not(None))


def approve(connection: Connection, number: int, title: str, profile: str, by: str, at: datetime) -> bool:
    """Pair a waiting screen; whether it still waited."""
    c = displays.c
    values = {"title": title, "profile": profile, "approved_at": at, "approved_by": by}
    done = connection.execute(update(displays).where(c.id == number, c.approved_at.is_(None)).values(values))
    return done.rowcount == 1


def give_key(connection: Connection, number: int, key_hash: str, at: datetime) -> bool:
    """Give an approved screen its key, once; whether it had none before."""
    c = displays.c
    wanted = (c.id == number, c.approved_at.is_not(None), c.key_hash.is_(None), c.revoked_at.is_(None))
    done = connection.execute(update(displays).where(*wanted).values(key_hash=key_hash, key_since=at))
    return done.rowcount == 1


def renew_key(connection: Connection, number: int, at: datetime) -> None:
    """Let the key hold from a later moment on."""
    connection.execute(update(displays).where(displays.c.id == number).values(key_since=at))


def revoke(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Take a screen's right away; whether it had one."""
    c = displays.c
    wanted = (c.id == number, c.approved_at.is_not(None), c.revoked_at.is_(None))
    return connection.execute(update(displays).where(*wanted).values(revoked_at=at, revoked_by=by)).rowcount == 1


def hold(connection: Connection, number: int, held: str, scene: str) -> None:
    """Keep what a screen was told, so that it is told again after it restarts."""
    connection.execute(update(displays).where(displays.c.id == number).values(held=held, held_scene=scene))


def set_profile(connection: Connection, number: int, profile: str) -> None:
    """Another profile from now on."""
    connection.execute(update(displays).where(displays.c.id == number).values(profile=profile))


def paired(connection: Connection) -> list[Display]:
    """The screens that are paired and not revoked, by name."""
    c = displays.c
    wanted = (c.approved_at.is_not(None), c.revoked_at.is_(None))
    rows = connection.execute(select(displays).where(*wanted).order_by(c.title, c.id))
    return [_display(row) for row in rows]


def _one(connection: Connection, *wanted: Any) -> Display | None:
    row = connection.execute(select(displays).where(*wanted)).first()
    return None if row is None else _display(row)


def _display(row: Row) -> Display:
    return Display(**{name: getattr(row, name) for name in _OF_DISPLAY})
