"""One thread beside the worker that hands messages over and beats the heart: a slow channel holds up no measuring."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from dashboard import clock
from dashboard.alerts.channel import Way
from dashboard.alerts.heartbeat import Heartbeat
from dashboard.alerts.sending import send_due

log = logging.getLogger(__name__)

ROUND_S = 1.0
MEASURED_WITHIN = timedelta(minutes=2)
"""The heart beats only while the worker has measured so recently: a worker that hangs is dead."""


def start(
    engine: Engine, channels: Sequence[Way], heartbeat: Heartbeat, measured_at: Callable[[], datetime], stop: Event
) -> Thread:
    """Begin; the thread ends soon after `stop` is set."""

    def rounds() -> None:
        while not stop.wait(ROUND_S):
            now = clock.now()
            try:
                send_due(engine, channels, now)
            except Exception:  # the store may be away; the messages are still in it
                log.exception("messages could not be handed over")
            if now - measured_at() <= MEASURED_WITHIN:
                heartbeat.beat(now)

    thread = Thread(target=rounds, name="postman", daemon=True)
    thread.start()
    return thread
