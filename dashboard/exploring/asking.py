"""Asking a question once for everybody: an answer is kept until the data below it change or its minute is over."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.known_then import store_then
from dashboard.exploring.question import Answer, Question
from dashboard.formulas.freshness import Freshness, worst
from dashboard.indicators.read import source_states, speaking_of
from dashboard.store import changes
from dashboard.store.database import reading
from dashboard.store.source_states import SourceState
from datasources.registry import ConfiguredSource

MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with the sources below it and how fresh they are."""

    question: Question
    filters: Filters
    answer: Answer
    at: datetime
    sources: tuple[SourceState, ...]
    freshness: Freshness

    @property
    def simulated(self) -> bool:
        """Whether any source below it is simulated."""
        return any(s.simulated for s in self.sources)


class Desk:
    """Answers questions; N viewers with the same filters cost one computation."""

    def __init__(self, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
        self._engine, self._sources = engine, sources
        self._kept: OrderedDict[tuple[object, ...], Asked] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, question: Question, filters: Filters, now: datetime) -> Asked:
        """The answer as the store knows it at `now`; at most a minute old when nothing below it changed."""
        with reading(self._engine) as connection:
            key = (
                question.id,
                str(filters),
                filters.opd,
                self._version(connection, question),
                int(now.timestamp()) // 60,
            )
            kept = self._remembered(key)
            if kept is None:
                kept = self._asked(connection, question, filters, now)
                self._remember(key, kept)
        return kept

    @contextmanager
    def then(self, at: datetime) -> Iterator[Callable[[Question, Filters], Asked]]:
        """Asks the store as it was known at a moment, for questions that `can_be_put_back`. Nothing is remembered."""
        with store_then(self._engine, at) as store:
            states = source_states(store.connection, self._sources, at)

            def ask(question: Question, filters: Filters) -> Asked:
                return self._stated(question, filters, store.ask(question, filters), at, states)

            yield ask

    def _asked(self, connection: Connection, question: Question, filters: Filters, now: datetime) -> Asked:
        states = source_states(connection, self._sources, now)
        return self._stated(question, filters, question.ask(connection, filters, now), now, states)

    def _stated(
        self, question: Question, filters: Filters, answer: Answer, now: datetime, states: list[SourceState]
    ) -> Asked:
        ours = tuple(speaking_of(question.topics, question.internal, states))
        return Asked(question, filters, answer, now, ours, worst([s.freshness(now) for s in ours]))

    def _version(self, connection: Connection, question: Question) -> tuple[tuple[str, int], ...]:
        revisions = changes.revisions(connection)
        return tuple((topic, revisions.get(topic, 0)) for topic in (*question.topics, "sources", "edits"))

    def _remembered(self, key: tuple[object, ...]) -> Asked | None:
        with self._lock:
            return self._kept.get(key)

    def _remember(self, key: tuple[object, ...], asked: Asked) -> None:
        with self._lock:
            self._kept[key] = asked
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
