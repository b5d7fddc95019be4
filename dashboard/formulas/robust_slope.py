"""A slope that one wrong reading cannot turn: Theil and Sen, with limits after Kendall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor, sqrt
from statistics import median

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Slope:
    """y = offset + slope x over n points; the limits hold with 95 % and are None where n is too small for any."""

    slope: float
    offset: float
    low: float | None
    high: float | None
    n: int


def robust_slope(points: Sequence[tuple[float, float]]) -> Slope | None:
    """Theil-Sen slope of (x, y) points; None when fewer than two of them differ in x.

    Sen 1968, limits by the normal approximation of Kendall's S. Ties are not taken off its variance: levels come in
    whole centimetres, and limits that are a little too wide are the safe side.
    """
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2)
    if not slopes:
        return None
    middle = median(slopes)
    n = len(points)
    reach = Z_95 * sqrt(n * (n - 1) * (2 * n + 5) / 18)
    first, last = floor((len(slopes) - reach) / 2), ceil((len(slopes) + reach) / 2) + 1
    limited = first >= 1 and last <= len(slopes)
    low, high = (slopes[first - 1], slopes[last - 1]) if limited else (None, None)
    return Slope(middle, median(y - middle * x for x, y in points), low, high, n)
