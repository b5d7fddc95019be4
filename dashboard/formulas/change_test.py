"""QARTOD spike and rate of change: values that leap away from the ones beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from dashboard.formulas.quality_flags import MISSING, NOT_EVALUATED, PASSED, Flag, Judged, Sample
from dashboard.formulas.sensor_limits import SensorLimits
from dashboard.formulas.written_number import written

HOUR = timedelta(hours=1)
BESIDE = 1.5
"""Readings up to this many intervals apart stand beside each other."""


def spike_test(samples: Sequence[Sample], limits: SensorLimits) -> list[Judged]:
    """A value that leaps away from both beside it, to the same side; not evaluated at the ends and beside gaps.

    QARTOD measures from the mean of the two, which flags the good neighbours of a leap too; the nearer of the two
    is measured from here.
    """
    judged = [MISSING if sample.value is None else NOT_EVALUATED for sample in samples]
    if limits.spike is None:
        return judged
    for place in range(1, len(samples) - 1):
        before, here, after = (sample.value for sample in samples[place - 1 : place + 2])
        near = _beside(samples[place - 1], samples[place], limits) and _beside(
            samples[place], samples[place + 1], limits
        )
        if near and before is not None and here is not None and after is not None:
            up, down = here - max(before, after), min(before, after) - here
            judged[place] = _spike(max(up, down), limits.spike, limits.unit)
    return judged


def _spike(height: Decimal, grades: tuple[Decimal, Decimal], unit: str) -> Judged:
    suspect, fail = grades
    if height <= suspect:
        return PASSED
    reason = f"lonjakan {written(height, 1)} {unit} terhadap nilai terdekat di sebelahnya"
    return Judged(Flag.FAIL if height > fail else Flag.SUSPECT, (reason,))


def rate_test(samples: Sequence[Sample], limits: SensorLimits) -> list[Judged]:
    """A change per hour beyond the limit since the reading just before; not evaluated after a gap."""
    judged = [MISSING if sample.value is None else NOT_EVALUATED for sample in samples]
    if limits.rate_per_hour is None:
        return judged
    for place in range(1, len(samples)):
        before, here = samples[place - 1], samples[place]
        if before.value is not None and here.value is not None and _beside(before, here, limits):
            hours = Decimal(str((here.at - before.at) / HOUR))
            rate = abs(here.value - before.value) / hours
            reason = f"berubah {written(rate, 1)} {limits.unit} per jam, batasnya {written(limits.rate_per_hour)}"
            judged[place] = PASSED if rate <= limits.rate_per_hour else Judged(Flag.SUSPECT, (reason,))
    return judged


def _beside(first: Sample, second: Sample, limits: SensorLimits) -> bool:
    return timedelta(0) < second.at - first.at <= BESIDE * limits.interval
