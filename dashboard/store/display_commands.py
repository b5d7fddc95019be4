"""What people told screens: appended, each with its number, so that a screen takes every command once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, delete, insert, select

from dashboard.store.database import UtcTime, id_column, metadata

display_commands = Table(
    "display_commands",
    metadata,
    id_column(),
    Column("display", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("verb", String(8), nullable=False),
    Column("scene", String(32), nullable=False),
    Column("profile", String(32), nullable=False),
    Column("by", String(128), nullable=False),
    Column("glass", Integer, nullable=False, server_default="0"),
    Index("display_commands_by_time", "at"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen is told. `scene` of pin, `profile` of profile; else empty. `glass` of a wall, 0 for all of it."""

    verb: str
    scene: str = ""
    profile: str = ""
    glass: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """One command to one screen."""

    id: int
    display: int
    at: datetime
    told: Told


def command(connection: Connection, display: int, told: Told, by: str, at: datetime) -> None:
    """Append one."""
    said = {"verb": told.verb, "scene": told.scene, "profile": told.profile, "glass": told.glass}
    connection.execute(insert(display_commands).values({"display": display, "at": at, "by": by, **said}))


def commands_since(connection: Connection, since: datetime) -> list[Command]:
    """Those given after a moment, in order."""
    c = display_commands.c
    columns = (c.id, c.display, c.at, c.verb, c.scene, c.profile, c.glass)
    rows = connection.execute(select(*columns).where(c.at > since).order_by(c.id))
    return [Command(number, display, at, Told(*told)) for number, display, at, *told in rows]


def forget_commands(connection: Connection, before: datetime) -> None:
    """Drop old ones; the audit log keeps who did what."""
    connection.execute(delete(display_commands).where(display_commands.c.at < before))
