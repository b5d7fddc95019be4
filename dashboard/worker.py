"""The worker: asks due sources, measures what changed, briefs, thins old lines; steps over any failure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from dashboard import clock
from dashboard.alerts import postman
from dashboard.alerts.channel import Post
from dashboard.alerts.heartbeat import Heartbeat
from dashboard.alerts.rounds import AlertRounds
from dashboard.briefings.rounds import Rounds
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator
from dashboard.indicators.measure import measure
from dashboard.ingestion import run, schedule
from dashboard.ingestion.duplicates import DuplicateSearch
from dashboard.store import changes, measurements, row_versions, source_history
from dashboard.store.air_rules import AirRules, keep_rules
from dashboard.store.caller_codes import LONGEST_HASH
from dashboard.store.database import reading, writing
from dashboard.store.forgetting import forget_hashes
from dashboard.store.leader import NotLeader, leadership
from dashboard.store.noted_tables import FORGOTTEN_SOONER
from dashboard.store.recount import recount_all
from dashboard.store.source_contracts import keep_contracts
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

REMEASURE_EVERY = timedelta(seconds=15)
"""Windows such as 'today' and 'the last 24 hours' move without any new data."""
AIR_EVERY, AIR_BUDGET_S = timedelta(seconds=5), 0.5
"""How often and for how long stations of air are judged: two hundred sensors must not hold up the 112 panels."""
THIN_EVERY = timedelta(hours=6)
FORGET_EVERY = timedelta(hours=1)
ALIVE_EVERY = timedelta(minutes=1)
NOBODY = Post()


class Worker:
    """Measures after every change that a source announces, and every 15 s because time passes."""

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[ConfiguredSource],
        check: str = "",
        keep_hashes_for: timedelta = LONGEST_HASH,
        post: Post = NOBODY,
        briefing: Rounds | None = None,
    ) -> None:
        self._engine, self._sources, self._check = engine, sources, check
        self._keep_hashes_for = keep_hashes_for
        self._briefing = briefing
        self._forgotten: datetime | None = None
        self._changed = Event()
        self._seen: dict[str, int] = {}
        self._duplicates = DuplicateSearch()
        self._post, self._alerts = post, AlertRounds(engine, sources, post)
        self._remeasured = self._thinned = self._alive = self._judged_air = datetime.min.replace(tzinfo=UTC)

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
        run.begin(self._engine, self._sources)
        with writing(self._engine) as connection:
            keep_contracts(connection, self._sources, clock.now())
            keep_rules(connection, {s.id: AirRules(**s.quality.model_dump()) for s in self._sources}, clock.now())
        threads = schedule.start(self._engine, self._sources, stop, self._changed.set, self._check)
        heartbeat = Heartbeat(self._post.heartbeat_url)
        threads.append(postman.start(self._engine, self._post.channels, heartbeat, lambda: self._remeasured, stop))
        if self._briefing is not None:  # a slow mail server must not hold up the panels
            threads.append(Thread(target=self._briefing.work, args=(stop,), name="briefing", daemon=True))
            threads[-1].start()
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
        recount_all(self._engine, AIR_BUDGET_S if self._is_time_for_air(now) else 0)
        everything = now - self._remeasured >= REMEASURE_EVERY
        changed = {topic for topic, revision in current.items() if self._seen.get(topic) != revision}
        due = [i for i in CATALOGUE.values() if everything or set(i.topics) & changed]
        count = self._measure(due, now) if due else 0
        self._alerts.look(now, is_new=count > 0)
        self._seen = current
        if everything:
            self._remeasured = now
            self._thin(now)
            self._forget(now)
            self._say_alive(now)
        if "incidents" in changed:
            self._duplicates.run(self._engine, now)
        return count

    def _is_time_for_air(self, now: datetime) -> bool:
        is_time = now - self._judged_air >= AIR_EVERY
        self._judged_air = now if is_time else self._judged_air
        return is_time

    def _measure(self, due: list[Indicator], now: datetime) -> int:
        simulated = [topic for s in self._sources if s.simulated for topic in s.topics]
        with reading(self._engine) as connection:
            new = measure(connection, due, now, simulated)
        if new:
            with writing(self._engine) as connection:
                measurements.append(connection, new)
                changes.announce(connection, ["measurements"], now)
        return len(new)

    def _say_alive(self, now: datetime) -> None:
        if now - self._alive < ALIVE_EVERY:
            return
        with writing(self._engine) as connection:
            changes.announce(connection, [changes.WORKER], now)
        self._alive = now

    def _thin(self, now: datetime) -> None:
        if now - self._thinned < THIN_EVERY:
            return
        with writing(self._engine) as connection:
            dropped = measurements.thin(connection, now) + source_history.thin(connection, now)
            dropped += row_versions.thin(connection, now, FORGOTTEN_SOONER)
        self._thinned = now
        if dropped:
            log.info("thinned %s old measurements, states of sources and rows as they were", dropped)

    def _forget(self, now: datetime) -> None:
        """A month of old codes a round until none is left behind, then once an hour."""
        before = now - self._keep_hashes_for
        if self._forgotten is not None and before - FORGET_EVERY < self._forgotten <= before:
            return
        self._forgotten, emptied = forget_hashes(self._engine, now, self._forgotten, self._keep_hashes_for)
        if emptied:
            log.info("forgot %s codes of callers", emptied)
