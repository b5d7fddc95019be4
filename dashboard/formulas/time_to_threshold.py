"""How long until a rising river reaches a threshold, or the honest word why there is no such time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.river_course import Rise

LONGEST_MIN = 24 * 60
"""A straight line drawn further than a day says nothing of a river."""


@dataclass(frozen=True, slots=True)
class TimeTo:
    """Whole minutes, rounded down: `soonest` and `latest` at the 95 % limits of the slope, None where those do not
    lead there. Without `minutes`, `why` is one of the words below or a clause after "tidak dapat dihitung:".
    """

    minutes: int | None
    soonest: int | None = None
    latest: int | None = None
    why: str = ""


NOT_RISING, FAR, OVER = "tidak naik", "lebih dari 24 jam", "sudah di atas ambang tertinggi"


def time_to(threshold: Decimal | None, value: Decimal, rise: Rise, still: float) -> TimeTo:
    """From `value` to `threshold` (None: there is no higher one) at the present rise; below `still` per hour, or where
    its limits include no rise at all, the river does not rise.
    """
    if threshold is None:
        return TimeTo(None, why=OVER)
    if value >= threshold:
        return TimeTo(0, 0, 0)
    if rise.per_hour is None:
        return TimeTo(None, why=rise.missing)
    if rise.per_hour < still or (rise.low is not None and rise.low <= 0):
        return TimeTo(None, why=NOT_RISING)
    missing = threshold - value
    minutes = _minutes(missing, rise.per_hour)
    if minutes is None:
        return TimeTo(None, why=FAR)
    return TimeTo(minutes, _minutes(missing, rise.high), _minutes(missing, rise.low))


def _minutes(missing: Decimal, per_hour: float | None) -> int | None:
    if per_hour is None or per_hour <= 0:
        return None
    minutes = int(missing * 60 / Decimal(str(round(per_hour, 9))))
    return minutes if minutes <= LONGEST_MIN else None
