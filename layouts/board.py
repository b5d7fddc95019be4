"""What this web process knows: the newest readings, drawn once for everybody who looks at them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.formulas.freshness import FreshState, worst
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import readings
from dashboard.indicators.reading import Reading
from dashboard.store import changes, week_figures
from dashboard.store.database import reading
from dashboard.store.watch import Watch
from datasources.registry import ConfiguredSource
from layouts.drawing.canvas import Canvas
from layouts.looks import LOOKS
from layouts.panels import failed
from layouts.panels.forms import FORMS, Draw
from layouts.pulse import Pulse, pulse
from layouts.time_machine.past import Past

log = logging.getLogger(__name__)

FRESHNESS_EVERY_S = 1.0
SOURCES_EVERY_S = 2.0
"""A source that answers and has nothing new is not announced; its last answer is still looked up."""

Key = tuple[str, str, str]
"""(form, indicator, look) of a panel."""


def parse_key(text: str) -> Key:
    """'tile~calls112.asa~page' → its parts. Raises ValueError for a panel that does not exist."""
    parts = text.split("~")
    if len(parts) != 3 or parts[0] not in FORMS or parts[1] not in CATALOGUE or parts[2] not in LOOKS:
        raise ValueError(f"panel '{text}' tidak ada")
    return parts[0], parts[1], parts[2]


class Board:
    """Watches the store and keeps one drawing per panel and version. N screens cost one computation."""

    def __init__(self, engine: Engine, sources: Sequence[ConfiguredSource], forms: Mapping[str, Draw] = FORMS) -> None:
        self._engine, self._sources, self._forms = engine, sources, forms
        self._changed = threading.Condition()
        self._readings: dict[str, Reading] = {}
        self._versions: dict[str, int] = {}
        self._drawn: dict[Key, tuple[int, Markup]] = {}
        self._pulses: dict[str, tuple[Reading, Pulse]] = {}
        self._followed: dict[str, tuple[int, Callable[[Connection], None]]] = {}
        self._refreshed = 0.0
        self._weeks = -1
        self._started = threading.Lock()
        self._watching = False

    def start(self) -> None:
        """Begin to watch; in the process that serves, never before it forks."""
        with self._started:
            if self._watching:
                return
            self._refresh()
            threading.Thread(target=self._watch, name="board", daemon=True).start()
            self._watching = True

    def reading(self, indicator: str) -> Reading:
        """The newest reading of an indicator."""
        self.start()
        return self._readings[indicator]

    def past(self, at: datetime) -> Past:
        """The same panels as they were known at a moment of the past."""
        return Past(self._engine, self._sources, self._forms, at)

    def drawing(self, key: Key) -> tuple[int, Markup]:
        """The version of a panel's content and its drawing."""
        self.start()
        form, indicator, look = key
        version = self._versions[indicator]
        kept = self._drawn.get(key)
        if kept is None or kept[0] != version:
            kept = self._drawn[key] = (version, self._draw(form, self._readings[indicator], LOOKS[look]))
        return kept

    def aged(self, key: Key) -> Markup | None:
        """A wall panel as it is laid out once its data are late, for a browser that must say so alone: across a room
        the words need space that the graphic gives up. None where it looks the same, and on pages, which grow.
        """
        form, indicator, look = key
        reading = self.reading(indicator)
        if reading.freshness.state is not FreshState.FRESH or not LOOKS[look].on_wall:
            return None
        late = replace(reading, freshness=replace(reading.freshness, state=FreshState.LATE))
        return self._draw(form, late, LOOKS[look])

    def _draw(self, form: str, reading: Reading, canvas: Canvas) -> Markup:
        """One panel that cannot be drawn must not end the page, the stream or the rotation."""
        try:
            return self._forms[form](reading, canvas)
        except Exception:
            log.exception("panel %s of %s could not be drawn", form, reading.indicator.id)
            return failed.draw(form, reading, canvas)

    def pulse(self, indicator: str) -> Pulse:
        """The freshness of an indicator now, and the steps it takes if nothing more is heard."""
        reading = self.reading(indicator)
        kept = self._pulses.get(indicator)
        if kept is None or kept[0] is not reading:
            kept = self._pulses[indicator] = (reading, pulse(reading))
        return kept[1]

    def follow(self, topic: str, read: Callable[[Connection], None]) -> None:
        """Let `read` look at the store whenever `topic` has changed; whoever waits is woken afterwards."""
        self._followed[topic] = (-1, read)

    def wait(
        self, seen: dict[Key, int], timeout_s: float, is_news: Callable[[], bool] = lambda: False
    ) -> dict[Key, tuple[int, Markup]]:
        """The panels of `seen` whose version differs, as soon as there are any or `is_news`; else after `timeout_s`."""
        self.start()
        with self._changed:
            self._changed.wait_for(lambda: self._stale(seen) or is_news(), timeout=timeout_s)
        return {key: self.drawing(key) for key in self._stale(seen)}

    def _stale(self, seen: dict[Key, int]) -> list[Key]:
        return [key for key, version in seen.items() if self._versions[key[1]] != version]

    def _watch(self) -> None:
        watch: Watch | None = None
        while True:
            try:
                watch = watch or Watch(self._engine)
                if watch.wait(FRESHNESS_EVERY_S) or time.monotonic() - self._refreshed >= SOURCES_EVERY_S:
                    self._refresh()
                self._age()
            except Exception:  # the database may be away; keep the last picture and try again
                log.exception("the store could not be watched; trying again")
                watch = None
                self._age()
                time.sleep(FRESHNESS_EVERY_S)

    def _refresh(self) -> None:
        """Read what changed; histories only of the indicators with a new measurement."""
        now, self._refreshed = clock.now(), time.monotonic()
        with reading(self._engine) as connection:
            bare = readings(connection, self._sources, now, with_history=False)
            revisions = changes.revisions(connection)
            self._follow(connection, revisions)
            weeks = revisions.get(week_figures.TOPIC, 0)
            new = [i for i, r in bare.items() if weeks != self._weeks or self._is_new(r)]
            full = readings(connection, self._sources, now, new) if new else {}
        for indicator, r in bare.items():
            if indicator not in full:
                old = self._readings[indicator]
                bare[indicator] = replace(r, history=old.history, last_week=old.last_week)
        self._weeks = weeks
        self._publish({**bare, **full})

    def _follow(self, connection: Connection, revisions: Mapping[str, int]) -> None:
        for topic, (known, read) in self._followed.items():
            if (revision := revisions.get(topic, 0)) != known:
                read(connection)
                self._followed[topic] = (revision, read)
                with self._changed:
                    self._changed.notify_all()

    def _is_new(self, new: Reading) -> bool:
        old = self._readings.get(new.indicator.id)
        return old is None or old.known_at != new.known_at

    def _age(self) -> None:
        """Judge freshness again: it changes while nothing happens."""
        now = clock.now()
        self._publish(
            {i: replace(r, at=now, freshness=worst([s.freshness(now) for s in r.sources]))
             for i, r in self._readings.items()}
        )  # fmt: skip

    def _publish(self, fresh: dict[str, Reading]) -> None:
        changed = [i for i, r in fresh.items() if self._look(r) != self._look(self._readings.get(i))]
        self._readings = fresh
        if changed:
            with self._changed:
                for indicator in changed:
                    self._versions[indicator] = self._versions.get(indicator, 0) + 1
                self._changed.notify_all()

    @staticmethod
    def _look(r: Reading | None) -> object:
        """What a drawing depends on, apart from the age, which the browser counts itself."""
        if r is None:
            return None
        contacts = [(s.id, s.freshness(r.at).state, s.failures_in_row > 0, s.newest_data_at) for s in r.sources]
        minute = r.data_time and r.data_time.replace(second=0, microsecond=0)
        words = tuple(contacts) if not r.indicator.topics else r.missing
        return r.known_at, minute, r.freshness.state, words, r.last_week


def keys_of(texts: Iterable[str]) -> list[Key]:
    """The panels a browser asks for, each once. Raises ValueError."""
    return list(dict.fromkeys(parse_key(text) for text in texts))
