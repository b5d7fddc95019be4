"""What a river post can read and what cannot be a river: the limits of the tests of its readings, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RiverLimits:
    """In the unit of the quantity. `possible` is the span of a post; a reading that stands out from both beside it by
    more than `spike` is debris before the sensor; a change of `leap` at once, faster than `leap_per_hour`, is a new
    datum or a reset, and no water. `still` is the rise per hour below which a river does not rise.
    """

    unit: str
    possible: tuple[Decimal, Decimal]
    spike: Decimal
    leap: Decimal
    leap_per_hour: Decimal
    still: float


LIMITS = {
    "river_level": RiverLimits("m", (Decimal(-10), Decimal(50)), Decimal("0.3"), Decimal(1), Decimal(4), 0.01),
    "discharge": RiverLimits("m³/s", (Decimal(0), Decimal(20_000)), Decimal(100), Decimal(300), Decimal(1200), 1.0),
}
"""Ours, not a regulation's: wide enough that a flash flood in the mountains (about 2 m an hour) is never taken for a
fault, narrow enough that a sensor set back to zero is."""
