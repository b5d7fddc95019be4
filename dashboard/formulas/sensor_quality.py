"""Every test of a series together: one flag with its reasons for each raw reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from dashboard.formulas.change_test import rate_test, spike_test
from dashboard.formulas.completeness import Completeness
from dashboard.formulas.flat_line_test import flat_line_test
from dashboard.formulas.quality_flags import MISSING, PASSED, Flag, Judged, Sample, worst
from dashboard.formulas.range_test import range_test, time_test
from dashboard.formulas.sensor_limits import SensorLimits


def sensor_quality(
    samples: Sequence[Sample], limits: SensorLimits, now: datetime, company: Sequence[Sequence[Judged]] = ()
) -> list[Judged]:
    """QARTOD flags of one sensor's series in order of time; the samples stay as they are.

    `company` adds what was judged against other series (PM10, neighbours), one row per test, one judgement per
    sample. Raises ValueError when times do not rise or a row has another length.
    """
    for first, second in pairwise(samples):
        if second.at <= first.at:
            raise ValueError(
                f"waktu pengukuran tidak urut: {second.at:%Y-%m-%d %H:%M} setelah {first.at:%Y-%m-%d %H:%M}"
            )
    tests = [
        range_test(samples, limits), spike_test(samples, limits), rate_test(samples, limits),
        flat_line_test(samples, limits), time_test(samples, now), *company,
    ]  # fmt: skip
    return [worst(judgements) for judgements in zip(*tests, strict=True)]


def window_quality(found: Completeness) -> Judged:
    """The flag of a mean over a window: suspect when too little of it was measured, missing when nothing was."""
    if not found.present:
        return MISSING
    return PASSED if found.enough else Judged(Flag.SUSPECT, (f"data tidak cukup: {found.words}",))
