"""Control charts: XmR for totals and ratios, Laney u' for counts that vary more than Poisson."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean

LEAST_POINTS = 12
"""Limits from fewer points promise more than they know."""
RUN_LENGTH = 8


@dataclass(frozen=True, slots=True)
class XmrLimits:
    """Natural process limits: mean -+ 2.66 mean moving range, and the limit of the range itself."""

    mean: float
    mean_range: float
    low: float
    high: float
    range_high: float


@dataclass(frozen=True, slots=True)
class LaneyLimits:
    """The pooled rate, how much wider than Poisson the process is, and (low, high) for each point."""

    rate: float
    sigma_z: float
    limits: tuple[tuple[float, float], ...]


def xmr(values: Sequence[float], least: int = LEAST_POINTS) -> XmrLimits | None:
    """Limits in the unit of the values, given in order of time; None when there are fewer than `least`."""
    if len(values) < max(least, 2):
        return None
    mean = fmean(values)
    mean_range = fmean(abs(b - a) for a, b in pairwise(values))
    return XmrLimits(mean, mean_range, mean - 2.66 * mean_range, mean + 2.66 * mean_range, 3.268 * mean_range)


def signals(values: Sequence[float], limits: XmrLimits) -> list[int]:
    """Positions that ask for a reason: outside the limits, or in a run of 8 on one side of the mean."""
    found = {i for i, value in enumerate(values) if not limits.low <= value <= limits.high}
    sides = [(value > limits.mean) - (value < limits.mean) for value in values]
    for start in range(len(sides) - RUN_LENGTH + 1):
        run = sides[start : start + RUN_LENGTH]
        if run[0] and len(set(run)) == 1:
            found.update(range(start, start + RUN_LENGTH))
    return sorted(found)


def laney_u(counts: Sequence[int], exposure: Sequence[float], least: int = LEAST_POINTS) -> LaneyLimits | None:
    """Limits for counts per exposure; None when there are fewer than `least` points or nothing was counted.

    sigma_z is the mean moving range of z over 1.128 (Laney); the lower limit is never negative.
    Raises ValueError when the two differ in length.
    """
    points = list(zip(counts, exposure, strict=True))
    if len(points) < max(least, 2) or not sum(counts):
        return None
    rate = sum(counts) / sum(exposure)
    z = [(count / size - rate) / sqrt(rate / size) for count, size in points]
    sigma_z = fmean(abs(b - a) for a, b in pairwise(z)) / 1.128
    reach = [3 * sigma_z * sqrt(rate / size) for size in exposure]
    return LaneyLimits(rate, sigma_z, tuple((max(0.0, rate - r), rate + r) for r in reach))
