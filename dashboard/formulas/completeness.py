"""Means that refuse to speak for hours that were not measured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

HOURS = 24
REQUIRED_SHARE = Decimal("0.75")
"""P.14/2020 names no share; 18 of 24 hours is the daily rule of the US EPA."""


def mean_24h(hourly: Sequence[Decimal | None], required_share: Decimal = REQUIRED_SHARE) -> Decimal | None:
    """The mean of the hours that are there, in their unit; None when they are fewer than the share of 24.

    Hours that are None or absent are missing. Raises ValueError for more than 24 hours.
    """
    if len(hourly) > HOURS:
        raise ValueError(f"rata-rata 24 jam menerima paling banyak {HOURS} nilai, diterima {len(hourly)}")
    present = [value for value in hourly if value is not None]
    if not present or len(present) < required_share * HOURS:
        return None
    return sum(present, Decimal(0)) / len(present)
