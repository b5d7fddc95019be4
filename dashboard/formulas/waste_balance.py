"""Where the waste of a period went: reduced, handled, or not managed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable

BASIS = LegalBasis("Perpres 97/2017", "dan Permen LHK P.10/2018", "2017", "read")
DOUBLE_COUNTED = "pengurangan dan penanganan melebihi timbulan: ada yang terhitung dua kali"


@dataclass(frozen=True, slots=True)
class WasteBalance:
    """Shares 0..1 of what was generated; `unmanaged` is None where more was managed than generated."""

    generated_t: Decimal
    reduced: Fraction
    handled: Fraction

    @property
    def managed(self) -> Fraction:
        """What was reduced or handled."""
        return self.reduced + self.handled

    @property
    def double_counted(self) -> bool:
        """Whether more was managed than generated: material recycled in a TPS3R and hauled as well."""
        return self.managed > 1

    @property
    def unmanaged(self) -> Fraction | None:
        """What nobody took care of."""
        return None if self.double_counted else 1 - self.managed


def waste_balance(generated_t: Decimal, reduced_t: Decimal, handled_t: Decimal) -> WasteBalance | NotComputable:
    """The balance of one period, all in tonnes of the same months. Raises ValueError for a negative amount."""
    if min(generated_t, reduced_t, handled_t) < 0:
        raise ValueError(f"tonase negatif: {generated_t}, {reduced_t}, {handled_t}")
    if generated_t == 0:
        return NotComputable("timbulan belum diisi")
    whole = Fraction(generated_t)
    return WasteBalance(generated_t, Fraction(reduced_t) / whole, Fraction(handled_t) / whole)


def gap_in_points(share: Fraction, target_percent: Decimal) -> Fraction:
    """Percentage points that are missing to a target; 0 when it is met."""
    return max(Fraction(0), Fraction(target_percent) - share * 100)
