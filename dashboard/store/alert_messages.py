"""The outbox: messages about alerts, one for each recipient and channel, with what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata

MessageState = Literal["menunggu", "diterima saluran", "gagal", "tanpa saluran"]

alert_messages = Table(
    "alert_messages",
    metadata,
    id_column(),
    Column("key", String(64), nullable=False, unique=True),
    Column("rung", String(32), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("accepted_at", UtcTime),
    Column("error", String(256), nullable=False),
    Column("receipt", String(200), nullable=False, server_default=""),
    Column("topic", String(32), nullable=False, server_default=""),
    Column("path", String(64), nullable=False, server_default="/peringatan"),
    Index("alert_messages_due", "state", "next_at"),
    Index("alert_messages_by_recipient", "rung", "owner", "at"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way. `key` goes with it, so that a receiver can tell a repeat from a second message; messages
    of one `topic` are news of the same, of which only the newest counts. `path` is the page that says more.
    """

    key: str
    rung: str
    owner: str
    channel: str
    subject: str
    body: str
    severity: int
    at: datetime
    state: MessageState = "menunggu"
    attempts: int = 0
    accepted_at: datetime | None = None
    error: str = ""
    id: int = 0
    receipt: str = ""
    topic: str = ""
    path: str = "/peringatan"

    @property
    def confirmed(self) -> str:
        """The channel's receipt; 'belum dikonfirmasi' where it took the message and gives none."""
        return self.receipt or ("belum dikonfirmasi" if self.accepted_at else "")


def put(connection: Connection, message: Message) -> int:
    """Into the outbox; returns its number."""
    names = ("key", "rung", "owner", "channel", "subject", "body", "severity", "at", "state", "attempts", "error",
             "topic", "path")  # fmt: skip
    values = {name: getattr(message, name) for name in names} | {"next_at": message.at}
    key = connection.execute(insert(alert_messages).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def keys_known(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of these keys under which a message was written already."""
    c = alert_messages.c
    return set(connection.execute(select(c.key).where(c.key.in_(keys))).scalars()) if keys else set()


def last_written(connection: Connection) -> dict[tuple[str, str], datetime]:
    """(rung, owner) → when something was last written to them."""
    c = alert_messages.c
    rows = connection.execute(select(c.rung, c.owner, func.max(c.at)).group_by(c.rung, c.owner))
    return {(rung, owner): at for rung, owner, at in rows}


def claim(connection: Connection, at: datetime, until: datetime, limit: int = 20) -> list[Message]:
    """Messages that are due; nobody else gets them before `until`, by which time this sender is dead or done."""
    c = alert_messages.c
    due = select(alert_messages).where(c.state == "menunggu", c.next_at <= at).order_by(c.severity.desc(), c.id)
    rows = connection.execute(due.limit(limit).with_for_update(skip_locked=True)).all()
    connection.execute(update(alert_messages).where(c.id.in_([r.id for r in rows])).values(next_at=until))
    return [_message(r) for r in rows]


def note_attempt(
    connection: Connection,
    number: int,
    state: MessageState,
    next_at: datetime,
    accepted_at: datetime | None = None,
    error: str = "",
    receipt: str = "",
) -> None:
    """Note how an attempt ended."""
    values = {"state": state, "next_at": next_at, "accepted_at": accepted_at, "error": error[:256],
              "receipt": receipt[:200]}  # fmt: skip
    c = alert_messages.c
    connection.execute(update(alert_messages).where(c.id == number).values(attempts=c.attempts + 1, **values))


def undelivered(connection: Connection, waiting_since: datetime, failed_since: datetime) -> list[Message]:
    """Messages that a channel has not taken although they wait since before `waiting_since`, and those given up since
    `failed_since`; oldest first.
    """
    c = alert_messages.c
    late = and_(c.state == "menunggu", c.at <= waiting_since, c.attempts > 0)
    lost = and_(c.state == "gagal", c.at >= failed_since)
    return [_message(r) for r in connection.execute(select(alert_messages).where(or_(late, lost)).order_by(c.id))]


def newest_messages(connection: Connection, limit: int = 100) -> list[Message]:
    """The newest first."""
    rows = connection.execute(select(alert_messages).order_by(alert_messages.c.id.desc()).limit(limit))
    return [_message(r) for r in rows]


def _message(row: Row) -> Message:
    return Message(row.key, row.rung, row.owner, row.channel, row.subject, row.body, row.severity, row.at, row.state,
                   row.attempts, row.accepted_at, row.error, row.id, row.receipt, row.topic, row.path)  # fmt: skip
