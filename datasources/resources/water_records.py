"""River water as DLH tells of it: values of samples, and limits that it has looked up. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from datasources.resources.record_days import day_start


@dataclass(frozen=True, slots=True)
class WaterValue:
    """One parameter of one sample. `below_limit`: the laboratory found less than `value`, its detection limit."""

    topic: ClassVar[str] = "water_values"

    station: str
    sampled_on: date
    parameter: str
    station_name: str
    river: str
    value: Decimal
    below_limit: bool
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day on which the sample was taken."""
        return day_start(self.sampled_on)


@dataclass(frozen=True, slots=True)
class WaterLimit:
    """A limit of class 2 that an office has looked up in the regulation; `confirmed_by` is an office, no person."""

    topic: ClassVar[str] = "water_limits"

    parameter: str
    limit: Decimal
    regulation: str
    confirmed_by: str
    confirmed_on: date
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day on which it was confirmed."""
        return day_start(self.confirmed_on)
