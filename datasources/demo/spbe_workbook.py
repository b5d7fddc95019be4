"""An invented assessment workbook: SPBE with the published domain sums, and a Pemdi under way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from datasources.demo.world import dice
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments
from datasources.spbe.sheet import DATE, EXPLANATION, NUMBER, STAGE, YEAR, value_heading
from datasources.spbe.template import add_sheet, columns

GROUPS = ((1, 10), (11, 20), (21, 31), (32, 41), (42, 47))
"""First and last indicator of domains 1-3 and of the two aspects of domain 4."""
SUMS = {2023: (42, 36, 23, 40, 21), 2024: (45, 38, 31, 48, 28)}
"""Sums of levels for GROUPS that give the published indices 3.52 and 4.16 of Kabupaten Mojokerto."""
NOTE = (
    "SIMULASI: rincian per indikator dikarang. Hanya jumlah level per domain yang cocok dengan laporan evaluasi SPBE "
    "2023 dan 2024 untuk Kabupaten Mojokerto."
)
PEMDI_NOTE = "SIMULASI: semua nilai Pemdi 2026 dikarang; nilai Kabupaten Mojokerto belum terbit."
PEMDI_YEAR = 2026
PEMDI_STAGES = ("draf", "diverifikasi", "dikirim")


def levels(seed: str, year: int) -> dict[int, int]:
    """A level for each of the 47 indicators: as even as the sums allow, in an order that chance gives."""
    found: dict[int, int] = {}
    for (first, last), total in zip(GROUPS, SUMS[year], strict=True):
        numbers = list(range(first, last + 1))
        dice(seed, "spbe", year, first).shuffle(numbers)
        low, rest = divmod(total, len(numbers))
        found |= {number: low + (place < rest) for place, number in enumerate(numbers)}
    return dict(sorted(found.items()))


def pemdi_values(seed: str) -> dict[int, Decimal]:
    """A value for each of the 20 indicators of Pemdi, low as first results are."""
    chance = dice(seed, "pemdi", PEMDI_YEAR)
    return {n: Decimal(chance.randint(100, 260)) / 100 for n in instruments()["PEMDI-2026"].indicators}


def write_workbook(path: Path, seed: str) -> None:
    """Write the years into the workbook that officers get as a template. Raises OSError as writing does."""
    spbe, pemdi = instruments()["SPBE-2020"], instruments()["PEMDI-2026"]
    workbook = Workbook()
    del workbook["Sheet"]
    filled = add_sheet(workbook, spbe, max(SUMS))
    row = 2
    for year in sorted(SUMS, reverse=True):
        for number, level in levels(seed, year).items():
            write_row(filled, spbe, row, number, level, year, "final", date(year, 12, 31), NOTE)
            row += 1
    filled = add_sheet(workbook, pemdi, PEMDI_YEAR)
    for number, value in pemdi_values(seed).items():
        stage, day = PEMDI_STAGES[number % len(PEMDI_STAGES)], date(PEMDI_YEAR, 9, number)
        write_row(filled, pemdi, number + 1, number, float(value), PEMDI_YEAR, stage, day, PEMDI_NOTE)
    workbook.create_sheet("SIMULASI")["A1"] = NOTE
    workbook["SIMULASI"]["A2"] = PEMDI_NOTE
    workbook.save(path)


def write_row(
    sheet: Worksheet, of: Instrument, row: int, number: int, value: float, year: int, stage: str, day: date, note: str
) -> None:
    """One filled row."""
    place = {name: at for at, name in enumerate(columns(of), 1)}
    cells: dict[str, Any] = {
        NUMBER: number, "Indikator": of.indicators[number].name, value_heading(of): value, YEAR: year, STAGE: stage,
        DATE: day, EXPLANATION: note,
    }  # fmt: skip
    for heading, cell in cells.items():
        sheet.cell(row, place[heading]).value = cell
