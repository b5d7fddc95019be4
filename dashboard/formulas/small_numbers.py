"""Intervals for shares and counts that rest on few cases."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from dashboard.formulas.count_distributions import poisson_cdf


def wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """The Wilson score interval of the share k/n; None when n is 0. Raises ValueError unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError(f"bagian {k} dari {n} tidak mungkin")
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = k + z * z / 2
    reach = z * sqrt(k * (n - k) / n + z * z / 4)
    low = 0.0 if k == 0 else (centre - reach) / (n + z * z)
    high = 1.0 if k == n else (centre + reach) / (n + z * z)
    return low, high


def garwood(k: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact Poisson interval of a count (Garwood 1936). Raises ValueError for a negative count."""
    if k < 0:
        raise ValueError(f"jumlah {k} tidak mungkin")
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else _mean_with_cdf(k - 1, 1 - tail)
    return low, _mean_with_cdf(k, tail)


def _mean_with_cdf(k: int, chance: float) -> float:
    """The mean at which P(X <= k) equals `chance`, by bisection: the cdf falls as the mean grows."""
    low, high = 0.0, k + 1 + 10 * sqrt(k + 1) + 20
    for _ in range(60):
        middle = (low + high) / 2
        if poisson_cdf(k, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2
