"""QARTOD flat line: a sensor that repeats itself is stuck, however plausible the value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.formulas.quality_flags import MISSING, NOT_EVALUATED, PASSED, Flag, Judged, Sample
from dashboard.formulas.sensor_limits import SensorLimits
from dashboard.formulas.written_number import written


def flat_line_test(samples: Sequence[Sample], limits: SensorLimits) -> list[Judged]:
    """Every reading of a run of equal values: suspect from six hours of them, failed from twelve (or as limited).

    The whole run is flagged, its first readings too. Missing readings neither end a run nor make it longer. Fewer
    readings than a run needs are not evaluated.
    """
    judged = [MISSING if sample.value is None else NOT_EVALUATED for sample in samples]
    if limits.stuck is None:
        return judged
    suspect, fail = (limits.readings_in(span) for span in limits.stuck)
    if sum(sample.value is not None for sample in samples) < suspect:
        return judged
    for run in _equal_runs(samples):
        value = samples[run[0]].value
        rests = value in limits.rests_at
        flag = Flag.FAIL if len(run) >= fail else Flag.SUSPECT
        found = PASSED
        if not rests and len(run) >= suspect and value is not None:
            found = Judged(flag, (f"{len(run)} nilai berturut-turut sama ({written(value)} {limits.unit})",))
        for place in run:
            judged[place] = found
    return judged


def _equal_runs(samples: Sequence[Sample]) -> Iterator[list[int]]:
    run: list[int] = []
    for place, sample in enumerate(samples):
        if sample.value is None:
            continue
        if run and samples[run[-1]].value != sample.value:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
