"""Government buildings and solar roofs, and what each drew or gave in a month. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.record_days import day_start, month_end


@dataclass(frozen=True, slots=True)
class Building:
    """A government building; `bare_m2` is the part of its gross floor without AC. Areas are None when not measured."""

    topic: ClassVar[str] = "buildings"

    code: str
    name: str
    opd: str
    area_m2: Decimal | None
    bare_m2: Decimal | None
    measured_on: date
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day on which the floor was measured or the building was listed."""
        return day_start(self.measured_on)


@dataclass(frozen=True, slots=True)
class EnergyMonth:
    """What a building drew from the grid in a month. `days` are those of the bill, where it says so."""

    topic: ClassVar[str] = "energy_months"

    building: str
    month: date
    kwh: Decimal
    days: int | None
    metering: Literal["rekening", "meter", "token"]
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The end of the month."""
        return month_end(self.month)


@dataclass(frozen=True, slots=True)
class SolarPlant:
    """A solar roof on government ground and its power."""

    topic: ClassVar[str] = "solar_plants"

    code: str
    name: str
    kwp: Decimal
    running_since: date
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day from which it runs."""
        return day_start(self.running_since)


@dataclass(frozen=True, slots=True)
class SolarMonth:
    """What a solar roof made in a month, and what of it went to the grid."""

    topic: ClassVar[str] = "solar_months"

    plant: str
    month: date
    produced_kwh: Decimal
    exported_kwh: Decimal
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The end of the month."""
        return month_end(self.month)
