"""Notices: what somebody must be told of an alert, until it stands in a message or need not be told any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, Row, String, Table, insert, select, update

from dashboard.store.database import UtcTime, id_column, metadata

NoticeState = Literal["menunggu", "dalam pesan", "tidak perlu"]

alert_notices = Table(
    "alert_notices",
    metadata,
    id_column(),
    Column("key", String(128), nullable=False, unique=True),
    Column("alert", BigInteger, nullable=False),
    Column("rung", String(32), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("cause", String(64), nullable=False),
    Column("event", String(32), nullable=False),
    Column("severity", Integer, nullable=False),
    Column("said", String(256), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("held_by", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    Column("message", BigInteger),
    Index("alert_notices_due", "state", "due_at"),
    Index("alert_notices_by_alert", "alert"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`rung` of `owner` is to hear what happened to an alert at `at`, from `due_at` on. `key` makes it once only.

    `held_by` says why it waits: a silence with its reason, or the quiet hours; empty when nothing holds it.
    """

    key: str
    alert: int
    rung: str
    owner: str
    cause: str
    event: str
    severity: int
    said: str
    at: datetime
    due_at: datetime
    held_by: str = ""
    id: int = 0


_FIELDS = tuple(name for name in Notice.__dataclass_fields__ if name != "id")


def add_notices(connection: Connection, new: Iterable[Notice]) -> None:
    """Keep those whose key is not known yet."""
    wanted = {notice.key: notice for notice in new}
    if not wanted:
        return
    c = alert_notices.c
    known = set(connection.execute(select(c.key).where(c.key.in_(list(wanted)))).scalars())
    rows = [
        {name: getattr(n, name) for name in _FIELDS} | {"state": "menunggu"}
        for k, n in wanted.items()
        if k not in known
    ]
    if rows:
        connection.execute(insert(alert_notices), rows)


def due_notices(connection: Connection, at: datetime) -> list[Notice]:
    """Those that wait and may be told now, oldest first."""
    c = alert_notices.c
    waiting = select(alert_notices).where(c.state == "menunggu", c.due_at <= at).order_by(c.id).with_for_update()
    return [_notice(r) for r in connection.execute(waiting)]


def settle(connection: Connection, notices: Iterable[Notice], state: NoticeState, message: int | None = None) -> None:
    """Note that they stand in a message, or need not be told any more."""
    ids = [notice.id for notice in notices]
    connection.execute(update(alert_notices).where(alert_notices.c.id.in_(ids)).values(state=state, message=message))


def rungs_told(connection: Connection, numbers: Iterable[int]) -> dict[int, set[str]]:
    """Alert → the rungs that have been told of it, or are about to be."""
    c = alert_notices.c
    found: dict[int, set[str]] = {}
    rows = connection.execute(select(c.alert, c.rung).where(c.alert.in_(list(numbers))).distinct())
    for alert, rung in rows:
        found.setdefault(alert, set()).add(rung)
    return found


def _notice(row: Row) -> Notice:
    return Notice(**{name: getattr(row, name) for name in _FIELDS}, id=row.id)
