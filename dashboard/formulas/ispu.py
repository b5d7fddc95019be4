"""ISPU, the Indonesian air pollution index: Permen LHK P.14/2020, computed as KLH publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from itertools import pairwise

LEGAL_BASIS = "Permen LHK P.14/MENLHK/SETJEN/KUM.1/7/2020"
INDEX_STEPS = tuple(Decimal(step) for step in (0, 50, 100, 200, 300, 500))


def _bounds(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(bound) for bound in ("0 " + text).split())


BREAKPOINTS: Mapping[str, tuple[Decimal, ...]] = {
    "pm10": _bounds("50 150 350 420 500"),
    "pm25": _bounds("15.5 55.4 150.4 250.4 500"),
    "so2": _bounds("52 180 400 800 1200"),
    "co": _bounds("4000 8000 15000 30000 45000"),
    "o3": _bounds("120 235 400 800 1000"),
    "no2": _bounds("80 200 1130 2260 3000"),
    "hc": _bounds("45 100 215 432 648"),
}
"""Concentrations in ug/m3 (24-hour mean, CO too) that stand at the indices of INDEX_STEPS."""


class Category(StrEnum):
    """The five words of the regulation."""

    GOOD = "BAIK"
    MODERATE = "SEDANG"
    UNHEALTHY = "TIDAK SEHAT"
    VERY_UNHEALTHY = "SANGAT TIDAK SEHAT"
    HAZARDOUS = "BERBAHAYA"


@dataclass(frozen=True, slots=True)
class Ispu:
    """The index of one station: the highest sub-index and the parameter it comes from."""

    index: int
    category: Category
    critical: str
    sub_indices: Mapping[str, int]


def sub_index(parameter: str, concentration: Decimal) -> Decimal:
    """The unrounded index of one parameter from its 24-hour mean in ug/m3.

    Bands join without a gap and the last one is prolonged beyond the table. Fifty digits: far finer than the
    distance of any measured value from a half. Raises ValueError: unknown parameter or impossible value.
    """
    if parameter not in BREAKPOINTS:
        raise ValueError(f"parameter ISPU '{parameter}' tidak dikenal; yang ada: {', '.join(BREAKPOINTS)}")
    if not concentration.is_finite() or concentration < 0:
        raise ValueError(f"konsentrasi {parameter} tidak mungkin: {concentration} µg/m³")
    bands = list(zip(pairwise(BREAKPOINTS[parameter]), pairwise(INDEX_STEPS), strict=True))
    (x_low, x_high), (i_low, i_high) = next((band for band in bands if concentration <= band[0][1]), bands[-1])
    with localcontext() as context:
        context.prec = 50
        return (i_high - i_low) * (concentration - x_low) / (x_high - x_low) + i_low


def rounded(index: Decimal) -> int:
    """The index as it is published: nearest whole number, halves upward."""
    return int(index.to_integral_value(ROUND_HALF_UP))


def category(index: int) -> Category:
    """The word for a rounded index; 100 is still SEDANG, 200 still TIDAK SEHAT."""
    edges = zip((50, 100, 200, 300), Category, strict=False)
    return next((word for edge, word in edges if index <= edge), Category.HAZARDOUS)


def ispu(concentrations: Mapping[str, Decimal]) -> Ispu | None:
    """The ISPU of one station from its valid 24-hour means in ug/m3; None when there is none.

    Leave out a parameter that is void or incomplete (`station_ispu` does); never pass it as zero. Of equal highest
    sub-indices the first of BREAKPOINTS is named critical. Raises as `sub_index` does.
    """
    exact = {parameter: sub_index(parameter, value) for parameter, value in concentrations.items()}
    if not exact:
        return None
    critical = max((p for p in BREAKPOINTS if p in exact), key=lambda parameter: exact[parameter])
    index = rounded(exact[critical])
    return Ispu(index, category(index), critical, {p: rounded(value) for p, value in exact.items()})
