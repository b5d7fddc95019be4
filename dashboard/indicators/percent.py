"""Exact shares as percentages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def percent(share: Fraction | None) -> Decimal | None:
    """A share 0..1 as a percentage to 28 digits; None stays None."""
    return None if share is None else Decimal(share.numerator * 100) / Decimal(share.denominator)


def decimal(value: Fraction | None) -> Decimal | None:
    """A fraction to 28 digits; None stays None."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)
