"""A series of slots, from what a formula drew up (hour by hour) or from the earlier measurements of an indicator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.clock import wib
from dashboard.indicators.reading import Point, Reading
from layouts.format import clock_label, day_label

Scale = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the x axis (`at`, 0 to 1). A value of None is a gap in the line, never 0."""

    at: float
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    partial: bool = False

    @property
    def unusual(self) -> bool:
        """Whether the value lies outside the usual band; an hour that still runs can be too many, never too few."""
        if self.value is None or self.low is None or self.high is None:
            return False
        return self.value > self.high or (self.value < self.low and not self.partial)


def slots_of(reading: Reading) -> list[Slot]:
    """detail["series"] when the formula gives one, else the history of the indicator."""
    series = reading.detail.get("series")
    return _from_series(series) if series else _from_history(reading.history)


def _from_series(series: Sequence[Any]) -> list[Slot]:
    last = max(1, len(series) - 1)
    return [
        Slot(
            place / last,
            str(item.get("x", "")),
            _finite(item.get("value")),
            _finite(item.get("low")),
            _finite(item.get("high")),
            bool(item.get("partial")),
        )
        for place, item in enumerate(series)
    ]


def _from_history(history: Sequence[Point]) -> list[Slot]:
    points = sorted(history, key=lambda point: point.data_time)
    if not points:
        return []
    start, end = points[0].data_time, points[-1].data_time
    span = (end - start).total_seconds() or 1
    name = clock_label if wib(start).date() == wib(end).date() else day_label
    return [Slot((p.data_time - start).total_seconds() / span, name(p.data_time), _finite(p.value)) for p in points]


def _finite(value: Any) -> float | None:
    if value is None:
        return None
    found = float(value)
    return found if math.isfinite(found) else None


def runs(slots: Sequence[Slot], has: str = "value") -> list[list[Slot]]:
    """The unbroken stretches in which `has` ("value" or "low") is known."""
    found: list[list[Slot]] = [[]]
    for slot in slots:
        if getattr(slot, has) is None:
            found.append([])
        else:
            found[-1].append(slot)
    return [run for run in found if run]


def y_range(slots: Sequence[Slot], target: float | None, scale: Scale | None = None) -> tuple[float, float]:
    """Floor and ceiling of the y axis: the indicator's scale when it holds all values, else from 0 unless all
    values lie far from it, rounded to 1, 2 or 5.
    """
    values = [v for s in slots for v in (s.value, s.low, s.high) if v is not None]
    values += [] if target is None else [target]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if scale is not None and float(scale[0]) <= low and high <= float(scale[1]):
        return float(scale[0]), float(scale[1])
    if 0 <= low <= 0.6 * high or low == high >= 0:
        low = 0.0
    step = _nice((high - low) / 4 or 1)
    return math.floor(low / step) * step, math.ceil(high / step) * step or step


def _nice(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
