"""The dead man's switch: a call outwards every minute while measuring works. Its silence is the alarm, elsewhere."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import httpx

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
TIMEOUT_S = 5.0


class Heartbeat:
    """Calls one address; off without one. A failed call is logged once, and never stops anything."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._beat_at: datetime | None = None
        self._is_failing = False

    def beat(self, at: datetime) -> bool:
        """Call when it is time; whether a call was made and answered."""
        if not self._url or (self._beat_at is not None and at - self._beat_at < EVERY):
            return False
        self._beat_at = at
        try:
            answered = httpx.get(self._url, timeout=TIMEOUT_S, follow_redirects=False).is_success
        except httpx.HTTPError:
            answered = False
        if not answered and not self._is_failing:
            log.warning("the heartbeat address does not answer")
        self._is_failing = not answered
        return answered
