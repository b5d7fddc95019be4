"""A stated total against the sum of its parts: the difference is said, never silently resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What somebody wrote as a total, and what its parts add up to; counts, or per cent as printed."""

    stated: Amount
    summed: Amount

    @property
    def difference(self) -> Amount:
        """Stated minus summed: positive when parts are missing."""
        return self.stated - self.summed

    @property
    def agrees(self) -> bool:
        """Whether the parts add up to the total exactly."""
        return self.stated == self.summed


def stated_total(stated: Amount, parts: Iterable[Amount]) -> StatedTotal:
    """A total beside its parts. Raises ValueError without parts or for a negative amount."""
    amounts = list(parts)
    if not amounts:
        raise ValueError("tidak ada bagian untuk dijumlahkan")
    if min(stated, *amounts) < 0:
        raise ValueError(f"jumlah {min(stated, *amounts)} tidak mungkin")
    return StatedTotal(stated, sum(amounts))
