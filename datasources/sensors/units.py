"""Units in which sensors speak, and the one unit in which each parameter is kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

CANONICAL = {
    "pm1": "ug/m3", "pm25": "ug/m3", "pm10": "ug/m3", "so2": "ug/m3", "co": "ug/m3", "o3": "ug/m3", "no2": "ug/m3",
    "hc": "ug/m3", "temperature": "degC", "humidity": "%", "river_level": "m", "discharge": "m3/s", "rain": "mm",
    "battery": "V", "rssi": "dBm", "pressure": "hPa", "wind_speed": "m/s", "wind_direction": "deg",
    "water_temperature": "degC", "ph": "pH", "do": "mg/L", "tss": "mg/L", "tds": "mg/L", "nh3": "mg/L", "no3": "mg/L",
    "turbidity": "NTU",
}  # fmt: skip
"""Parameter → unit in which it is kept."""

_SPELLINGS = {"µg/m3": "ug/m3", "μg/m3": "ug/m3", "µg/m³": "ug/m3", "ug/m³": "ug/m3", "mg/m³": "mg/m3", "m³/s": "m3/s",
              "°C": "degC", "C": "degC", "°F": "degF", "F": "degF"}  # fmt: skip


def _times(factor: str) -> Callable[[Decimal], Decimal]:
    return lambda value: value * Decimal(factor)


CONVERSIONS: dict[tuple[str, str], Callable[[Decimal], Decimal]] = {
    ("mg/m3", "ug/m3"): _times("1000"),
    ("degF", "degC"): lambda value: ((value - 32) * 5 / 9).quantize(Decimal("0.01")),
    ("fraction", "%"): _times("100"),
    ("cm", "m"): _times("0.01"),
    ("mm", "m"): _times("0.001"),
    ("l/s", "m3/s"): _times("0.001"),
    ("Pa", "hPa"): _times("0.01"),
    ("mV", "V"): _times("0.001"),
    ("km/h", "m/s"): lambda value: (value / Decimal("3.6")).quantize(Decimal("0.01")),
}
"""Exact ones only. ppm and ppb of gases are not here: they need a temperature that sensors do not send."""

LIMITS = {
    "temperature": (Decimal(-20), Decimal(70)),
    "humidity": (Decimal(0), Decimal(100)),
    "river_level": (Decimal(-10), Decimal(50)),
    "rain": (Decimal(0), Decimal(500)),
    "wind_speed": (Decimal(0), Decimal(75)),
    "wind_direction": (Decimal(0), Decimal(360)),
    "ph": (Decimal(0), Decimal(14)),
    "water_temperature": (Decimal(-2), Decimal(60)),
}
"""Outside lies a fault of the sensor. Concentrations are only required not to be negative."""


def checked(parameter: str, unit: str) -> tuple[str, str]:
    """(parameter, unit) with the unit's usual spelling. Raises ValueError with an Indonesian sentence."""
    unit = _SPELLINGS.get(unit, unit)
    if parameter not in CANONICAL:
        raise ValueError(f"parameter '{parameter}' tidak dikenal; yang ada: {', '.join(CANONICAL)}")
    kept = CANONICAL[parameter]
    if unit != kept and (unit, kept) not in CONVERSIONS:
        right = ", ".join([kept, *(source for source, target in CONVERSIONS if target == kept)])
        raise ValueError(f"satuan '{unit}' untuk {parameter} tidak dikenal; yang dapat: {right}")
    return parameter, unit


def canonical(parameter: str, unit: str, value: Decimal) -> Decimal:
    """`value` in the parameter's own unit. Raises ValueError with an Indonesian sentence for what cannot be."""
    kept = CANONICAL[parameter]
    result = value if unit == kept else CONVERSIONS[unit, kept](value)
    low, high = LIMITS.get(parameter, (Decimal(0) if kept == "ug/m3" else None, None))
    if (low is not None and result < low) or (high is not None and result > high):
        right = f"{low} sampai {high}" if high is not None else f"{low} atau lebih"
        raise ValueError(f"{parameter} {value} {unit} tidak mungkin; seharusnya {right} {kept}")
    return result
