"""Words that the answers about services share."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.within_clock import Tally
from dashboard.indicators.percent import percent

LEAST = 5
"""Of fewer cases no share is written: one more or less would move it by twenty points."""
TOO_FEW = f"terlalu sedikit (< {LEAST})"
LOCAL = "lokal"
OPEN_LATE = "Yang masih terbuka dan melewati batas langsung dihitung terlambat; yang masih dalam batas belum dihitung."


def share(tally: Tally) -> Decimal | None:
    """In per cent; None of too few."""
    return percent(tally.share) if tally.decided >= LEAST else None


def limits(tally: Tally) -> tuple[Decimal | None, Decimal | None]:
    """The Wilson interval of 95 %, in per cent; None of too few."""
    found = wilson(tally.in_time, tally.decided) if tally.decided >= LEAST else None
    return (None, None) if found is None else (round(Decimal(100 * found[0]), 1), round(Decimal(100 * found[1]), 1))


def left_out(excluded: Counter[str]) -> tuple[str, ...]:
    """The sentence about what has no clock."""
    if not excluded:
        return ()
    return ("Tidak dihitung: " + ", ".join(f"{n} {reason}" for reason, n in sorted(excluded.items())) + ".",)


def per_cent(value: Fraction | None, decimals: int = 2) -> Decimal | None:
    """A share as a percentage, rounded for a table."""
    exact = percent(value)
    return None if exact is None else round(exact, decimals)
