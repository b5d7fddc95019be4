"""What the worker does for the briefing, again and again: figures of weeks, editions that are due, deliveries."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from dashboard import clock
from dashboard.briefings.compose import Order
from dashboard.briefings.deliver import Post, deliver_due, plan_approved
from dashboard.briefings.due import due_orders
from dashboard.briefings.issue import Press, approve, issue
from dashboard.indicators import weekly
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import source_states
from dashboard.store import changes, week_figures
from dashboard.store.database import reading, writing
from dashboard.store.editions import newest_mark
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

PAUSE_S = 5.0
AFTER_FAILURE_S = 30.0
WEEKS_A_ROUND = 4
REVISE_EVERY = timedelta(hours=1)
SWEEP_EVERY = timedelta(days=1)
PATIENCE = timedelta(minutes=10)
"""So long after its start a worker waits for sources that have never answered; a tenth of it for all others."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
WORKER = "pekerja"
ITSELF = "otomatis"


@dataclass
class Rounds:
    """One worker's part of the briefing. `by_itself`: editions need nobody's approval before they are sent."""

    engine: Engine
    sources: Sequence[ConfiguredSource]
    press: Press
    post: Post
    by_itself: bool = False
    now: Callable[[], datetime] = clock.now
    patience: timedelta = PATIENCE
    _started: float = field(default_factory=time.monotonic, init=False)
    _newest: datetime | None = field(default=None, init=False)
    _revised: datetime = field(default=LONG_AGO, init=False)
    _swept: datetime | None = field(default=None, init=False)
    _place: int = field(default=0, init=False)
    _empty: int = field(default=0, init=False)
    _planned: tuple[int, int] | None = field(default=None, init=False)

    @property
    def swept(self) -> bool:
        """Whether the past has been computed once."""
        return self._swept is not None

    def work(self, stop: Event) -> None:
        """Round after round until `stop`; a failure costs one round, never the worker."""
        while not stop.is_set():
            pause = PAUSE_S
            try:
                self.round()
            except Exception:  # a full disk or a database that is away: the next round finds what is still due
                log.exception("a round of the briefing failed")
                pause = AFTER_FAILURE_S
            stop.wait(pause)

    def round(self) -> None:
        """Figures first, then the editions that are due, then what waits to be sent."""
        if self._ready():
            self.figures()
        if self._swept is not None:
            self.editions()
        self.approved()
        deliver_due(self.engine, self.post, self.now)

    def approved(self) -> None:
        """Deliveries of what was approved; the archive is read once after each edition and each step, not each round.

        The mark is taken before the archive is read: a step in between is found by the next round.
        """
        with reading(self.engine) as connection:
            mark = newest_mark(connection)
        if mark != self._planned:
            plan_approved(self.engine, self.post, self.now())
            self._planned = mark

    def _ready(self) -> bool:
        """Whether the sources have had their chance: a machine that comes back must hear what it missed."""
        if not self.patience or self._swept is not None:
            return True
        running = timedelta(seconds=time.monotonic() - self._started)
        if running >= self.patience:
            return True
        with reading(self.engine) as connection:
            asked = [state.answered_at for state in source_states(connection, self.sources)]
        return running >= self.patience / 10 and all(asked)

    def figures(self) -> None:
        """The last weeks once an hour, for late rows still reach them; the past once a day, some weeks a round."""
        now = self.now()
        last = weekly.closed_weeks(now, weekly.REVISED)
        if self._newest != last[0] or not timedelta(0) <= now - self._revised < REVISE_EVERY:
            for week in last:
                self.compute(week)
            self._newest, self._revised = last[0], now
        if self._swept is None or not timedelta(0) <= now - self._swept < SWEEP_EVERY:
            self._sweep(now)

    def _sweep(self, now: datetime) -> None:
        """A history that was imported yesterday is found today; four weeks without data end the past."""
        past = weekly.closed_weeks(now, weekly.BACK)[weekly.REVISED :]
        for week in past[self._place : self._place + WEEKS_A_ROUND]:
            self._empty = self._empty + 1 if self.compute(week) else 0
        self._place += WEEKS_A_ROUND
        if self._empty >= weekly.EMPTY or self._place >= len(past):
            self._swept, self._place, self._empty = now, 0, 0

    def compute(self, week: datetime) -> bool:
        """Compute the figures of one week and keep what is new; whether nothing was told of that week."""
        now = self.now()
        chosen = [i for i in CATALOGUE.values() if i.in_briefing]
        with reading(self.engine) as connection:
            found = weekly.figures_of(connection, chosen, week, now, self.sources)
        with writing(self.engine) as connection:
            if week_figures.append_new(connection, found):
                changes.announce(connection, [week_figures.TOPIC], now)
        return weekly.is_empty(found)

    def editions(self) -> None:
        """Make the editions that are due, one after the other; one that cannot be printed does not hold up the rest."""
        tried: set[tuple[datetime, str]] = set()
        while True:
            with reading(self.engine) as connection:
                due = due_orders(connection, self.now())
                order = next((o for o in due if (o.week, o.audience) not in tried), None)
            if order is None:
                return
            tried.add((order.week, order.audience))
            try:
                self._make(order)
            except Exception:  # it stays due, and the overview says that it is late
                log.exception("edition of %s for %s could not be made", order.week, order.audience)

    def _make(self, order: Order) -> None:
        made = issue(self.engine, self.press, order, self.now(), WORKER)
        if made is not None and self.by_itself:
            with writing(self.engine) as connection:
                approve(connection, made.id, self.now(), ITSELF)
