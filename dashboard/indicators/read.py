"""Readings as of a moment: measurements joined with the freshness of their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.freshness import Contract, worst
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.measure import measure
from dashboard.indicators.reading import Point, Reading
from dashboard.indicators.sources_then import states_then
from dashboard.indicators.week_signal import LastWeek, last_weeks
from dashboard.store import ingestion_log, measurements
from dashboard.store.measurements import Measurement
from dashboard.store.source_states import SourceState
from datasources.registry import ConfiguredSource

TREND_SPAN = timedelta(hours=24)
TREND_SLOTS = 48
OURSELVES = "Pusat Komando"
NOW_IS = timedelta(seconds=5)
"""A moment this near is now: the state as the worker saw it last, without a look into the past."""


def source_states(
    connection: Connection, sources: Sequence[ConfiguredSource], at: datetime | None = None
) -> list[SourceState]:
    """What is known of each configured source now, or what was known at a moment of the past."""
    rows = ingestion_log.state_rows(connection)
    states = [_state(source, rows.get(source.id)) for source in sources]
    if at is None or clock.now() - at < NOW_IS:
        return states
    return states_then(connection, states, at)


def _state(source: ConfiguredSource, row: object) -> SourceState:
    state = SourceState(
        id=source.id,
        title=source.title,
        owner=source.owner,
        topics=source.topics,
        contract=Contract(source.stale_after, source.silent_after),
        simulated=source.simulated,
        attribution=source.attribution,
    )
    if row is None:
        return state
    names = ("answered_at", "asked_at", "newest_data_at", "failures_in_row", "broken_since", "last_error",
             "rows_total", "refused_total")  # fmt: skip
    return replace(state, **{name: getattr(row, name) for name in names})


def readings(
    connection: Connection,
    sources: Sequence[ConfiguredSource],
    at: datetime,
    ids: Iterable[str] | None = None,
    with_history: bool = True,
    recompute: bool = False,
) -> dict[str, Reading]:
    """Indicator id → reading at `at`, for those asked for (all by default). Raises KeyError for an unknown id.

    `recompute` measures now, without keeping it, what was not measured then: for a week before the system was there.
    """
    wanted = list(CATALOGUE) if ids is None else list(ids)
    indicators = [CATALOGUE[i] for i in wanted]
    known = measurements.as_of(connection, at, wanted)
    if recompute:
        known |= _recomputed(connection, [i for i in indicators if i.id not in known], sources, at)
    judged = last_weeks(connection, indicators, at) if with_history else {}
    states = source_states(connection, sources, at)
    return _joined(connection, indicators, known, states, at, judged, with_history)


def judged_readings(
    connection: Connection, indicators: Sequence[Indicator], states: list[SourceState], at: datetime
) -> list[Reading]:
    """Readings with the signal of their last week, without a trend; for those who know only the states of sources."""
    known = measurements.as_of(connection, at, [i.id for i in indicators])
    judged = last_weeks(connection, indicators, at)
    return list(_joined(connection, indicators, known, states, at, judged, with_history=False).values())


def _joined(
    connection: Connection,
    indicators: Sequence[Indicator],
    known: Mapping[str, Measurement],
    states: list[SourceState],
    at: datetime,
    judged: Mapping[str, LastWeek],
    with_history: bool,
) -> dict[str, Reading]:
    return {
        indicator.id: _reading(
            indicator,
            known.get(indicator.id),
            speaking_of(indicator.topics, indicator.internal, states),
            at,
            _history(connection, indicator.id, at) if with_history else [],
            judged.get(indicator.id),
        )
        for indicator in indicators
    }


def speaking_of(topics: Sequence[str], internal: bool, states: list[SourceState]) -> list[SourceState]:
    """The sources that speak of one of these topics; all where none is named; ourselves for what we keep ourselves."""
    if internal:
        return _ourselves(states)
    return [s for s in states if set(s.topics) & set(topics)] if topics else states


def _ourselves(states: list[SourceState]) -> list[SourceState]:
    """What the system knows of itself is as fresh as its own last contact with anything."""
    answered = [s for s in states if s.answered_at is not None]
    if not answered:
        return states[:1]
    freshest = max(answered, key=lambda s: s.answered_at.timestamp() if s.answered_at else 0)
    simulated = any(s.simulated for s in states)
    return [replace(freshest, id="sistem", title=OURSELVES, owner="Diskominfo", attribution="", simulated=simulated)]


def _recomputed(
    connection: Connection, indicators: list[Indicator], sources: Sequence[ConfiguredSource], at: datetime
) -> dict[str, Measurement]:
    simulated = [topic for s in sources if s.simulated for topic in s.topics]
    found = measure(connection, indicators, at, simulated)
    return {m.indicator: replace(m, known_at=clock.now()) for m in found}


def _history(connection: Connection, indicator: str, at: datetime) -> list[Point]:
    lines = measurements.trend(connection, indicator, at - TREND_SPAN, at, TREND_SLOTS)
    return [Point(m.data_time or m.known_at, m.value) for m in lines if m.value is not None]


def _unheard(sources: list[SourceState]) -> str:
    """Why nothing can be said, however the formula reads: no call ever heard of is not 'no calls'."""
    if not sources:
        return "belum ada sumber"
    return "" if any(s.answered_at for s in sources) else "sumber belum pernah menjawab"


def _asked(sources: list[SourceState]) -> datetime | None:
    """When a finding without data of its own ("no warning") was last true: when its source last answered."""
    return max((s.answered_at for s in sources if s.answered_at), default=None)


def _reading(
    indicator: Indicator,
    m: Measurement | None,
    sources: list[SourceState],
    at: datetime,
    history: list[Point],
    last_week: LastWeek | None,
) -> Reading:
    unheard = _unheard(sources)
    if unheard:
        m = None
    return Reading(
        indicator=indicator,
        at=at,
        value=m.value if m else None,
        status=Status(m.status) if m else Status.UNKNOWN,
        band=m.band if m else "",
        n=m.n if m else None,
        data_time=(m.data_time or _asked(sources)) if m else None,
        known_at=m.known_at if m else None,
        missing=m.missing if m else unheard or "belum ada pengukuran",
        freshness=worst([s.freshness(at) for s in sources]),
        sources=tuple(sources),
        simulated=(m is not None and m.simulated) or any(s.simulated for s in sources),
        history=tuple(history),
        detail=m.detail if m else {},
        last_week=last_week,
    )
