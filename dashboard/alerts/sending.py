"""Handing messages over: at least once, each under its key, again after a growing pause; failures are written down."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard import clock
from dashboard.alerts.channel import NobodyThere, NotHandedOver, Way, way_of
from dashboard.store.alert_messages import Message, claim, note_attempt
from dashboard.store.database import writing

log = logging.getLogger(__name__)

CLAIMED_FOR = timedelta(minutes=2)
"""A sender that dies keeps a message for so long; then another tries it again, under the same key."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(hours=24)


def send_due(engine: Engine, channels: Sequence[Way], at: datetime) -> int:
    """Hand over what is due; returns how many messages a channel accepted. One channel's failure spares the others."""
    by_id = {c.id: c for c in channels}
    with writing(engine) as connection:
        due = claim(connection, at, at + CLAIMED_FOR)
    return sum(_send(engine, message, by_id.get(way_of(message.channel))) for message in due)


def _send(engine: Engine, message: Message, channel: Way | None) -> bool:
    error = f"saluran {message.channel} tidak ada lagi"
    if channel is not None:
        try:
            receipt = channel.deliver(message)
        except NobodyThere as gone:
            return _nobody_there(engine, message, str(gone))
        except NotHandedOver as refused:
            error = str(refused)
        else:
            return _accepted(engine, message, receipt)
    _failed(engine, message, error)
    return False


def _accepted(engine: Engine, message: Message, receipt: str) -> bool:
    now = clock.now()
    with writing(engine) as connection:
        note_attempt(connection, message.id, "diterima saluran", now, accepted_at=now, receipt=receipt)
    return True


def _nobody_there(engine: Engine, message: Message, error: str) -> bool:
    with writing(engine) as connection:
        note_attempt(connection, message.id, "tanpa saluran", clock.now(), error=error)
    return False


def _failed(engine: Engine, message: Message, error: str) -> None:
    now = clock.now()
    over = now - message.at > GIVEN_UP_AFTER
    if message.attempts == 0 or over:
        log.warning("channel %s: %s", message.channel, error)
    with writing(engine) as connection:
        note_attempt(
            connection, message.id, "gagal" if over else "menunggu", now + pause_after(message.attempts), error=error
        )


def pause_after(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s, … at most ten minutes."""
    return min(FIRST_PAUSE * (1 << min(attempts, 10)), LONGEST_PAUSE)
