"""Two counts compared: whether the difference could be chance, and how it may be worded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import exp, gcd, lgamma, log

LEAST_BASE = 10
"""Below this base a percentage misleads: from 1 to 2 is not "naik 100 %"."""
CHANCE = Fraction(1, 20)
MOST_WHOLE = 2000
"""Beyond it the chance is added up in floating point."""
SMALLEST = 1e-17
"""What is smaller than this share of the sum no longer changes it."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one period to the next of the same length. `relative` and `p` are None where they would mislead."""

    before: int
    now: int
    relative: Fraction | None
    p: Fraction | None

    @property
    def real(self) -> bool:
        """Whether chance alone would make such a difference less than once in twenty."""
        return self.p is not None and self.p < CHANCE

    @property
    def words(self) -> str:
        """The change as a phrase; in per cent only from a base of ten."""
        if self.now == self.before:
            return f"tetap {self.now}"
        word = "naik" if self.now > self.before else "turun"
        share = "" if self.relative is None else f" ({_percent(abs(self.relative))})"
        verdict = "berbeda nyata" if self.real else "tidak berbeda nyata"
        return f"{word} {abs(self.now - self.before)}{share}, dari {self.before} menjadi {self.now}; {verdict}"


def two_sided_p(k1: int, k2: int, t1: int = 1, t2: int = 1) -> Fraction | None:
    """The exact chance of a split at least as unlikely, were the rates equal; None when nothing was counted.

    Conditional on the sum, k1 is binomial with t1/(t1+t2) (Przyborowski and Wilenski 1940); two-sided by adding
    every split that is no more likely than the one seen. Raises ValueError for negative counts or lengths <= 0.
    """
    if min(k1, k2) < 0 or min(t1, t2) <= 0:
        raise ValueError(f"jumlah {k1} dan {k2} dalam masa {t1} dan {t2} tidak mungkin")
    total = k1 + k2
    if total == 0:
        return None
    shared = gcd(t1, t2)
    first, second = t1 // shared, t2 // shared
    if first == second:
        return _of_equal_lengths(min(k1, k2), total)
    weights = [second**total]
    for k in range(total):
        # The next binomial term from the last, exactly: whole numbers, so equal chances compare equal.
        weights.append(weights[-1] * (total - k) * first // ((k + 1) * second))
    return Fraction(sum(weight for weight in weights if weight <= weights[k1]), (first + second) ** total)


def _of_equal_lengths(fewer: int, total: int) -> Fraction:
    """Chances fall from the middle to both ends alike: twice the splits at the end, or all from the middle."""
    if 2 * fewer == total:
        return Fraction(1)
    if total > MOST_WHOLE:
        return Fraction(min(1.0, _end(fewer, total)))
    ways = end = 1
    for k in range(fewer):
        ways = ways * (total - k) // (k + 1)
        end += ways
    return Fraction(end, 2 ** (total - 1))


def _end(fewer: int, total: int) -> float:
    """The same in floating point, to ten digits: whole numbers of thousands of digits take half a second to add."""
    term = exp(lgamma(total + 1) - lgamma(fewer + 1) - lgamma(total - fewer + 1) - (total - 1) * log(2))
    end, k = 0.0, fewer
    while k >= 0 and term > end * SMALLEST:
        end += term
        term *= k / (total - k + 1)
        k -= 1
    return end


@lru_cache(4096)
def change(before: int, now: int) -> Change:
    """Two counts of equally long periods. Raises ValueError for negative counts."""
    p = two_sided_p(now, before)
    relative = Fraction(now - before, before) if before >= LEAST_BASE else None
    return Change(before, now, relative, p)


def differs(before: int, now: int) -> bool:
    """Whether chance alone would part two counts so far less than once in twenty."""
    return change(before, now).real


def _percent(share: Fraction) -> str:
    return f"{round(100 * share)} %"
