"""The worker's round through all rules: after every new measurement, and because time passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.alerts.accepting import TOPIC
from dashboard.alerts.bundling import bundle
from dashboard.alerts.channel import Post
from dashboard.alerts.duty_reminders import remind
from dashboard.alerts.evaluate import evaluate
from dashboard.alerts.rules import BY_ID, RULES
from dashboard.alerts.telling import tell
from dashboard.indicators.read import readings, source_states
from dashboard.store import changes
from dashboard.store.alerts import Happening
from dashboard.store.database import reading, writing
from datasources.registry import ConfiguredSource

EVERY = timedelta(seconds=5)
"""Data stop and promises to look again fall due while nothing is measured."""


REMIND_EVERY = timedelta(minutes=10)


class AlertRounds:
    """Looks when there is something new, and every five seconds."""

    def __init__(self, engine: Engine, sources: Sequence[ConfiguredSource], post: Post) -> None:
        self._engine, self._sources, self._post = engine, sources, post
        self._looked: datetime | None = None
        self._reminded: datetime | None = None

    def look(self, at: datetime, is_new: bool) -> list[Happening]:
        """What happened, announced to every screen; nothing when it is not time yet."""
        if not is_new and self._looked is not None and at - self._looked < EVERY:
            return []
        with reading(self._engine) as connection:
            found = readings(connection, self._sources, at, with_history=False)
            states = source_states(connection, self._sources)
        with writing(self._engine) as connection:
            happened = evaluate(connection, RULES, found, states, at)
            tell(connection, BY_ID, happened, at)
            bundle(connection, self._post.channels, at, self._post.address)
            self._remind(connection, at)
            if happened:
                changes.announce(connection, [TOPIC], at)
        self._looked = at
        return happened

    def _remind(self, connection: Connection, at: datetime) -> None:
        if self._reminded is None or at - self._reminded >= REMIND_EVERY:
            remind(connection, self._post.channels, at, self._post.address)
            self._reminded = at
