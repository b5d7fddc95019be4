"""Readings and what they are made of, with defaults: a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.formulas.freshness import Contract, Freshness, FreshState
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.reading import Point, Reading
from dashboard.store.source_states import SourceState

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
"""Senin, 23 November 2026 14.05 WIB."""

_OF_INDICATOR = set(Indicator.__dataclass_fields__)


def indicator(**given: Any) -> Indicator:
    """An indicator of the 112 desk, in per cent, where more is better."""
    defaults: dict[str, Any] = {
        "id": "test.indicator",
        "title": "Terjawab ≤ 15 detik",
        "unit": "%",
        "topics": ("calls",),
        "formula": lambda connection, at: Finding(None, None),
        "clock": "Hari ini sejak 00.00 WIB",
        "owner": "Diskominfo",
        "basis": "Uji",
        "decimals": 1,
        "better": "up",
        "bands": (Band("Normal", Status.NORMAL),),
    }
    return Indicator(**{**defaults, **given})


def source_state(**given: Any) -> SourceState:
    """A source that answered a minute ago and promised to every ten."""
    defaults: dict[str, Any] = {
        "id": "antrean",
        "title": "Antrean 112",
        "owner": "Diskominfo",
        "topics": ("calls",),
        "contract": Contract(timedelta(minutes=10)),
        "simulated": False,
        "answered_at": NOW - timedelta(minutes=1),
        "newest_data_at": NOW - timedelta(minutes=4),
    }
    return SourceState(**{**defaults, **given})


def freshness_of(state: FreshState, since: datetime = NOW - timedelta(minutes=25)) -> Freshness:
    """A source in that state that was last in order at `since`, with a contract of ten minutes."""
    limit = timedelta(minutes=10)
    return Freshness(state, since, since + limit, since + 2 * limit)


def points(*values: float, every: timedelta = timedelta(hours=1), end: datetime = NOW) -> tuple[Point, ...]:
    """Earlier measurements, the last at `end`."""
    first = end - (len(values) - 1) * every
    return tuple(Point(first + place * every, Decimal(str(value))) for place, value in enumerate(values))


def reading(**given: Any) -> Reading:
    """A fresh reading of 93,1 %; names of an indicator's fields (title, unit, target, …) reach the indicator."""
    of_indicator = {name: given.pop(name) for name in list(given) if name in _OF_INDICATOR}
    defaults: dict[str, Any] = {
        "indicator": indicator(**of_indicator),
        "at": NOW,
        "value": Decimal("93.1"),
        "status": Status.NORMAL,
        "band": "Normal",
        "n": 131,
        "data_time": NOW - timedelta(minutes=4),
        "known_at": NOW - timedelta(minutes=4),
        "missing": "",
        "freshness": freshness_of(FreshState.FRESH, NOW - timedelta(minutes=1)),
        "sources": (source_state(),),
        "simulated": False,
    }
    return Reading(**{**defaults, **given})
