"""IKE, the energy of a building per m² and month, and its class: Permen ESDM 13/2012."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dashboard.formulas.class_table import ClassTable
from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable

CAUTION = "PP 33/2023 dan Permen ESDM 8/2025 lebih baru; kelas menurut aturan itu belum ditemukan"
BASIS = LegalBasis("Permen ESDM 13/2012", "kelas IKE gedung pemerintah", "2012", "read", caution=CAUTION)
WORDS = ("sangat efisien", "efisien", "cukup efisien", "boros")
WITH_AC = ClassTable(BASIS, WORDS, (Decimal("8.5"), Decimal(14), Decimal("18.5")), "above")
WITHOUT_AC = ClassTable(BASIS, WORDS, (Decimal("3.4"), Decimal("5.6"), Decimal("7.4")), "above")
"""kWh/m² per MONTH; a yearly figure is divided by 12 first."""
MONTH_DAYS = Fraction(365, 12)
SMALL_PART = Fraction(1, 10)
"""A building counts as wholly air-conditioned when the part without AC is less than this share of its floor."""
Cooling = Literal["AC", "tanpa AC", "campuran"]


def intensity(kwh: Decimal, area_m2: Decimal, days: int | None = None) -> Fraction:
    """kWh/m² per month; a bill over `days` is brought to 365/12 days. Raises ValueError for an area or days of 0."""
    if area_m2 <= 0 or (days is not None and days <= 0):
        raise ValueError(f"luas {area_m2} m² atau {days} hari tidak mungkin")
    monthly = Fraction(kwh) / Fraction(area_m2)
    return monthly if days is None else monthly * MONTH_DAYS / days


def mean_intensity(bills: Iterable[tuple[Decimal, int, int | None]], area_m2: Decimal) -> Fraction | None:
    """The mean over months from (kWh of some months, how many months, days of each bill); None without any month."""
    given = list(bills)
    months = sum(n for _, n, _ in given)
    whole = sum((intensity(kwh, area_m2, days) for kwh, _, days in given), Fraction(0))
    return whole / months if months else None


def cooling(area_m2: Decimal, area_without_ac_m2: Decimal) -> Cooling:
    """Which table applies; "campuran" needs a meter for each part."""
    bare = Fraction(area_without_ac_m2) / Fraction(area_m2)
    if bare < SMALL_PART:
        return "AC"
    return "tanpa AC" if bare == 1 else "campuran"


def class_of(monthly: Fraction | Decimal, kind: Cooling) -> str | NotComputable:
    """The class of an unrounded intensity per month."""
    if kind == "campuran":
        return NotComputable("gedung campuran: perlu meter terpisah untuk bagian ber-AC dan tanpa AC")
    return (WITH_AC if kind == "AC" else WITHOUT_AC).word(monthly)
