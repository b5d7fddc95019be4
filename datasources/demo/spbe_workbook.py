"""An SPBE workbook whose domain sums are the published ones; which indicator has which level is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from datasources.demo.world import dice

SHEET = "SPBE"
GROUPS = ((1, 10), (11, 20), (21, 31), (32, 41), (42, 47))
"""First and last indicator of domains 1-3 and of the two aspects of domain 4."""
SUMS = {2023: (42, 36, 23, 40, 21), 2024: (45, 38, 31, 48, 28)}
"""Sums of levels for GROUPS that give the published indices 3.52 and 4.16 of Kabupaten Mojokerto."""
STAGE = "final"
NOTE = (
    "SIMULASI: rincian per indikator dikarang. Hanya jumlah level per domain yang cocok dengan laporan evaluasi SPBE "
    "2023 dan 2024 untuk Kabupaten Mojokerto."
)


def levels(seed: str, year: int) -> dict[int, int]:
    """A level for each of the 47 indicators: as even as the sums allow, in an order that chance gives."""
    found: dict[int, int] = {}
    for (first, last), total in zip(GROUPS, SUMS[year], strict=True):
        numbers = list(range(first, last + 1))
        dice(seed, "spbe", year, first).shuffle(numbers)
        low, rest = divmod(total, len(numbers))
        found |= {number: low + (place < rest) for place, number in enumerate(numbers)}
    return dict(sorted(found.items()))


def write_workbook(path: Path, seed: str) -> None:
    """Write both years into the workbook that officers get as a template. Raises OSError as writing does."""
    from openpyxl import load_workbook

    from datasources.spbe.template import write_template

    write_template(path, max(SUMS))
    workbook = load_workbook(path)
    sheet = workbook[SHEET]
    column = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    names = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}
    row = 2
    for year in sorted(SUMS, reverse=True):
        for number, level in levels(seed, year).items():
            cells = {
                "No": number, "Indikator": names[number], "Level": level, "Tahun": year, "Tahap": STAGE,
                "Tanggal penilaian": date(year, 12, 31), "Penjelasan": NOTE,
            }  # fmt: skip
            for heading, value in cells.items():
                sheet.cell(row, column[heading]).value = value
            row += 1
    workbook.create_sheet("SIMULASI")["A1"] = NOTE
    workbook.save(path)
