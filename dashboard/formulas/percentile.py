"""Percentile by nearest rank: always a value that was observed, with limits that are observed values too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from typing import Any, Generic, Literal, TypeVar

Ordered = TypeVar("Ordered", bound=Any)

CONFIDENCE = 0.95
LEAST_FOR_P90 = 30
LEAST_FOR_MEDIAN = 5

Shown = Literal["p90", "median dan rentang", "terlalu sedikit"]


@dataclass(frozen=True, slots=True)
class PercentileLimits(Generic[Ordered]):
    """A percentile and what it lies between: each limit holds with 95 % of its own; None where n is too small."""

    value: Ordered
    low: Ordered | None
    high: Ordered | None
    n: int


@dataclass(frozen=True, slots=True)
class Summary(Generic[Ordered]):
    """What may be said of n values. The rest is None: p90 below 30, and everything below 5."""

    n: int
    shown: Shown
    median: Ordered | None = None
    lowest: Ordered | None = None
    highest: Ordered | None = None
    p90: PercentileLimits[Ordered] | None = None


def nearest_rank(values: Iterable[Ordered], percent: int) -> Ordered | None:
    """The value at rank ceil(percent/100 * n) of the sorted values; None when there are none.

    Whole percent, because 0.07 * 100 is more than 7 in binary. Raises ValueError outside 1..100.
    """
    rank_of = checked(percent)
    ordered = sorted(values)
    return ordered[-(-rank_of * len(ordered) // 100) - 1] if ordered else None


def nearest_rank_of_counts(counts: Mapping[Ordered, int], percent: int) -> Ordered | None:
    """The same from how often each value occurred."""
    rank = -(-checked(percent) * sum(counts.values()) // 100)
    for value in sorted(counts):
        rank -= counts[value]
        if rank <= 0 and counts[value]:
            return value
    return None


def percentile_limits(values: Sequence[Ordered], percent: int) -> PercentileLimits[Ordered] | None:
    """A percentile with the order statistics that limit it; None without values.

    Whatever the distribution, the number of values below the true percentile is binomial. One-sided 95 % each, so
    p90 has an upper limit from n = 29 (0.9**29 <= 0.05). Raises ValueError outside 1..99.
    """
    return _limits_in_order(sorted(values), percent) if values else None


def _limits_in_order(ordered: Sequence[Ordered], percent: int) -> PercentileLimits[Ordered]:
    n = len(ordered)
    low, high = limit_ranks(n, percent)
    value = ordered[-(-percent * n // 100) - 1]
    return PercentileLimits(
        value, None if low is None else ordered[low - 1], None if high is None else ordered[high - 1], n
    )


@lru_cache(4096)
def limit_ranks(n: int, percent: int) -> tuple[int | None, int | None]:
    """The ranks, from 1, of the lower and upper limit of a percentile of n values; None where there is none.

    Raises ValueError outside 1..99.
    """
    if checked(percent) == 100:
        raise ValueError("persentil 100 tidak mempunyai batas; tulis 1 sampai 99")
    chance = percent / 100
    # Ten deviations below the middle nothing is left to add; of many values this saves nearly all of the work.
    first = max(1, int(n * chance - 10 * sqrt(n * chance * (1 - chance))))
    low, below = None, 0.0
    for rank in range(first, n + 1):
        below += _binomial(n, rank - 1, chance)
        if below <= 1 - CONFIDENCE:
            low = rank
        if below >= CONFIDENCE:
            return low, rank
    return low, None


def summary(values: Sequence[Ordered]) -> Summary[Ordered]:
    """The figures that so few or so many values allow."""
    return summary_in_order(sorted(values))


def summary_in_order(ordered: Sequence[Ordered]) -> Summary[Ordered]:
    """The same of values that stand in order already, the smallest first; only a few of them are looked at."""
    n = len(ordered)
    if n < LEAST_FOR_MEDIAN:
        return Summary(n, "terlalu sedikit")
    p90 = _limits_in_order(ordered, 90) if n >= LEAST_FOR_P90 else None
    shown: Shown = "p90" if p90 else "median dan rentang"
    return Summary(n, shown, ordered[-(-50 * n // 100) - 1], ordered[0], ordered[-1], p90)


def _binomial(n: int, k: int, chance: float) -> float:
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(chance) + (n - k) * log(1 - chance))


def checked(percent: int) -> int:
    """Whole percent of 1 to 100, or ValueError."""
    if isinstance(percent, float) or not 1 <= percent <= 100:
        raise ValueError(f"persentil {percent} tidak mungkin; tulis bilangan bulat 1 sampai 100, misalnya 90")
    return percent
