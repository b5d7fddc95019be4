"""Percentile by nearest rank: always a value that was observed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

Ordered = TypeVar("Ordered", bound=Any)


def nearest_rank(values: Iterable[Ordered], percent: int) -> Ordered | None:
    """The value at rank ceil(percent/100 * n) of the sorted values; None when there are none.

    Whole percent, because 0.07 * 100 is more than 7 in binary. Raises ValueError outside 1..100.
    """
    if isinstance(percent, float) or not 1 <= percent <= 100:
        raise ValueError(f"persentil {percent} tidak mungkin; tulis bilangan bulat 1 sampai 100, misalnya 90")
    ordered = sorted(values)
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None
