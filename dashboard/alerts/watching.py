"""The watcher on a second machine: is the command center alive, and does it measure? It tells by its own channels."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx

from dashboard.alerts.channel import Channel, NotHandedOver
from dashboard.clock import wib
from dashboard.formulas.alert_state import Alert, Event, Severity, Timing, happened, step

log = logging.getLogger(__name__)

TIMEOUT_S = 10.0
BACK = "menjawab lagi"
TIMING = Timing(timedelta(seconds=90), timedelta(minutes=2))
WORKED_WITHIN_S = 180
"""The worker says once a minute that it works; a web process that answers says nothing about it."""


def trouble(address: str) -> str:
    """What is wrong with the command center at `address`, in a few words; empty when it is alive and measures."""
    try:
        ready = httpx.get(f"{address}/readyz", timeout=TIMEOUT_S)
        fresh = httpx.get(f"{address}/freshz", timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        return f"tidak menjawab ({type(error).__name__})"
    if not ready.is_success:
        return f"belum siap (HTTP {ready.status_code})"
    if not _worked(fresh):
        return "web menjawab, tetapi pekerjanya tidak bekerja"
    return ""


def _worked(fresh: httpx.Response) -> bool:
    try:
        since = fresh.json()["pekerja_s"]
    except (ValueError, LookupError, TypeError):
        return False
    return isinstance(since, int | float) and since <= WORKED_WITHIN_S


class Watcher:
    """Looks again and again; tells when it dies and when it is back, to every channel, until one takes it."""

    def __init__(self, address: str, channels: Sequence[Channel]) -> None:
        self._address, self._channels = address, channels
        self._alert: Alert | None = None
        self._untold: list[tuple[str, str]] = []

    def look(self, wrong: str, at: datetime) -> Event | None:
        """Move by what `trouble()` said at `at`, and tell what happened; returns it."""
        after = step(self._alert, Severity.KRITIS if wrong else Severity.NONE, at, TIMING)
        event, self._alert = happened(self._alert, after), after
        if event in (Event.RAISED, Event.CLOSED):
            said = f"{self._address}: {wrong or BACK}, {wib(at):%d/%m %H.%M} WIB"
            self._untold.append((_subject(event), said))
        self._tell()
        return event

    def _tell(self) -> None:
        self._untold = [message for message in self._untold if not self._told(*message)]

    def _told(self, subject: str, body: str) -> bool:
        """Whether at least one channel took it; without channels the log has it."""
        key = hashlib.sha256(f"{subject}{body}".encode()).hexdigest()[:32]
        log.warning("%s: %s", subject, body)
        taken = [_handed(channel, subject, body, key) for channel in self._channels]
        return any(taken) or not taken


def _handed(channel: Channel, subject: str, body: str, key: str) -> bool:
    try:
        channel.hand_over(subject, body, key)
    except NotHandedOver as refused:
        log.warning("channel %s: %s", channel.id, refused)
        return False
    return True


def _subject(event: Event) -> str:
    return "[KRITIS] Pusat Komando mati" if event is Event.RAISED else "Pusat Komando hidup lagi"
