"""What single glasses of a wall were last told to hold, apart from the wall as a whole (displays.held)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, delete, select

from dashboard.store.database import metadata
from dashboard.store.upsert import Merge, upsert

display_holds = Table(
    "display_holds",
    metadata,
    Column("display", BigInteger, primary_key=True, autoincrement=False),
    Column("glass", Integer, primary_key=True, autoincrement=False),
    Column("held", String(8), nullable=False),
    Column("scene", String(32), nullable=False),
)

Holds = Mapping[int, "Hold"]
"""By glass, from 1, row by row."""


@dataclass(frozen=True, slots=True)
class Hold:
    """`held` is "pin" or "pause"; "" lets this glass run also while the wall as a whole is told to hold."""

    held: str
    scene: str


def keep_hold(connection: Connection, display: int, glass: int, hold: Hold) -> None:
    """What this glass was told last."""
    row = {"display": display, "glass": glass, "held": hold.held, "scene": hold.scene}
    upsert(connection, display_holds, [row], Merge.REPLACE)


def holds_by_display(connection: Connection) -> dict[int, dict[int, Hold]]:
    """Of all walls of which a single glass was told something."""
    found: dict[int, dict[int, Hold]] = {}
    for row in connection.execute(select(display_holds)):
        found.setdefault(row.display, {})[row.glass] = Hold(row.held, row.scene)
    return found


def forget_holds(connection: Connection, display: int) -> None:
    """The wall was told something as a whole, has another shape, or is no more."""
    connection.execute(delete(display_holds).where(display_holds.c.display == display))
