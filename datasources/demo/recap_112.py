"""The recap of calls that the simulated centre published of an earlier year, with a slip of the pen in one total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from datasources.demo.calls import calls_of_hour
from datasources.demo.case_row import MONTHS
from datasources.demo.incidents import incidents_of_hour
from datasources.demo.ringing import Kind
from datasources.demo.world import WIB_HOURS, as_utc, day_of, month_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "DINAS KOMUNIKASI DAN INFORMATIKA KABUPATEN MOJOKERTO (SIMULASI)"
CALLS = {"Masuk": ("answered", "abandoned", "timeout"), "Terjawab": ("answered",), "Terputus": ("abandoned", "timeout")}
CLASSES: dict[str, tuple[Kind, ...]] = {
    "Normal": ("darurat", "ganda"), "Tidak darurat": ("bukan darurat", "luar wilayah"), "Informasi": ("informasi",),
    "Prank": ("prank",), "Ghost": ("ghost",), "Salah sambung": ("salah sambung",),
}  # fmt: skip
"""Headings and what is counted under them; an older application knew fewer classes than today's."""
Months = list[Counter[str]]


def write_recap(path: Path, seed: str, year: int) -> None:
    """Write the recap of a year in WIB. Raises OSError as writing does."""
    from openpyxl import Workbook

    calls, categories = counted(seed, year)
    book = Workbook()
    first = book.create_sheet("Rekap Panggilan", 0)
    del book["Sheet"]
    _calls_sheet(first, calls, year)
    _categories_sheet(book.create_sheet("Rekap Kejadian"), categories, year)
    book.save(path)


def counted(seed: str, year: int) -> tuple[Months, Months]:
    """By month: calls by outcome and answered ones by kind; incidents by category."""
    calls: Months = [Counter() for _ in MONTHS]
    categories: Months = [Counter() for _ in MONTHS]
    for hour in _hours_of(year):
        month = month_of(day_of(hour)) - 1
        for call in calls_of_hour(seed, hour):
            calls[month][call.outcome] += 1
            if call.outcome == "answered":
                calls[month][call.kind] += 1
        categories[month].update(i.category for i in incidents_of_hour(seed, hour).values())
    return calls, categories


def _calls_sheet(sheet: Worksheet, months: Months, year: int) -> None:
    headings = [*CALLS, *CLASSES, "Jumlah"]
    sheet.append([OFFICE])
    sheet.append([f"REKAPITULASI PANGGILAN 112 TAHUN {year}"])
    sheet.append([])
    sheet.append(["No", "Bulan", "Panggilan", *[None] * (len(CALLS) - 1), "Klasifikasi panggilan terjawab"])
    sheet.append([None, None, *headings])
    rows = [_calls_row(month) for month in months]
    for number, (name, row) in enumerate(zip(MONTHS, rows, strict=True), 1):
        sheet.append([number, name, *map(_written, row)])
    sums = [sum(column) for column in zip(*rows, strict=True)]
    sheet.append(["JUMLAH", None, *map(_written, [*sums[:-1], with_a_slip(sums[-1])])])
    last = 2 + len(headings)
    _merge(sheet, (1, 1, 1, last), (2, 1, 2, last), (4, 1, 5, 1), (4, 2, 5, 2), (4, 3, 4, 2 + len(CALLS)))
    _merge(sheet, (4, 3 + len(CALLS), 4, last), (sheet.max_row, 1, sheet.max_row, 2))


def _calls_row(month: Counter[str]) -> list[int]:
    classes = [sum(month[kind] for kind in kinds) for kinds in CLASSES.values()]
    return [*(sum(month[outcome] for outcome in outcomes) for outcomes in CALLS.values()), *classes, sum(classes)]


def _categories_sheet(sheet: Worksheet, months: Months, year: int) -> None:
    sheet.append([OFFICE])
    sheet.append([f"REKAP KEJADIAN 112 MENURUT KATEGORI TAHUN {year}"])
    sheet.append([])
    sheet.append(["No", "Kategori", *MONTHS, "Jumlah"])
    for number, name in enumerate(sorted({name for month in months for name in month}), 1):
        row = [month[name] for month in months]
        sheet.append([number, name, *(n or "-" for n in row), sum(row)])
    sums = [month.total() for month in months]
    sheet.append(["JUMLAH", None, *sums, sum(sums)])
    _merge(sheet, (1, 1, 1, 15), (2, 1, 2, 15), (sheet.max_row, 1, sheet.max_row, 2))


def with_a_slip(number: int) -> int:
    """The second and third digit from the left changed places, or the second raised by one where they are alike."""
    digits = list(str(number))
    if digits[1] == digits[2]:
        digits[1] = str((int(digits[1]) + 1) % 10)
    else:
        digits[1], digits[2] = digits[2], digits[1]
    return int("".join(digits))


def _written(number: int) -> int | str:
    """Large numbers were typed with a point, as offices do."""
    return f"{number:,}".replace(",", ".") if number >= 1000 else number


def _merge(sheet: Worksheet, *areas: tuple[int, int, int, int]) -> None:
    for top, left, bottom, right in areas:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _hours_of(year: int) -> Iterable[int]:
    first, last = (int(as_utc(0).replace(year=y).timestamp()) // 3600 - WIB_HOURS for y in (year, year + 1))
    return range(first, last)
