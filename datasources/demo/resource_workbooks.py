"""The workbooks that the simulated OPD filled in after our templates, with a few cells that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasources.demo import resource_months as monthly
from datasources.demo import resource_places as places

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

WATER, WASTE, GREEN, ENERGY, IKLH = "air.xlsx", "sampah.xlsx", "rth.xlsx", "energi.xlsx", "iklh.xlsx"
NOTE = "SIMULASI: semua angka di buku kerja ini dikarang, termasuk angka yang bernama resmi."
MONTHS, QUARTERS = 26, 12
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def write_workbooks(directory: Path, seed: str, today: date) -> None:
    """Write those that are not there yet; an officer who tries one out keeps what he wrote. Raises OSError."""
    for name in (WATER, WASTE, GREEN, ENERGY, IKLH):
        if not (directory / name).exists():
            write_one(directory / name, seed, today)


def write_one(path: Path, seed: str, today: date) -> None:
    """Write the workbook of that name."""
    from openpyxl import load_workbook

    _template(path.name)(path, today.year)
    book = load_workbook(path)
    _fill(book, sheets_of(path.name, seed, today))
    book.create_sheet("SIMULASI")["A1"] = NOTE
    book.save(path)


def sheets_of(name: str, seed: str, today: date, months: int = MONTHS, quarters: int = QUARTERS) -> Sheets:
    """The rows of each sheet of that workbook."""
    span = monthly.months_up_to(today, months)
    return {
        WATER: lambda: {"Sampel air": places.samples(seed, today, quarters)},
        WASTE: lambda: {
            "Sampah bulanan": monthly.waste_months(seed, span),
            "Armada TPS TPA": monthly.waste_flows(seed, span),
            "Bank sampah": monthly.waste_banks(seed, span),
        },
        GREEN: lambda: {
            "RTH": places.green_areas(seed, today.year - 1),
            "Kawasan perkotaan": places.urban_areas(today.year - 1),
        },
        ENERGY: lambda: {
            "Gedung": monthly.buildings(seed),
            "Listrik gedung": monthly.building_use(seed, span),
            "PLTS": [[code, place, kwp, date(2024, 1, 1)] for code, place, kwp in monthly.ROOFS],
            "Produksi PLTS": monthly.solar(seed, span),
        },
        IKLH: lambda: {"IKLH": places.indices(today.year)},
    }[name]()


def _fill(book: Workbook, sheets: Sheets) -> None:
    for name, rows in sheets.items():
        sheet = book[name]
        sheet.delete_rows(2, sheet.max_row)
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row, 1):
                sheet.cell(number, column).value = cell


def _template(name: str) -> Callable[[Path, int], None]:
    from datasources.resources import (
        energy_workbook,
        green_space_workbook,
        iklh_workbook,
        waste_workbook,
        water_workbook,
    )

    return {
        WATER: water_workbook.write_template,
        WASTE: waste_workbook.write_template,
        GREEN: green_space_workbook.write_template,
        ENERGY: energy_workbook.write_template,
        IKLH: iklh_workbook.write_template,
    }[name]
