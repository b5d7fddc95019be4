"""The store of a moment, put together part by part as questions come to rest on it: one question pays for its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table

from dashboard.exploring.source_lines_then import cover_sources
from dashboard.store.air_then import cover_air
from dashboard.store.assessments import assessments
from dashboard.store.counts_then import cover_counts
from dashboard.store.database import to_ms
from dashboard.store.hazards_then import cover_hazards
from dashboard.store.level_entries import level_entries
from dashboard.store.masterplan_changes import masterplan_changes
from dashboard.store.noted_tables import AIR, BY_NAME, HAZARDS, tables_of
from dashboard.store.observations_then import cover_observations
from dashboard.store.rows_then import TABLES, changed, cover_known, cover_rows, recaps_since
from dashboard.store.services_then import cover_services
from dashboard.store.versions_then import cover_noted

CALLS = frozenset((*TABLES, "recaps"))
"""Topics of 112, whose rows say themselves when they became known."""
APPENDED: dict[str, tuple[Table, str]] = {
    "levels": (level_entries, "at"),
    "spbe_levels": (assessments, "known_at"),
    "masterplan": (masterplan_changes, "at"),
}
"""Topic → a table whose rows are only ever added to, and the column that says when."""
PARTS: dict[str, tuple[frozenset[str], Callable[[Connection, datetime], None]]] = {
    "readings": (frozenset({AIR, HAZARDS}), cover_observations),
    "air": (frozenset({AIR}), cover_air),
    "hazards": (frozenset({HAZARDS}), cover_hazards),
    "services": (frozenset({"service_checks"}), cover_services),
    "sources": (frozenset({"sources"}), cover_sources),
}
"""Counts that change with every reading: by name, the topics they are of and how they are covered."""


@dataclass(slots=True)
class Covering:
    """A connection and what of its store is covered already."""

    connection: Connection
    at: datetime
    changed: dict[str, int] = field(default_factory=dict)
    recaps_since: int = 0
    _done: set[str] = field(default_factory=set)

    def rest_on(self, topics: Collection[str]) -> None:
        """Cover what these topics rest on, unless that was done."""
        for name in sorted(tables_of({*topics, "edits"}) - self._done):
            self._done.add(name)
            if not BY_NAME[name].is_counted_again:
                cover_noted(self.connection, BY_NAME[name], to_ms(self.at))
        for topic, (table, known) in APPENDED.items():
            if topic in topics and self._is_new(f"rows of {topic}"):
                cover_known(self.connection, table, known, self.at)
        if not CALLS.isdisjoint(topics) and self._is_new("112"):
            self._cover_calls()
        for name, (of, cover) in PARTS.items():
            if not of.isdisjoint(topics) and self._is_new(f"counts of {name}"):
                cover(self.connection, self.at)

    def _is_new(self, part: str) -> bool:
        is_new = part not in self._done
        self._done.add(part)
        return is_new

    def _cover_calls(self) -> None:
        cover_rows(self.connection, self.at)
        self.changed = changed(self.connection, self.at)
        cover_counts(self.connection, self.at)
        self.recaps_since = recaps_since(self.connection, self.at)
