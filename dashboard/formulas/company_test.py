"""Values against the ones measured beside them: PM2.5 against PM10, one station against its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from dashboard.formulas.quality_flags import MISSING, NOT_EVALUATED, PASSED, Flag, Judged
from dashboard.formulas.written_number import written

LEAST_NEIGHBOURS = 3
DEVIATIONS = 3

Values = Sequence[Decimal | None]


def fine_within_coarse(pm25: Values, pm10: Values, tolerance: Decimal = Decimal(0)) -> list[Judged]:
    """PM2.5 is part of PM10 and cannot exceed it; `tolerance` is the share of PM10 allowed for the instruments.

    Values in ug/m3 of the same moments, one judgement per PM2.5. Raises ValueError when the two differ in length.
    """
    return [_fine(fine, coarse, tolerance) for fine, coarse in zip(pm25, pm10, strict=True)]


def _fine(fine: Decimal | None, coarse: Decimal | None, tolerance: Decimal) -> Judged:
    if fine is None:
        return MISSING
    if coarse is None:
        return NOT_EVALUATED
    if fine <= coarse * (1 + tolerance):
        return PASSED
    return Judged(Flag.SUSPECT, (f"PM2,5 {written(fine)} melebihi PM10 {written(coarse)} µg/m³",))


def against_neighbours(
    value: Decimal | None, neighbours: Values, deviations: int = DEVIATIONS, least_departure: Decimal = Decimal(0)
) -> Judged:
    """Suspect beyond three MAD (median absolute deviation, unscaled) from the median of at least three neighbours.

    All values are of one moment and unit. `least_departure` never counts as one: neighbours that agree by chance
    have a MAD of zero.
    """
    if value is None:
        return MISSING
    present = [neighbour for neighbour in neighbours if neighbour is not None]
    if len(present) < LEAST_NEIGHBOURS:
        return NOT_EVALUATED
    middle = median(present)
    spread = median(abs(neighbour - middle) for neighbour in present)
    if abs(value - middle) <= max(deviations * spread, least_departure):
        return PASSED
    reason = f"{written(value)} jauh dari median {len(present)} stasiun tetangga ({written(middle)})"
    return Judged(Flag.SUSPECT, (reason,))
