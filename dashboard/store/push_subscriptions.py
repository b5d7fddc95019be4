"""Devices on which people want to be told of alerts: where their push service listens, and whose each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Row,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata
from dashboard.store.people import Person, people

LONGEST_ENDPOINT = 1024

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    id_column(),
    Column("person", BigInteger, nullable=False),
    Column("endpoint", String(LONGEST_ENDPOINT), nullable=False, unique=True),
    Column("p256dh", String(96), nullable=False),
    Column("auth", String(32), nullable=False),
    Column("device", String(64), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("accepted_at", UtcTime),
    Index("push_subscriptions_by_person", "person"),
)
"""`p256dh` and `auth`: for whom a message is encrypted. `accepted_at`: when the push service last took one."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One browser of one person. Whoever knows the endpoint may knock there: it is shown to nobody else."""

    person: int
    endpoint: str
    p256dh: str
    auth: str
    device: str
    created_at: datetime
    accepted_at: datetime | None = None
    id: int = 0


def keep_subscription(connection: Connection, new: Subscription) -> bool:
    """Keep it, in place of what is known of this browser. False where somebody else's browser has that endpoint: the
    same browser, used by another person, has the same keys.
    """
    c = push_subscriptions.c
    known = connection.execute(select(push_subscriptions).where(c.endpoint == new.endpoint)).first()
    names = ("person", "endpoint", "p256dh", "auth", "device", "created_at")
    values = {name: getattr(new, name) for name in names}
    if known is not None and known.person == new.person:  # its number stays: messages are on their way to it
        connection.execute(update(push_subscriptions).where(c.id == known.id).values(values))
        return True
    if known is not None and (known.p256dh, known.auth) != (new.p256dh, new.auth):
        return False
    connection.execute(delete(push_subscriptions).where(c.endpoint == new.endpoint))
    connection.execute(insert(push_subscriptions).values(values))
    return True


def subscriptions_of(connection: Connection, person: int) -> list[Subscription]:
    """Those of a person, the oldest first."""
    asked = select(push_subscriptions).where(push_subscriptions.c.person == person).order_by(push_subscriptions.c.id)
    return [_subscription(row) for row in connection.execute(asked)]


def subscription(connection: Connection, number: int) -> Subscription | None:
    """One by its number; None when it is gone or its person's account is closed."""
    asked = _of_active(push_subscriptions).where(push_subscriptions.c.id == number)
    row = connection.execute(asked).first()
    return None if row is None else _subscription(row)


def listeners(connection: Connection) -> list[tuple[int, Person]]:
    """The number of every device, with whose it is; without those of closed accounts."""
    c = people.c
    asked = _of_active(push_subscriptions.c.id, c.id, c.name, c.title, c.role, c.opd)
    return [(row[0], Person(*row[1:])) for row in connection.execute(asked.order_by(push_subscriptions.c.id))]


def note_accepted(connection: Connection, number: int, at: datetime) -> None:
    """Remember when the push service last took a message for it."""
    c = push_subscriptions.c
    connection.execute(update(push_subscriptions).where(c.id == number).values(accepted_at=at))


def drop_subscription(connection: Connection, number: int, person: int | None = None) -> bool:
    """Forget a device, with `person` only if it is theirs; False when there was none."""
    which = push_subscriptions.c.id == number
    mine = which if person is None else which & (push_subscriptions.c.person == person)
    return connection.execute(delete(push_subscriptions).where(mine)).rowcount > 0


def _of_active(*columns: Any) -> Select[Any]:
    joined = push_subscriptions.join(people, people.c.id == push_subscriptions.c.person)
    return select(*columns).select_from(joined).where(people.c.disabled_at.is_(None))


def _subscription(row: Row) -> Subscription:
    return Subscription(row.person, row.endpoint, row.p256dh, row.auth, row.device, row.created_at, row.accepted_at,
                        row.id)  # fmt: skip
