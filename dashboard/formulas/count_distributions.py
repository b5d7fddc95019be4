"""Poisson and negative binomial: chances and quantiles of counts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import exp, lgamma, log, log1p, sqrt

FAR = 40
"""Deviations above the mean beyond which no chance is left."""
NOTHING = 1e-18
LEAST_BY_STEPS = 1e-12
"""Smaller chances lie where a sum by steps does not begin."""


def poisson_cdf(k: int, mean: float) -> float:
    """P(X <= k) for a Poisson count with this mean; 0 below zero.

    Summed downwards from k until nothing is added any more, each term from the one before: an interval asks a
    hundred times.
    """
    if mean == 0 or k < 0:
        return float(k >= 0)
    start = min(k, int(mean + FAR * sqrt(mean) + FAR))
    term, total = exp(_log_poisson(start, mean)), 0.0
    for i in range(start, -1, -1):
        total += term
        if i < mean and term < total * NOTHING:
            break
        term *= i / mean
    return min(1.0, total)


def poisson_quantile(mean: float, chance: float) -> int:
    """The smallest count whose P(X <= k) reaches `chance`. Raises ValueError outside 0 < chance < 1."""
    if _checked(chance, mean) == 0:
        return 0
    if chance < LEAST_BY_STEPS:
        return _quantile(lambda k: _log_poisson(k, mean), mean, chance)
    # Ten deviations below the mean nothing is left to add, and each term follows from the one before.
    k = max(0, int(mean - 10 * sqrt(mean)))
    term = reached = exp(_log_poisson(k, mean))
    while reached < chance and (k <= mean or term > 0.0):
        k += 1
        term *= mean / k
        reached += term
    return k


def nb_quantile(mean: float, alpha: float, chance: float) -> int:
    """As `poisson_quantile`, for a negative binomial with variance mean + alpha * mean**2."""
    if mean == 0 or alpha == 0:
        return poisson_quantile(mean, chance)
    size = 1 / alpha
    log_none = -size * log1p(mean / size)
    log_more = log(mean) - log(size + mean)

    def log_chance(k: int) -> float:
        return lgamma(size + k) - lgamma(size) - lgamma(k + 1) + log_none + k * log_more

    return _quantile(log_chance, mean, chance)


def _log_poisson(k: int, mean: float) -> float:
    return k * log(mean) - mean - lgamma(k + 1)


def _quantile(log_chance: Callable[[int], float], mean: float, chance: float) -> int:
    _checked(chance, 0)
    reached = 0.0
    for k in count():
        term = exp(log_chance(k))
        reached += term
        # Beyond the mean a vanishing term means the sum has stopped growing short of `chance` by rounding.
        if reached >= chance or (k > mean and term == 0.0):
            return k
    raise AssertionError  # pragma: no cover - count() does not end


def _checked(chance: float, value: float) -> float:
    if not 0 < chance < 1:
        raise ValueError(f"peluang {chance} tidak mungkin; harus di antara 0 dan 1")
    return value
