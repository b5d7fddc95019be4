"""Records of water, waste, green space and energy with defaults, kept as the runner keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from dashboard.store.database import writing
from dashboard.store.keep import keep
from datasources.resources.energy_records import Building, EnergyMonth, SolarMonth, SolarPlant
from datasources.resources.green_space_records import GreenArea, UrbanArea
from datasources.resources.iklh_records import OfficialIndex
from datasources.resources.waste_records import WasteBankMonth, WasteFlow, WasteMonth
from datasources.resources.water_records import WaterValue

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
D = Decimal


def kept(engine: Engine, records: Sequence[Any], at: datetime = NOW, source: str = "opd") -> None:
    """Keep records in one transaction."""
    with writing(engine) as connection:
        keep(connection, source, records, at)


def sample(station: str, day: date, file: str = "air.xlsx", **values: str) -> list[WaterValue]:
    """One sample; "<0.016" is under the detection limit."""
    return [
        WaterValue(station, day, parameter, f"Titik {station}", "Brantas", D(v.lstrip("<")), v.startswith("<"), file)
        for parameter, v in values.items()
    ]


def waste(month: date, **given: Any) -> WasteMonth:
    """A month of 12,000 t: 20 % reduced, 55 % handled."""
    month_of = WasteMonth(
        month, D(12_000), D(400), D(500), D(1_500), D(1_600), D(5_000), "timbangan", "sampah.xlsx"
    )  # fmt: skip
    return replace(month_of, **given)


def landfill(month: date, tonnes: str = "5000", **given: Any) -> WasteFlow:
    """A month of the landfill, of which nobody measured the volume."""
    flow = WasteFlow("TPA", "Karangdiyeng", month, D(tonnes), None, "timbangan", None, None, None, "sampah.xlsx")
    return replace(flow, **given)


def bank(name: str, month: date, sold: str = "100", **given: Any) -> WasteBankMonth:
    """A month of a bank sampah in Mojosari."""
    return replace(WasteBankMonth(name, month, "35.16.08", 40, D(150), D(sold), D(200_000), "sampah.xlsx"), **given)


def green(name: str, area: str, ownership: Any = "publik", **given: Any) -> GreenArea:
    """A park in Mojosari."""
    park = GreenArea(2026, "35.16.08", "taman kota", name, ownership, D(area), date(2026, 2, 1), "rth.xlsx")
    return replace(park, **given)


def urban(area: str, kecamatan: str = "35.16.08", year: int = 2025) -> UrbanArea:
    """The urban area of a kecamatan."""
    return UrbanArea(year, kecamatan, D(area), "RDTR", "rth.xlsx")


def building(code: str, area: str | None = "1000", bare: str | None = "0") -> Building:
    """An air-conditioned office of 1,000 m²."""
    return Building(
        code, f"Kantor {code}", "Setda", None if area is None else D(area), None if bare is None else D(bare),
        date(2024, 1, 1), "energi.xlsx",
    )  # fmt: skip


def used(code: str, month: date, kwh: str, **given: Any) -> EnergyMonth:
    """A month's bill."""
    return replace(EnergyMonth(code, month, D(kwh), None, "rekening", "energi.xlsx"), **given)


def plant(code: str, kwp: str = "50") -> SolarPlant:
    """A solar roof since 2024."""
    return SolarPlant(code, f"Atap {code}", D(kwp), date(2024, 1, 1), "energi.xlsx")


def made(code: str, month: date, kwh: str, exported: str = "0") -> SolarMonth:
    """A month of a solar roof."""
    return SolarMonth(code, month, D(kwh), D(exported), "energi.xlsx")


def official(year: int, part: Any, value: str, target: str | None = None, **given: Any) -> OfficialIndex:
    """An official figure of P.27/2021."""
    figure = OfficialIndex(
        year, part, D(value), None if target is None else D(target), "Permen LHK P.27/2021", "SLHD",
        date(year + 1, 3, 31), "iklh.xlsx",
    )  # fmt: skip
    return replace(figure, **given)


def months(last: date, n: int) -> list[date]:
    """The n months that end with `last`, oldest first."""
    numbers = range(last.year * 12 + last.month - n, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
