"""Solar roofs: yield, use on the spot, the share of renewables, and the carbon that was not burnt."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable

BASIS = LegalBasis("Permen ESDM 2/2024", "ekspor PLTS atap tidak dikreditkan", "2024", "read")
HOURS_A_YEAR = 8760


def specific_yield(kwh_a_year: Decimal, kwp: Decimal) -> Fraction:
    """kWh for each kWp in a year."""
    return Fraction(kwh_a_year) / Fraction(kwp)


def capacity_factor(kwh_a_year: Decimal, kwp: Decimal) -> Fraction:
    """Share 0..1 of what the panels would give at full power all year."""
    return specific_yield(kwh_a_year, kwp) / HOURS_A_YEAR


def own_use(produced_kwh: Decimal, exported_kwh: Decimal) -> Decimal:
    """kWh used on the spot. Raises ValueError when more was exported than produced."""
    if exported_kwh > produced_kwh:
        raise ValueError(f"ekspor {exported_kwh} kWh lebih besar dari produksi {produced_kwh} kWh")
    return produced_kwh - exported_kwh


def renewable_share(own_kwh: Decimal, imported_kwh: Decimal) -> Fraction | NotComputable:
    """Share 0..1 of the use that was made on the spot; what is exported is not credited."""
    used = Fraction(own_kwh) + Fraction(imported_kwh)
    return Fraction(own_kwh) / used if used > 0 else NotComputable("pemakaian listrik belum diisi")


def avoided_co2(own_kwh: Decimal, tonnes_per_mwh: Decimal) -> Fraction:
    """Tonnes, by the factor of the grid. The factor belongs to a year and a source; there is no default."""
    return Fraction(own_kwh) / 1000 * Fraction(tonnes_per_mwh)
