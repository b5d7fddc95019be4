"""The last sign of life of each screen: what it has painted, how old its data are, its memory and its release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

display_beats = Table(
    "display_beats",
    metadata,
    Column("display", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("scene", String(32), nullable=False),
    Column("said", String(160), nullable=False),
    Column("held", String(40), nullable=False),
    Column("painted_ms", Integer),
    Column("message_ms", Integer),
    Column("data_s", Integer),
    Column("heap_bytes", BigInteger),
    Column("width", Integer),
    Column("height", Integer),
    Column("release", String(16), nullable=False),
    Column("up_s", Integer),
    Column("glasses", String(320), nullable=False, server_default=""),
)


@dataclass(frozen=True, slots=True)
class Beat:
    """One sign of life. `said` is the finding that the screen shows; `painted_ms` how long ago it painted a frame,
    `message_ms` how long ago the server spoke to it, `data_s` how old its oldest data are; None where it cannot tell.
    `glasses` names the scene of each glass of a wall, row by row.
    """

    display: int
    at: datetime
    scene: str
    said: str
    held: str
    painted_ms: int | None
    message_ms: int | None
    data_s: int | None
    heap_bytes: int | None
    width: int | None
    height: int | None
    release: str
    up_s: int | None
    glasses: str = ""


def keep_beats(connection: Connection, beats: Iterable[Beat]) -> None:
    """Keep the newest of each screen; at most one of a screen among them."""
    rows = [{name: getattr(beat, name) for name in Beat.__dataclass_fields__} for beat in beats]
    upsert(connection, display_beats, rows, Merge.REPLACE)


def last_beats(connection: Connection) -> dict[int, Beat]:
    """Screen → its last sign of life."""
    return {row.display: Beat(*row) for row in connection.execute(select(display_beats))}


def forget_beat(connection: Connection, display: int) -> None:
    """Of a screen that was revoked."""
    connection.execute(delete(display_beats).where(display_beats.c.display == display))
