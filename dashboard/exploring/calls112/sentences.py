"""Counts and figures inside the sentences of an answer, as they are written in Indonesia."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

TOO_FEW = "terlalu sedikit"
FEWER_THAN_3 = "<3"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def whole(n: int) -> str:
    """'1.234'."""
    return f"{n:,}".replace(",", ".")


def day_words(day: date) -> str:
    """'3 Agu 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def figure(value: Decimal | float, decimals: int = 1) -> str:
    """'1.234,5', rounded half up."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,}".translate(str.maketrans(",.", ".,"))


def listed(counts: Mapping[str, int]) -> str:
    """'12 dibatalkan, 3 luar wilayah', the most frequent first."""
    return ", ".join(f"{whole(n)} {word}" for word, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def minutes(length: timedelta | None) -> Decimal | None:
    """A length of time in minutes, exact."""
    return None if length is None else Decimal(length // timedelta(milliseconds=1)) / 60_000


def share_of(part: int, of: int) -> str:
    """'31 %' of a whole that is not zero."""
    return f"{figure(Decimal(100 * part) / of, 0)} %"
