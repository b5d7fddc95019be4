"""Every indicator, by id. A new one is a value in the file of its subject."""

from __future__ import annotations

from itertools import chain

from dashboard.indicators.catalogue import (
    air_quality,
    calls112,
    incidents112,
    river,
    sources,
    spbe,
    weather,
)
from dashboard.indicators.indicator import Indicator

_ALL = chain(
    calls112.INDICATORS,
    incidents112.INDICATORS,
    weather.INDICATORS,
    air_quality.INDICATORS,
    river.INDICATORS,
    spbe.INDICATORS,
    sources.INDICATORS,
)


def _by_id() -> dict[str, Indicator]:
    catalogue: dict[str, Indicator] = {}
    for indicator in _ALL:
        if indicator.id in catalogue:
            raise ValueError(f"two indicators are called {indicator.id}")
        catalogue[indicator.id] = indicator
    return catalogue


CATALOGUE = _by_id()
