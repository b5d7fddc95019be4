"""How much oxygen fresh water holds at most: it depends on the temperature."""

from __future__ import annotations

from decimal import Decimal
from math import exp

COEFFICIENTS = (-139.34411, 1.575701e5, -6.642308e7, 1.243800e10, -8.621949e11)
ASSUMED_C = Decimal(25)
"""Where a sample has no water temperature; at 25 °C water holds 8.26 mg/l."""
COLDEST, WARMEST = Decimal(0), Decimal(45)


def saturation(temperature_c: Decimal) -> Decimal:
    """mg/l at sea level in fresh water of 0 to 45 °C, to hundredths (Benson and Krause 1984, as in APHA 4500-O).

    Raises ValueError outside that range.
    """
    if not COLDEST <= temperature_c <= WARMEST:
        raise ValueError(f"suhu air {temperature_c} °C di luar 0–45 °C")
    kelvin = float(temperature_c) + 273.15
    logarithm = sum(c / kelvin**power for power, c in enumerate(COEFFICIENTS))
    return Decimal(str(round(exp(logarithm), 2)))
