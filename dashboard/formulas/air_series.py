"""The judgement of everything one air station measured: each series by itself, and PM2.5 against PM10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from dashboard.formulas.air_limits import FINE_OVER_COARSE, LIMITS
from dashboard.formulas.company_test import fine_within_coarse
from dashboard.formulas.quality_flags import Judged, Sample
from dashboard.formulas.sensor_limits import SensorLimits
from dashboard.formulas.sensor_quality import sensor_quality

Key = tuple[str, str]
"""(parameter, averaging) of a series."""
USUAL_INTERVAL = {"inst": timedelta(minutes=1), "PT1H": timedelta(hours=1), "PT24H": timedelta(hours=1)}
"""How far apart readings lie where the series is too short to tell; a 24-hour mean is published every hour."""


def judged_station(series: Mapping[Key, Sequence[Sample]], now: datetime) -> dict[Key, list[Judged]]:
    """One judgement for each reading of each series in order of time; a series without limits is left out."""
    return {
        key: sensor_quality(samples, limits_for(key, samples), now, _company(key, series))
        for key, samples in series.items()
        if key[0] in LIMITS
    }


def interval_of(averaging: str, samples: Sequence[Sample]) -> timedelta:
    """The middle distance of the readings, at most an hour."""
    gaps = [later.at - earlier.at for earlier, later in pairwise(samples)]
    return min(sorted(gaps)[len(gaps) // 2], timedelta(hours=1)) if gaps else USUAL_INTERVAL[averaging]


def limits_for(key: Key, samples: Sequence[Sample]) -> SensorLimits:
    """The limits of a parameter, by the rhythm of this series. A rolling 24-hour mean cannot leap: no spike test."""
    parameter, averaging = key
    found = replace(LIMITS[parameter], interval=interval_of(averaging, samples))
    return replace(found, spike=None) if averaging == "PT24H" else found


def _company(key: Key, series: Mapping[Key, Sequence[Sample]]) -> list[list[Judged]]:
    coarse = series.get(("pm10", key[1]))
    if key[0] != "pm25" or coarse is None:
        return []
    beside = {sample.at: sample.value for sample in coarse}
    fine = series[key]
    return [fine_within_coarse([s.value for s in fine], [beside.get(s.at) for s in fine], FINE_OVER_COARSE)]
