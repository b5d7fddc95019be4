"""Waste as DLH tells of it: months of the kabupaten, of places, and of bank sampah. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.record_days import month_end

Weighing = Literal["timbangan", "perkiraan"]


@dataclass(frozen=True, slots=True)
class WasteMonth:
    """Tonnes of one month in the whole kabupaten. None is not known; it is never zero."""

    topic: ClassVar[str] = "waste_months"

    month: date
    generated_t: Decimal
    limited_t: Decimal | None
    reused_t: Decimal | None
    recycled_t: Decimal | None
    processed_t: Decimal | None
    landfilled_t: Decimal | None
    weighing: Weighing
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The end of the month."""
        return month_end(self.month)


@dataclass(frozen=True, slots=True)
class WasteFlow:
    """What one truck, TPS, TPS3R or TPA took in during a month; what follows `weighing` is told of a TPA only."""

    topic: ClassVar[str] = "waste_flows"

    kind: str
    name: str
    month: date
    tonnes: Decimal
    trips: int | None
    weighing: Weighing
    volume_left_m3: Decimal | None
    density: Decimal | None
    cover_percent: Decimal | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The end of the month."""
        return month_end(self.month)


@dataclass(frozen=True, slots=True)
class WasteBankMonth:
    """One bank sampah in one month. Reduction is what was sold, not what was received."""

    topic: ClassVar[str] = "waste_banks"

    name: str
    month: date
    kecamatan_code: str
    customers: int | None
    received_kg: Decimal | None
    sold_kg: Decimal
    turnover_rp: Decimal | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The end of the month."""
        return month_end(self.month)
