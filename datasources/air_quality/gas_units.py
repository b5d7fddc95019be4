"""Units of networks of air → the one in which a parameter is kept. ppm and ppb need a temperature: 25 °C."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

MOLAR_VOLUME = Decimal("24.45")
"""Litres of a mole of ideal gas at 25 °C and 1 atm, the state to which networks convert."""
MOLAR_MASS = {"so2": Decimal("64.066"), "co": Decimal("28.010"), "o3": Decimal("47.998"), "no2": Decimal("46.006")}
"""Grams per mole: 1 ppb of NO2 is 1.88 ug/m3."""
OTHER = {"temperature": ("degC", ("c", "°C")), "humidity": ("%", ("%",))}


def canonical_units(parameter: str) -> Mapping[str, Decimal]:
    """Unit that can be converted → factor to the canonical one."""
    if parameter in OTHER:
        return dict.fromkeys(OTHER[parameter][1], Decimal(1))
    factors = {"µg/m³": Decimal(1), "ug/m3": Decimal(1), "mg/m³": Decimal(1000)}
    if parameter in MOLAR_MASS:
        ppb = MOLAR_MASS[parameter] / MOLAR_VOLUME
        factors |= {"ppb": ppb, "ppm": 1000 * ppb}
    return factors


def converted(parameter: str, unit: str, value: Decimal) -> tuple[Decimal, str]:
    """The value and its canonical unit. Raises ValueError for an unknown unit and for a negative concentration."""
    factors = canonical_units(parameter)
    if unit not in factors:
        raise ValueError(f"satuan '{unit}' untuk {parameter} tidak dikenal; yang dapat: {', '.join(factors)}")
    if parameter in OTHER:
        return value, OTHER[parameter][0]
    if value < 0:
        raise ValueError(f"{parameter} {value} {unit} tidak mungkin; seharusnya 0 atau lebih")
    factor = factors[unit]
    return (value if factor == 1 else (value * factor).quantize(Decimal("0.0001"))), "ug/m3"
