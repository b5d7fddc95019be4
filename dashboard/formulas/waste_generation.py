"""How much waste inhabitants make, and whether a printed day agrees with its printed year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.legal_basis import LegalBasis

BASIS = LegalBasis(
    "SNI 19-3983-1995", "koefisien timbulan 0,625–0,80 kg/orang/hari", "1995", "memory",
    caution="SIPSN memakai 0,4–0,7 menurut kelas kota",
)  # fmt: skip
DAYS = 365
"""SIPSN counts 365 days in every year."""
ROUNDING = Fraction(5, 1000)
"""Half of the last digit of a printed t/day."""


def generated_per_day(people: int, kg_per_person: Decimal) -> Fraction:
    """Tonnes a day."""
    return people * Fraction(kg_per_person) / 1000


def generated_per_year(people: int, kg_per_person: Decimal, days: int = DAYS) -> Fraction:
    """Tonnes a year."""
    return generated_per_day(people, kg_per_person) * days


def printed_agree(per_day: Decimal, per_year: Decimal) -> bool:
    """Whether t/day and t/year, each printed with two decimals, can be the same amount."""
    return abs(Fraction(per_day) * DAYS - Fraction(per_year)) <= DAYS * ROUNDING
