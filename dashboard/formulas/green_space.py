"""Green open space of the urban area: 20 % public and 10 % private, each tested apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable

BASIS = LegalBasis("UU 26/2007", "dan Permen ATR/BPN 14/2022", "2007-04-26", "read")
PUBLIC, PRIVATE = Decimal(20), Decimal(10)
"""Percent of the urban area, not of the whole kabupaten."""


@dataclass(frozen=True, slots=True)
class GreenSpace:
    """Shares 0..1 of the urban area; shortfalls in percentage points. A surplus of one part heals no other."""

    public: Fraction
    private: Fraction

    @property
    def whole(self) -> Fraction:
        """Both parts."""
        return self.public + self.private

    @property
    def public_short(self) -> Fraction:
        """Points missing to 20 %."""
        return max(Fraction(0), Fraction(PUBLIC) - self.public * 100)

    @property
    def private_short(self) -> Fraction:
        """Points missing to 10 %."""
        return max(Fraction(0), Fraction(PRIVATE) - self.private * 100)

    @property
    def short(self) -> Fraction:
        """Points missing in all."""
        return self.public_short + self.private_short


def green_space(public_ha: Decimal, private_ha: Decimal, urban_ha: Decimal | None) -> GreenSpace | NotComputable:
    """Both shares from areas in ha. Raises ValueError for areas that cannot be."""
    if urban_ha is None:
        return NotComputable("luas kawasan perkotaan belum diisi; luas kabupaten tidak boleh dipakai sebagai pengganti")
    if urban_ha <= 0 or public_ha < 0 or private_ha < 0 or public_ha + private_ha > urban_ha:
        raise ValueError(f"RTH {public_ha} + {private_ha} ha dari {urban_ha} ha kawasan perkotaan tidak mungkin")
    return GreenSpace(Fraction(public_ha) / Fraction(urban_ha), Fraction(private_ha) / Fraction(urban_ha))
