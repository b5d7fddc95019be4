"""NowCast of the US EPA for particles: what the air is like now. It is a trend, not an ISPU."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from operator import mul

LABEL = "NowCast 12 jam (bukan ISPU)"
HOURS = 12
LEAST_WEIGHT = Decimal("0.5")


def nowcast(hourly: Sequence[Decimal | None]) -> Decimal | None:
    """The weighted mean in ug/m3, unrounded, of 12 hourly means given oldest first; a missing hour is None.

    None when fewer than two of the last three hours are there. EPA prints PM2.5 truncated to 0.1.
    Raises ValueError when there are not exactly 12 places.
    """
    if len(hourly) != HOURS:
        raise ValueError(f"NowCast memerlukan {HOURS} nilai per jam, diterima {len(hourly)}")
    if sum(value is not None for value in hourly[-3:]) < 2:
        return None
    by_age = [(age, value) for age, value in enumerate(reversed(hourly)) if value is not None]
    lowest, highest = min(value for _, value in by_age), max(value for _, value in by_age)
    weight = max(LEAST_WEIGHT, lowest / highest) if highest > 0 else Decimal(1)
    powers = list(accumulate([Decimal(1)] + [weight] * (HOURS - 1), mul))
    weighted = sum((powers[age] * value for age, value in by_age), Decimal(0))
    return weighted / sum((powers[age] for age, _ in by_age), Decimal(0))
