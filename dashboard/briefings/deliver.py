"""Deliveries: written down first, claimed one by one, handed over once, and each outcome kept in its own words."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.briefings.issue import TOPIC
from dashboard.briefings.parcel import Attached, Outcome, Parcel, Road
from dashboard.briefings.recipients import Recipient, of_audience
from dashboard.store import changes, deliveries
from dashboard.store.database import reading, writing
from dashboard.store.deliveries import Delivery
from dashboard.store.editions import EditionLine, edition_line, every_edition, take_step

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240))
"""Before each further try; after the last it has failed."""
STUCK_AFTER = timedelta(minutes=10)
"""A claim older than any time-out belongs to a worker that died."""

Pack = Callable[[Connection, EditionLine], tuple[str, str, tuple[Attached, ...]]]
"""Subject, text and files of an edition."""


@dataclass(frozen=True, slots=True)
class Post:
    """Who gets editions, by which roads, and how a parcel is packed."""

    recipients: Sequence[Recipient]
    mail: Road
    notifications: Road
    pack: Pack

    def recipient(self, label: str) -> Recipient | None:
        """Whom a kept label means; None for one who is no longer on the list."""
        return next((r for r in self.recipients if r.label == label), None)


def plan_approved(engine: Engine, post: Post, now: datetime) -> int:
    """Write down the deliveries of every approved edition that was not sent; returns how many are new.

    Of an edition with a newer revision nothing more is sent.
    """
    with reading(engine) as connection:
        lines = every_edition(connection)
    newest: dict[tuple[str, str], EditionLine] = {}
    for line in lines:
        newest.setdefault((line.edition, line.audience), line)
    waiting = [line for line in newest.values() if line.approved_at and not line.sent_at]
    count = 0
    for line in waiting:
        labels = [r.label for r in of_audience(post.recipients, line.audience)]
        with writing(engine) as connection:
            count += deliveries.plan(connection, line.id, labels, now)
    return count


def deliver_due(engine: Engine, post: Post, now: Callable[[], datetime]) -> int:
    """Hand over what is due; returns how many were taken by the other side."""
    with writing(engine) as connection:
        lost = deliveries.abandoned(connection, now() - STUCK_AFTER, now())
    if lost:
        log.warning("%s deliveries were interrupted and are uncertain", lost)
    with reading(engine) as connection:
        waiting = deliveries.due(connection, now())
    return sum(_deliver(engine, post, delivery, now) for delivery in waiting)


def _deliver(engine: Engine, post: Post, delivery: Delivery, now: Callable[[], datetime]) -> bool:
    with writing(engine) as connection:
        if not deliveries.claim(connection, delivery.id, now()):
            return False
    outcome = _sent(engine, post, delivery)
    with writing(engine) as connection:
        _keep(connection, delivery, outcome, now())
        changes.announce(connection, [TOPIC], now())
    log.info("delivery %s of edition %s: %s", delivery.id, delivery.edition_id, outcome.result)
    return outcome.result == "diterima server"


def _sent(engine: Engine, post: Post, delivery: Delivery) -> Outcome:
    recipient = post.recipient(delivery.recipient)
    if recipient is None:
        return Outcome("ditolak", "tidak lagi ada dalam daftar penerima")
    with reading(engine) as connection:
        line = edition_line(connection, delivery.edition_id)
        if line is None:
            return Outcome("ditolak", "laporannya tidak ada dalam arsip")
        subject, text, files = post.pack(connection, line)
    parcel = Parcel(_key(line, delivery), subject, text, files)
    road = post.mail if recipient.by_mail else post.notifications
    return road.send(recipient, parcel)


def _key(line: EditionLine, delivery: Delivery) -> str:
    whom = hashlib.sha256(f"{line.audience} {delivery.recipient}".encode()).hexdigest()[:12]
    return f"laporan-{line.edition}-{line.revision}-{delivery.round}-{whom}".lower()


def _keep(connection: Connection, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    if outcome.result != "nanti":
        deliveries.settle(connection, delivery.id, outcome.result, outcome.answer, now)
    elif delivery.tries >= len(WAITS):
        deliveries.settle(connection, delivery.id, "gagal", outcome.answer, now)
    else:
        deliveries.postpone(connection, delivery.id, outcome.answer, now + WAITS[delivery.tries])
    every = {d.recipient: d for d in deliveries.of_edition(connection, delivery.edition_id)}
    if all(d.state == "diterima server" for d in every.values()):
        take_step(connection, delivery.edition_id, "terkirim", now, "pekerja")
