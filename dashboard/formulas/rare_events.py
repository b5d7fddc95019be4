"""Events so rare that a chart of counts says nothing: the chance of so many, and the days between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from math import exp, fsum, lgamma, log, log1p

from dashboard.formulas.count_distributions import poisson_cdf
from dashboard.formulas.usual_band import ALPHA

RARE_BELOW = 5
"""Fewer than this in a mean period: look at the days between."""
LEAST_GAPS = 12
TAIL = ALPHA / 2
"""One-sided chance of a false alarm; that of three standard deviations."""


@dataclass(frozen=True, slots=True)
class GapLimits:
    """Usual days without an event between two events, both ends still usual, from `gaps` earlier ones."""

    mean: float
    low: int
    high: int
    gaps: int

    def judge(self, days: int) -> str:
        """The word for a gap of so many days, over or still running. A gap below `low` means crowding."""
        if days > self.high:
            return "lebih jarang dari biasa"
        return "lebih sering dari biasa" if days < self.low else "biasa"


def is_rare(counts: Sequence[int]) -> bool | None:
    """Whether a mean period holds fewer than five events; None without periods."""
    return sum(counts) < RARE_BELOW * len(counts) if counts else None


def chance_of_at_least(k: int, mean: float) -> float:
    """P(X >= k) of a Poisson count, without losing the digits of a small tail. Raises ValueError for mean < 0."""
    if mean < 0:
        raise ValueError(f"rata-rata {mean} tidak mungkin")
    if k <= 0:
        return 1.0
    if mean == 0:
        return 0.0
    return 1 - poisson_cdf(k - 1, mean) if k <= mean else fsum(_tail(k, mean))


def _tail(k: int, mean: float) -> Iterable[float]:
    term = exp(k * log(mean) - mean - lgamma(k + 1))
    for i in count(k + 1):
        yield term
        term *= mean / i
        if term < 1e-20:
            return


def days_between(days: Iterable[date]) -> list[int]:
    """Days without an event between one event and the next: 0 on the same or the following day."""
    return [max(0, (later - earlier).days - 1) for earlier, later in pairwise(sorted(days))]


def gap_limits(gaps: Sequence[int], least: int = LEAST_GAPS) -> GapLimits | None:
    """Limits of a g-chart; None from fewer than `least` gaps.

    Probability limits of the geometric distribution (Benneyan 2001) with p = 1 / (1 + mean gap). As short gaps are
    the rule where events are not very rare, `low` is mostly 0: crowding shows in `chance_of_at_least`.
    Raises ValueError for a negative gap.
    """
    if any(gap < 0 for gap in gaps):
        raise ValueError(f"jeda {min(gaps)} hari tidak mungkin")
    if len(gaps) < least:
        return None
    mean = sum(gaps) / len(gaps)
    return GapLimits(mean, _quantile(mean, TAIL), _quantile(mean, 1 - TAIL), len(gaps))


def _quantile(mean: float, chance: float) -> int:
    """The smallest gap whose P(gap <= g) = 1 - (mean / (1 + mean))**(g + 1) reaches `chance`."""
    if mean == 0:
        return 0
    exact = log1p(-chance) / -log1p(1 / mean) - 1
    return max(0, int(exact) + (exact > int(exact)))
