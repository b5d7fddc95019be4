"""Poisson and negative binomial: chances and quantiles of counts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import exp, fsum, lgamma, log, log1p


def poisson_cdf(k: int, mean: float) -> float:
    """P(X <= k) for a Poisson count with this mean; 0 below zero."""
    if mean == 0:
        return float(k >= 0)
    return fsum(exp(_log_poisson(i, mean)) for i in range(k + 1))


def poisson_quantile(mean: float, chance: float) -> int:
    """The smallest count whose P(X <= k) reaches `chance`. Raises ValueError outside 0 < chance < 1."""
    if mean == 0:
        return _checked(chance, 0)
    return _quantile(lambda k: _log_poisson(k, mean), mean, chance)


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


def _checked(chance: float, value: int) -> int:
    if not 0 < chance < 1:
        raise ValueError(f"peluang {chance} tidak mungkin; harus di antara 0 dan 1")
    return value
