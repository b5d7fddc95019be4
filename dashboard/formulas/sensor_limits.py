"""What a kind of sensor can measure and what is usual for it: the limits of the quality tests, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import ceil

from dashboard.formulas.legal_basis import LegalBasis

Grades = tuple[Decimal, Decimal]
"""From where a reading is suspect, and from where it fails."""


@dataclass(frozen=True, slots=True)
class SensorLimits:
    """Limits in the unit of the parameter; a test whose limit is None is not made.

    `possible` is the span of the sensor, `usual` that of the place; at or below `floor` a channel looks dead.
    `stuck` holds the hours of equal values that are suspect and that fail; `rests_at` are values that may last (no
    rain, no wind). Raises ValueError for a span that runs backwards.
    """

    parameter: str
    unit: str
    possible: tuple[Decimal, Decimal]
    usual: tuple[Decimal, Decimal]
    basis: LegalBasis
    interval: timedelta = timedelta(hours=1)
    floor: Decimal | None = None
    spike: Grades | None = None
    rate_per_hour: Decimal | None = None
    stuck: tuple[timedelta, timedelta] | None = (timedelta(hours=6), timedelta(hours=12))
    rests_at: frozenset[Decimal] = frozenset()

    def __post_init__(self) -> None:
        for low, high in (self.possible, self.usual, *([self.spike] if self.spike else [])):
            if low >= high:
                raise ValueError(f"batas {self.parameter} terbalik: {low} sampai {high}")

    def readings_in(self, span: timedelta) -> int:
        """How many readings fill a span, at least two."""
        return max(2, ceil(span / self.interval))
