"""Doubles of the store as the decimals they were: a value keeps the digits with which it came (up to fifteen)."""

from __future__ import annotations

from decimal import Decimal


def exact(value: float) -> Decimal:
    """20.0 → 20, 12.34 → 12.34."""
    return Decimal(repr(value).removesuffix(".0"))


def exact_or_none(value: float | None) -> Decimal | None:
    """The same; what is missing stays missing."""
    return None if value is None else exact(value)
