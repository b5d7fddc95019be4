"""Green open space as DPRKP2 tells of it, and the urban area it is measured against. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.record_days import day_start


@dataclass(frozen=True, slots=True)
class GreenArea:
    """One green open space inside the urban area."""

    topic: ClassVar[str] = "green_areas"

    year: int
    kecamatan_code: str
    kind: str
    name: str
    ownership: Literal["publik", "privat"]
    area_ha: Decimal
    surveyed_on: date
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day of the inventory."""
        return day_start(self.surveyed_on)


@dataclass(frozen=True, slots=True)
class UrbanArea:
    """The urban area (kawasan perkotaan) of one kecamatan, and the plan that says so."""

    topic: ClassVar[str] = "urban_areas"

    year: int
    kecamatan_code: str
    area_ha: Decimal
    basis: str
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The first day of the year from which it holds."""
        return day_start(date(self.year, 1, 1))
