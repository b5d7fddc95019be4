"""Readings as of a moment: measurements joined with the freshness of their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.freshness import Contract, worst
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.measure import measure
from dashboard.indicators.reading import Point, Reading
from dashboard.store import ingestion_log, measurements
from dashboard.store.measurements import Measurement
from dashboard.store.source_states import SourceState
from datasources.registry import ConfiguredSource

TREND_SPAN = timedelta(hours=24)
TREND_SLOTS = 48


def source_states(connection: Connection, sources: Sequence[ConfiguredSource]) -> list[SourceState]:
    """What is known of each configured source."""
    rows = ingestion_log.state_rows(connection)
    return [_state(source, rows.get(source.id)) for source in sources]


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
    states = source_states(connection, sources)
    return {
        indicator.id: _reading(
            indicator,
            known.get(indicator.id),
            [s for s in states if set(s.topics) & set(indicator.topics)] if indicator.topics else states,
            at,
            _history(connection, indicator.id, at) if with_history else [],
        )
        for indicator in indicators
    }


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
    )


def as_json(reading: Reading) -> dict[str, object]:
    """The form of a reading in `manage.py show` and over HTTP: exact value as text, times ISO 8601 UTC."""
    i = reading.indicator
    return {
        "id": i.id,
        "title": i.title,
        "unit": i.unit,
        "value": None if reading.value is None else str(reading.value),
        "band": reading.band,
        "status": reading.status,
        "n": reading.n,
        "data_time": reading.data_time and reading.data_time.isoformat(),
        "known_at": reading.known_at and reading.known_at.isoformat(),
        "freshness": reading.freshness.state,
        "age_s": reading.age_s,
        "source": [s.id for s in reading.sources],
        "owner": i.owner,
        "simulated": reading.simulated,
        "missing": reading.missing,
        "clock": i.clock,
        "basis": i.basis,
        "target": None if i.target is None else str(i.target),
        "detail": dict(reading.detail),
    }


def history_json(connection: Connection, indicator: str, start: datetime, end: datetime) -> list[dict[str, object]]:
    """The measurements known in [start, end], oldest first, in the same words as `as_json`."""
    return [
        {
            "value": None if m.value is None else str(m.value),
            "band": m.band,
            "status": m.status,
            "n": m.n,
            "data_time": m.data_time and m.data_time.isoformat(),
            "known_at": m.known_at.isoformat(),
            "simulated": m.simulated,
        }
        for m in measurements.history(connection, indicator, start, end)
    ]
