"""Solar power of government roofs over twelve months, beside what government buildings draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.solar_yield import own_use, renewable_share
from dashboard.indicators.month_window import YEAR, earlier, last_whole_month, newest_of
from dashboard.store.energy import all_plants, drawn_in_all, newest_solar_month, solar_sums
from datasources.resources.energy_records import SolarPlant

NOTHING = (Decimal(0), Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class PlantYear:
    """One roof, how many of the twelve months it told of, and its kWh in them."""

    plant: SolarPlant
    months: int
    produced: Decimal
    exported: Decimal


@dataclass(frozen=True, slots=True)
class Renewables:
    """All roofs over the twelve months up to `newest`; the share counts months in which both sides are known."""

    plants: tuple[PlantYear, ...]
    newest: date
    months: int
    own_kwh: Decimal
    imported_kwh: Decimal

    @property
    def kwp(self) -> Decimal:
        """Installed power."""
        return sum((p.plant.kwp for p in self.plants), Decimal(0))

    @property
    def share(self) -> Fraction | NotComputable:
        """Share 0..1 of the use that was made on the spot."""
        if not self.months:
            return NotComputable("tidak ada bulan dengan produksi PLTS dan pemakaian gedung sekaligus")
        return renewable_share(self.own_kwh, self.imported_kwh)


def renewables(connection: Connection, at: datetime) -> Renewables | None:
    """As known at `at`; None when no roof told of any month of the last eighteen."""
    newest = newest_solar_month(connection, last_whole_month(at))
    newest = newest and newest_of([newest], at)
    if newest is None:
        return None
    first = earlier(newest, YEAR - 1)
    drawn = drawn_in_all(connection, first, newest)
    made = solar_sums(connection, first, newest, "month")
    both = [month for month in made if month in drawn]
    by_plant = solar_sums(connection, first, newest, "plant")
    plants = tuple(_plant(p, by_plant) for p in all_plants(connection) if p.data_time <= at)
    own = sum((own_use(made[month][0], made[month][1]) for month in both), Decimal(0))
    imported = sum((drawn[month] for month in both), Decimal(0))
    return Renewables(plants, newest, len(both), own, imported)


def _plant(plant: SolarPlant, sums: dict[str, tuple[Decimal, Decimal, int]]) -> PlantYear:
    produced, exported, months = sums.get(plant.code, NOTHING)
    return PlantYear(plant, months, produced, exported)
