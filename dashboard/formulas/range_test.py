"""QARTOD gross range and climatology: values that the sensor or the place cannot have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dashboard.formulas.quality_flags import MISSING, PASSED, Flag, Judged, Sample
from dashboard.formulas.sensor_limits import SensorLimits
from dashboard.formulas.written_number import written

CLOCK_MAY_RUN_AHEAD = timedelta(minutes=5)


def range_test(samples: Sequence[Sample], limits: SensorLimits) -> list[Judged]:
    """Fail outside the span of the sensor, suspect outside what is usual or at the floor of a dead channel."""
    return [_in_range(sample, limits) for sample in samples]


def _in_range(sample: Sample, limits: SensorLimits) -> Judged:
    value = sample.value
    if value is None:
        return MISSING
    if not value.is_finite():
        return Judged(Flag.FAIL, ("bukan bilangan",))
    shown = f"{written(value)} {limits.unit}"
    for flag, (low, high), span in (
        (Flag.FAIL, limits.possible, "rentang sensor"),
        (Flag.SUSPECT, limits.usual, "rentang yang lazim"),
    ):
        if not low <= value <= high:
            return Judged(flag, (f"{shown} di luar {span} {written(low)}–{written(high)}",))
    if limits.floor is not None and value <= limits.floor:
        return Judged(Flag.SUSPECT, (f"{shown} berada di nilai dasar; kanal mungkin mati",))
    return PASSED


def time_test(samples: Sequence[Sample], now: datetime) -> list[Judged]:
    """Fail for a reading that carries a moment still to come: the clock or the zone of the device is wrong."""
    ahead = Judged(Flag.FAIL, ("waktu pengukuran di masa depan; periksa jam atau zona waktu alat",))
    return [ahead if sample.at > now + CLOCK_MAY_RUN_AHEAD else PASSED for sample in samples]
