"""Who is to get which edition by which road, and how far that has come: accepted is not delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    insert,
    or_,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata

DeliveryState = Literal["menunggu", "dikirim", "diterima server", "tidak pasti", "ditolak", "gagal"]
"""`diterima server`: the next machine took it, nobody knows whether it was read. `tidak pasti`: the line broke after
everything had been said, so it may have arrived; it is not sent again by itself, for nobody wants it twice.
"""
SETTLED: tuple[DeliveryState, ...] = ("diterima server", "ditolak", "gagal", "tidak pasti")

deliveries = Table(
    "deliveries",
    metadata,
    id_column(),
    Column("edition_id", BigInteger, nullable=False),
    Column("recipient", String(300), nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", String(24), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("claimed_at", UtcTime),
    Column("settled_at", UtcTime),
    Column("answer", String(300), nullable=False),
    UniqueConstraint("edition_id", "recipient", "round", name="deliveries_once"),
    Index("deliveries_by_state", "state", "due_at"),
)
"""`round` counts how often a person has asked to send it again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One road to one recipient. `answer` is what the other side said last."""

    id: int
    edition_id: int
    recipient: str
    round: int
    state: DeliveryState
    tries: int
    due_at: datetime
    claimed_at: datetime | None
    settled_at: datetime | None
    answer: str


def plan(connection: Connection, edition_id: int, recipients: Iterable[str], at: datetime, again: bool = False) -> int:
    """Write down to whom an edition goes; whoever stands there already is not asked twice. Returns how many are new."""
    c = deliveries.c
    rounds: dict[str, int] = {}
    for d in of_edition(connection, edition_id):
        rounds[d.recipient] = max(d.round, rounds.get(d.recipient, 0))
    new = [r for r in dict.fromkeys(recipients) if again or r not in rounds]
    rows = [
        {c.edition_id.name: edition_id, "recipient": r, "round": rounds.get(r, 0) + 1, "state": "menunggu", "tries": 0,
         "due_at": at, "answer": ""} for r in new
    ]  # fmt: skip
    if rows:
        connection.execute(insert(deliveries), rows)
    return len(rows)


def of_edition(connection: Connection, edition_id: int) -> list[Delivery]:
    """Every road of one edition."""
    c = deliveries.c
    rows = connection.execute(select(deliveries).where(c.edition_id == edition_id).order_by(c.recipient, c.round))
    return [_delivery(row) for row in rows]


def due(connection: Connection, now: datetime) -> list[Delivery]:
    """What waits to be sent now, oldest first."""
    c = deliveries.c
    rows = connection.execute(select(deliveries).where(c.state == "menunggu", c.due_at <= now).order_by(c.due_at, c.id))
    return [_delivery(row) for row in rows]


def claim(connection: Connection, number: int, now: datetime) -> bool:
    """Take one for sending; False when another worker was faster. Commit it before sending."""
    c = deliveries.c
    done = connection.execute(
        update(deliveries)
        .where(c.id == number, c.state == "menunggu")
        .values(state="dikirim", claimed_at=now, tries=c.tries + 1)
    )
    return done.rowcount == 1


def settle(connection: Connection, number: int, state: DeliveryState, answer: str, now: datetime) -> None:
    """The outcome of one that was claimed."""
    c = deliveries.c
    values = {"state": state, "answer": " ".join(answer.split())[:300], "settled_at": now}
    connection.execute(update(deliveries).where(c.id == number, c.state == "dikirim").values(values))


def postpone(connection: Connection, number: int, answer: str, until: datetime) -> None:
    """It was refused for now; it waits until then."""
    c = deliveries.c
    values = {"state": "menunggu", "answer": " ".join(answer.split())[:300], "due_at": until}
    connection.execute(update(deliveries).where(c.id == number, c.state == "dikirim").values(values))


def abandoned(connection: Connection, before: datetime, now: datetime) -> int:
    """Those whose worker died while sending: nobody knows how far it came, so they are uncertain and not sent again."""
    c = deliveries.c
    values = {"state": "tidak pasti", "settled_at": now, "answer": "pengirim berhenti saat mengirim"}
    stuck = and_(c.state == "dikirim", or_(c.claimed_at.is_(None), c.claimed_at < before))
    return connection.execute(update(deliveries).where(stuck).values(values)).rowcount


def unsettled(connection: Connection) -> list[Delivery]:
    """What is not with its recipient's server: waiting, uncertain, refused, failed; of the newest round only."""
    rows = [_delivery(row) for row in connection.execute(select(deliveries).order_by(deliveries.c.round))]
    newest = {(d.edition_id, d.recipient): d for d in rows}
    return [d for d in newest.values() if d.state != "diterima server"]


def _delivery(row: Row) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__slots__})
