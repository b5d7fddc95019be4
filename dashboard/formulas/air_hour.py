"""Hourly means of a sensor from the readings that passed, corrected for humidity where the source asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from dashboard.formulas.completeness import READINGS_PER_HOUR, REQUIRED_SHARE, mean_of_an_hour
from dashboard.formulas.humidity_correction import Corrected, HumidityCorrection, corrected_pm25
from dashboard.formulas.quality_flags import Flag, Judged, Sample

HOUR = timedelta(hours=1)
FINEST = Decimal("0.000001")
"""Far finer than any sensor; keeps a mean within what a double holds exactly."""


@dataclass(frozen=True, slots=True)
class AirHour:
    """The hour that ends at `end`: its mean in the unit of the parameter, None while too few readings passed.

    `raw` is the mean before any correction. `used` readings stand in it, `excluded` came and were left out.
    """

    end: datetime
    mean: Decimal | None
    raw: Decimal | None
    used: int
    excluded: int

    @property
    def corrected(self) -> bool:
        """Whether a correction changed the mean."""
        return self.mean != self.raw


def end_of_hour(at: datetime) -> datetime:
    """The full hour at which the hour of a reading ends; a reading on the full hour ends its hour."""
    start = (at - timedelta(microseconds=1)).replace(minute=0, second=0, microsecond=0)
    return start + HOUR


def hours_of(
    samples: Sequence[Sample], judged: Sequence[Judged], interval: timedelta, share: Decimal = REQUIRED_SHARE
) -> list[AirHour]:
    """The hours in which a reading came, oldest first; suspect and failed readings are left out of the mean.

    An hour needs `share` of the readings its rhythm promises, never more than twenty (the rule of AirSensor).
    """
    least = min(READINGS_PER_HOUR, ceil(share * max(1, HOUR // interval)))
    by_hour: dict[datetime, list[Decimal | None]] = {}
    for sample, judgement in zip(samples, judged, strict=True):
        passed = sample.value is not None and judgement.flag not in (Flag.SUSPECT, Flag.FAIL)
        by_hour.setdefault(end_of_hour(sample.at), []).append(sample.value if passed else None)
    return [_hour(end, values, least) for end, values in sorted(by_hour.items())]


def _hour(end: datetime, values: list[Decimal | None], least: int) -> AirHour:
    mean = mean_of_an_hour(values, least)
    mean = None if mean is None else mean.quantize(FINEST)
    used = sum(value is not None for value in values)
    return AirHour(end, mean, mean, used, len(values) - used)


def corrected_hours(pm25: Sequence[AirHour], humidity: Sequence[AirHour], by: HumidityCorrection) -> list[AirHour]:
    """The hours of PM2.5 corrected by the humidity of the same hour.

    Where the formula does not hold (no humidity, outside its range) the raw mean stays: dropping it would hide the
    worst air.
    """
    humid = {hour.end: hour.mean for hour in humidity}
    return [_corrected(hour, humid.get(hour.end), by) for hour in pm25]


def _corrected(hour: AirHour, humidity: Decimal | None, by: HumidityCorrection) -> AirHour:
    if hour.raw is None or humidity is None:
        return hour
    found = corrected_pm25(hour.raw, humidity, by)
    return replace(hour, mean=found.value.quantize(FINEST)) if isinstance(found, Corrected) else hour
