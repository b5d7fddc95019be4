"""IKE of each government building over twelve months, with what is missing for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.energy_intensity import Cooling, class_of, cooling, intensity, mean_intensity
from dashboard.formulas.not_computable import NotComputable
from dashboard.indicators.month_window import YEAR, earlier, last_whole_month, newest_of
from dashboard.store.energy import Bills, all_buildings, bills_between, newest_energy_month
from datasources.resources.energy_records import Building

FEWEST = 9
"""Months of twelve below which a building gets no class: seasons would decide it."""


@dataclass(frozen=True, slots=True)
class RatedBuilding:
    """`mean`, `low` and `high` are kWh/m² per month; `word` is the class, or why there is none."""

    building: Building
    months: int
    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    kind: Cooling | None
    word: str | NotComputable
    metering: str


def rated_buildings(connection: Connection, at: datetime) -> tuple[list[RatedBuilding], date | None]:
    """Every building over the twelve months that end with the newest known one, and that month."""
    newest = newest_energy_month(connection, last_whole_month(at))
    newest = newest and newest_of([newest], at)
    by_building: dict[str, list[Bills]] = {}
    for bills in bills_between(connection, earlier(newest, YEAR - 1), newest) if newest else ():
        by_building.setdefault(bills.building, []).append(bills)
    known = [b for b in all_buildings(connection) if b.data_time <= at]
    return [rated(b, by_building.get(b.code, [])) for b in known], newest


def rated(building: Building, bills: Sequence[Bills]) -> RatedBuilding:
    """One building by its bills."""
    area, bare, months = building.area_m2, building.bare_m2, sum(b.months for b in bills)
    kind = None if area is None or bare is None else cooling(area, bare)
    mean = low = high = None
    if area is not None:
        mean = mean_intensity(((b.kwh, b.months, b.days) for b in bills), area)
        low = min((intensity(b.lowest, area, b.days) for b in bills), default=None)
        high = max((intensity(b.highest, area, b.days) for b in bills), default=None)
    metering = ", ".join(sorted({b.metering for b in bills}))
    return RatedBuilding(building, months, mean, low, high, kind, _word(building, mean, kind, months), metering)


def _word(building: Building, mean: Fraction | None, kind: Cooling | None, months: int) -> str | NotComputable:
    """The class, only where area, kind and enough months are known."""
    if building.area_m2 is None:
        return NotComputable("luas lantai belum diukur")
    if kind is None:
        return NotComputable("bagian tanpa AC belum diisi")
    if mean is None or months < FEWEST:
        return NotComputable(f"baru {months} dari 12 bulan, perlu {FEWEST}")
    return class_of(mean, kind)
