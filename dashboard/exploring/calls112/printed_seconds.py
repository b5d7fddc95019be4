"""Percentile, mean and spread of times to the digits that reports print, without a rounding in between."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import floor
from typing import Literal

from dashboard.formulas.percentile import nearest_rank

Rule = Literal["nearest", "linear"]
"""Nearest rank gives a value that occurred; linear interpolates (type 7, as spreadsheets and numpy do)."""
_DIGITS = Context(prec=40)


def percentile(ordered: Sequence[int], percent: int, rule: Rule) -> Fraction | None:
    """A percentile of sorted whole numbers by either rule, exact; None without numbers."""
    if not ordered:
        return None
    if rule == "nearest":
        found = nearest_rank(ordered, percent)
        return None if found is None else Fraction(found)
    at = Fraction(percent * (len(ordered) - 1), 100)
    below = floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def sample_sd(times: Sequence[int]) -> Decimal | None:
    """The sample standard deviation (n-1) of whole milliseconds, in seconds; None of fewer than two."""
    n = len(times)
    if n < 2:
        return None
    variance = Fraction(n * sum(t * t for t in times) - sum(times) ** 2, n * (n - 1))
    root = _DIGITS.sqrt(_DIGITS.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    return _rounded(_DIGITS.divide(root, Decimal(1000)))


def seconds(milliseconds: Fraction | None) -> Decimal | None:
    """Milliseconds as seconds with two decimals, rounded half up."""
    if milliseconds is None:
        return None
    return _rounded(_DIGITS.divide(Decimal(milliseconds.numerator), Decimal(milliseconds.denominator * 1000)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
