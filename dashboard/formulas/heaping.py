"""Minutes that heap on 00 and 30: times that a hand typed afterwards, whatever the source calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import exp, fsum, lgamma, log, log1p

from dashboard.formulas.stages import TYPED_BY_HAND

HEAPS = (0, 30)
CHANCE = Fraction(len(HEAPS), 60)
RARE = 1e-6
"""Every stage of every source is looked at for years: one false verdict in twenty would be one every few days."""


@dataclass(frozen=True, slots=True)
class Heaping:
    """How many of n times stand on a full or half hour, and how likely so many are by chance alone."""

    n: int
    heaped: int
    by_chance: float

    @property
    def share(self) -> Fraction | None:
        """Heaped over all; None without times."""
        return Fraction(self.heaped, self.n) if self.n else None

    @property
    def typed_by_hand(self) -> bool:
        """Whether only "median, dibulatkan 30 menit" may be shown: most times heap, and chance does not explain it."""
        return self.share is not None and self.share > TYPED_BY_HAND and self.by_chance < RARE


def heaping(moments: Iterable[datetime]) -> Heaping:
    """The heaping of moments of one kind. A clock that nobody touches puts 1 in 30 on minute 00 or 30."""
    heaps = [moment.minute in HEAPS for moment in moments]
    return Heaping(len(heaps), sum(heaps), chance_of_at_least(sum(heaps), len(heaps)))


def chance_of_at_least(k: int, n: int, chance: Fraction = CHANCE) -> float:
    """P(X >= k) of a binomial count of n, exactly and from the side of the tail, so that small chances keep digits.

    Raises ValueError for counts that cannot be.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} dari {n} tidak mungkin")
    return fsum(exp(_log_binomial(i, n, float(chance))) for i in range(k, n + 1))


def _log_binomial(k: int, n: int, chance: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(chance) + (n - k) * log1p(-chance)
