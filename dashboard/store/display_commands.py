"""What people told screens: appended, each with its number, so that a screen takes every command once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, delete, insert, select

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
    Index("display_commands_by_time", "at"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command to one screen. `scene` of pin, `profile` of profile; else empty."""

    id: int
    display: int
    at: datetime
    verb: str
    scene: str
    profile: str


def command(connection: Connection, display: int, verb: str, scene: str, profile: str, by: str, at: datetime) -> None:
    """Append one."""
    values = {"display": display, "at": at, "verb": verb, "scene": scene, "profile": profile, "by": by}
    connection.execute(insert(display_commands).values(values))


def commands_since(connection: Connection, since: datetime) -> list[Command]:
    """Those given after a moment, in order."""
    c = display_commands.c
    columns = (c.id, c.display, c.at, c.verb, c.scene, c.profile)
    return [Command(*row) for row in connection.execute(select(*columns).where(c.at > since).order_by(c.id))]


def forget_commands(connection: Connection, before: datetime) -> None:
    """Drop old ones; the audit log keeps who did what."""
    connection.execute(delete(display_commands).where(display_commands.c.at < before))
