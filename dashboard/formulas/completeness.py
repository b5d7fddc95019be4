"""Means that refuse to speak for hours that were not measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

HOURS = 24
REQUIRED_SHARE = Decimal("0.75")
"""P.14/2020 names no share; 18 of 24 hours is the daily rule of the US EPA."""
READINGS_PER_HOUR = 20
"""Fewest readings of a sensor that make an hour: the rule of AirSensor for PurpleAir."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many values of a window are there, and how many it needs to be spoken of."""

    present: int
    expected: int
    required: int

    @property
    def enough(self) -> bool:
        """Whether the window may speak; one without any value never does."""
        return self.present >= max(self.required, 1)

    @property
    def words(self) -> str:
        """'17 dari 24 jam, perlu 18' of a window of hours."""
        return f"{self.present} dari {self.expected} jam, perlu {self.required}"


def completeness(
    values: Sequence[Decimal | None], expected: int = HOURS, required_share: Decimal = REQUIRED_SHARE
) -> Completeness:
    """Count a window in which None and absent are missing. Raises ValueError for more values than are expected."""
    if len(values) > expected:
        raise ValueError(f"rata-rata {expected} jam menerima paling banyak {expected} nilai, diterima {len(values)}")
    return Completeness(sum(value is not None for value in values), expected, ceil(required_share * expected))


def mean_24h(hourly: Sequence[Decimal | None], required_share: Decimal = REQUIRED_SHARE) -> Decimal | None:
    """The mean of the hours that are there, in their unit; None when they are fewer than the share of 24.

    Hours that are None or absent are missing. Raises ValueError for more than 24 hours.
    """
    return _mean(hourly) if completeness(hourly, HOURS, required_share).enough else None


def mean_of_an_hour(readings: Sequence[Decimal | None], least: int = READINGS_PER_HOUR) -> Decimal | None:
    """The mean of one hour's readings; None when fewer than `least` of them are there."""
    present = sum(value is not None for value in readings)
    return _mean(readings) if present >= max(least, 1) else None


def _mean(values: Sequence[Decimal | None]) -> Decimal:
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) / len(present)
