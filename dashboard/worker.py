"""The worker: asks due sources, measures what changed, thins old lines; steps over a failure, stops on SIGTERM."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from dashboard import clock
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator
from dashboard.indicators.measure import measure
from dashboard.ingestion import schedule
from dashboard.store import changes, ingestion_log, measurements
from dashboard.store.database import reading, writing
from dashboard.store.leader import NotLeader, leadership
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

REMEASURE_EVERY = timedelta(seconds=15)
"""Windows such as 'today' and 'the last 24 hours' move without any new data."""
THIN_EVERY = timedelta(hours=6)


class Worker:
    """Measures after every change that a source announces, and every 15 s because time passes."""

    def __init__(self, engine: Engine, sources: Sequence[ConfiguredSource], check: str = "") -> None:
        self._engine, self._sources, self._check = engine, sources, check
        self._changed = Event()
        self._seen: dict[str, int] = {}
        self._remeasured = self._thinned = datetime.min.replace(tzinfo=UTC)

    def work(self, stop: Event) -> None:
        """Lead and work until `stop` is set; waits its turn while another worker leads."""
        waiting = False
        while not stop.is_set():
            try:
                with leadership(self._engine):
                    self._lead(stop)
            except NotLeader:
                if not waiting:
                    log.info("another worker leads; waiting to take over")
                waiting = True
                stop.wait(1)

    def _lead(self, stop: Event) -> None:
        with writing(self._engine) as connection:
            ingestion_log.register(connection, [s.id for s in self._sources])
        threads = schedule.start(self._engine, self._sources, stop, self._changed.set, self._check)
        while not stop.is_set():
            self._changed.wait(timeout=0.5)
            self._changed.clear()
            try:
                self.measure_changed(clock.now())
            except Exception:  # the next round may find the store well again
                log.exception("measuring failed")
                stop.wait(1)
        for thread in threads:
            thread.join(timeout=3)

    def measure_changed(self, now: datetime) -> int:
        """Measure what depends on a changed topic, or everything when it is time; returns how many lines are new."""
        with reading(self._engine) as connection:
            current = changes.revisions(connection)
        everything = now - self._remeasured >= REMEASURE_EVERY
        changed = {topic for topic, revision in current.items() if self._seen.get(topic) != revision}
        due = [i for i in CATALOGUE.values() if everything or set(i.topics) & changed]
        count = self._measure(due, now) if due else 0
        self._seen = current
        if everything:
            self._remeasured = now
            self._thin(now)
        return count

    def _measure(self, due: list[Indicator], now: datetime) -> int:
        simulated = [topic for s in self._sources if s.simulated for topic in s.topics]
        with reading(self._engine) as connection:
            new = measure(connection, due, now, simulated)
        if new:
            with writing(self._engine) as connection:
                measurements.append(connection, new)
                changes.announce(connection, ["measurements"], now)
        return len(new)

    def _thin(self, now: datetime) -> None:
        if now - self._thinned < THIN_EVERY:
            return
        with writing(self._engine) as connection:
            dropped = measurements.thin(connection, now)
        self._thinned = now
        if dropped:
            log.info("thinned %s old measurements", dropped)
