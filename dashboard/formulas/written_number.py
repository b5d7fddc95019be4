"""Numbers inside a reason, as they are written in Indonesia; panels write theirs in layouts/format.py."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_SWAP = str.maketrans(",.", ".,")


def written(value: Decimal | Fraction | int | float, decimals: int | None = None) -> str:
    """'1.234,5': rounded half up to `decimals`, or with the decimals that it has when none are given."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact if exact else abs(exact):,f}".translate(_SWAP)
