"""What the briefing of a week says: period, completeness, main points, families, sources. No wording, no drawing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard import clock
from dashboard.briefings.comparison import FEW, Comparison, Entry, compare, main_points
from dashboard.formulas.freshness import Freshness, FreshState
from dashboard.indicators.read import as_json
from dashboard.indicators.reading import Reading
from dashboard.store.source_states import SourceState

LAST_MINUTE = timedelta(minutes=1)
"""Whoever asks for the last moment of Sunday asks for the whole week."""
FAMILIES = ("112", "lingkungan", "spbe")


@dataclass(frozen=True, slots=True)
class Family:
    """The indicators of one page."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and how fresh it was at the as-of time."""

    state: SourceState
    freshness: Freshness

    @property
    def late(self) -> bool:
        """Whether the source is past its contract."""
        return self.freshness.state is not FreshState.FRESH


@dataclass(frozen=True, slots=True)
class Briefing:
    """One edition. `first` and `last` are its Monday and Sunday; `running` while that week is not over."""

    week: str
    number: int
    first: date
    last: date
    as_of: datetime
    running: bool
    families: tuple[Family, ...]
    points: tuple[Entry, ...]
    sources: tuple[SourceLine, ...]
    content_hash: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the pages."""
        return tuple(entry for family in self.families for entry in family.entries)

    @property
    def fresh(self) -> int:
        """Entries with a value from sources that keep their contract."""
        return sum(e.reading.value is not None and e.reading.freshness.state is FreshState.FRESH for e in self.entries)

    @property
    def completeness(self) -> Decimal | None:
        """Share of fresh entries in per cent; None below ten entries, where a percentage says too much."""
        total = len(self.entries)
        return Decimal(100 * self.fresh) / total if total >= FEW else None

    @property
    def simulated(self) -> bool:
        """Whether any value on any page is simulated."""
        return any(entry.reading.simulated for entry in self.entries)


def briefing(week: str, readings: Sequence[Reading], as_of: datetime, week_before: Sequence[Reading] = ()) -> Briefing:
    """The edition of an ISO week such as '2026-W47', from the readings at `as_of` and, for comparison, those of a
    week before. Raises ValueError for a week that is none or an `as_of` without a zone.
    """
    if as_of.tzinfo is None:
        raise ValueError(f"waktu '{as_of}' tanpa zona; tulis seperti 2026-11-23T00:00+07:00")
    start, end = clock.iso_week(week)
    earlier = {reading.indicator.id: reading for reading in week_before}
    shown = [compare(r, earlier.get(r.indicator.id)) for r in readings if r.indicator.in_briefing]
    families = tuple(Family(name, tuple(e for e in shown if e.reading.indicator.family == name)) for name in FAMILIES)
    entries = [entry for family in families for entry in family.entries]
    sources = _sources(readings, as_of)
    return Briefing(
        week=week.upper(),
        number=clock.wib(start).isocalendar().week,
        first=clock.wib(start).date(),
        last=clock.wib(end - timedelta(days=1)).date(),
        as_of=as_of,
        running=as_of < end - LAST_MINUTE,
        families=families,
        points=tuple(main_points(entries)),
        sources=sources,
        content_hash=_content_hash(week.upper(), as_of, entries, sources),
    )


def _sources(readings: Sequence[Reading], as_of: datetime) -> tuple[SourceLine, ...]:
    """Every source that stands behind a reading, once; late ones first, then by title."""
    states = {state.id: state for reading in readings for state in reading.sources}
    lines = [SourceLine(state, state.freshness(as_of)) for state in states.values()]
    return tuple(sorted(lines, key=lambda line: (not line.late, line.state.title)))


def _content_hash(week: str, as_of: datetime, entries: list[Entry], sources: tuple[SourceLine, ...]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, exact values as text, times ISO 8601."""
    facts = {
        "week": week,
        "as_of": as_of.astimezone(clock.WIB).isoformat(),
        "entries": [_facts(entry) for entry in entries],
        "sources": [[line.state.id, line.freshness.state] for line in sources],
    }
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _facts(entry: Entry) -> dict[str, Any]:
    reading = entry.reading
    return {
        **as_json(reading),
        "week_before": _reference(entry.to_week_before),
        "history": [[point.data_time.isoformat(), str(point.value)] for point in reading.history],
    }


def _reference(comparison: Comparison | None) -> str | None:
    return None if comparison is None else str(comparison.reference)
