"""Every indicator, by id. A new one is a value in the file of its subject."""

from __future__ import annotations

from itertools import chain

from dashboard.indicators.catalogue import (
    air_quality,
    alerts,
    briefings,
    calls112,
    complaints,
    delivery,
    directives,
    displays,
    earthquakes,
    energy,
    green_space,
    iklh,
    incidents112,
    masterplan,
    open_data,
    river,
    services,
    sources,
    spbe,
    warnings,
    waste,
    water,
    weather,
)
from dashboard.indicators.indicator import Indicator

_ALL = chain(
    calls112.INDICATORS,
    incidents112.INDICATORS,
    weather.INDICATORS,
    warnings.INDICATORS,
    earthquakes.INDICATORS,
    air_quality.INDICATORS,
    river.INDICATORS,
    water.INDICATORS,
    iklh.INDICATORS,
    waste.INDICATORS,
    green_space.INDICATORS,
    energy.INDICATORS,
    spbe.INDICATORS,
    services.INDICATORS,
    complaints.INDICATORS,
    delivery.INDICATORS,
    open_data.INDICATORS,
    masterplan.INDICATORS,
    sources.INDICATORS,
    alerts.INDICATORS,
    directives.INDICATORS,
    displays.INDICATORS,
    briefings.INDICATORS,
)


def _by_id() -> dict[str, Indicator]:
    catalogue: dict[str, Indicator] = {}
    for indicator in _ALL:
        if indicator.id in catalogue:
            raise ValueError(f"two indicators are called {indicator.id}")
        catalogue[indicator.id] = indicator
    return catalogue


CATALOGUE = _by_id()
