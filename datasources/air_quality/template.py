"""The empty workbook of air for a DLH: one row for each station and end of window, with limits and instructions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources.air_quality.workbook import END, POLLUTANTS, SHEET, STATION, WINDOW, WINDOWS

HEADINGS = (STATION, END, WINDOW, *POLLUTANTS)
ROWS = 2000
"""Rows in which the limits hold."""
INSTRUCTIONS = (
    "Petunjuk pengisian mutu udara (DLH)",
    "1. Satu baris untuk satu stasiun dan satu akhir jendela pengukuran. Nama stasiun ditulis sama di setiap baris.",
    "2. Waktu akhir adalah saat jendela SELESAI, WIB, misalnya 23/11/2026 07:00 untuk rata-rata 06.00-07.00.",
    f"3. Rata-rata ditulis sebagai salah satu kata ini: {', '.join(WINDOWS)}.",
    "4. Semua konsentrasi dalam µg/m³, CO juga (1 mg/m³ = 1000 µg/m³).",
    "5. Kosongkan sel yang tidak diukur. Jangan menulis 0, tanda hubung, atau perkiraan.",
    "6. Jangan mengubah nama kolom. Kolom tambahan boleh; tidak dibaca.",
    "7. Baris yang sama (stasiun, waktu, rata-rata) yang ditulis lagi dengan nilai lain dianggap pembetulan.",
    "8. Simpan berkas; dasbor membacanya pada giliran berikutnya. Sel yang salah disebut satu per satu di halaman "
    "Sumber Data.",
)


def write_template(path: Path, year: int) -> None:
    """Write the workbook with one example line of `year` to be replaced. Overwrites `path`; raises OSError."""
    workbook = Workbook()
    sheet = workbook.create_sheet(SHEET, 0)
    del workbook["Sheet"]
    sheet.append(list(HEADINGS))
    sheet.append(["(contoh, ganti) Stasiun DLH", datetime(year, 1, 1, 7), "1 jam"])  # noqa: DTZ001 - WIB, as Excel has it
    _dress(sheet)
    _limit(sheet)
    guide = workbook.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 110
    for line in INSTRUCTIONS:
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide["A1"].font = Font(bold=True)
    workbook.save(path)


def _letter(heading: str) -> str:
    return get_column_letter(HEADINGS.index(heading) + 1)


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "D2"
    for heading in HEADINGS:
        sheet.column_dimensions[_letter(heading)].width = 26 if heading in (STATION, END) else 11
        sheet[f"{_letter(heading)}1"].font = Font(bold=True)
        sheet[f"{_letter(heading)}1"].fill = PatternFill("solid", fgColor="DDE6EE")
    for row in range(2, ROWS + 2):
        sheet[f"{_letter(END)}{row}"].number_format = "DD/MM/YYYY HH:MM"


def _limit(sheet: Worksheet) -> None:
    words = '"' + ",".join(WINDOWS) + '"'
    rules = {WINDOW: (DataValidation("list", formula1=words), "salah satu dari daftar")}
    rules |= {
        name: (DataValidation("decimal", operator="between", formula1="0", formula2="100000"), "angka 0 atau lebih")
        for name in POLLUTANTS
    }
    for heading, (rule, hint) in rules.items():
        rule.allow_blank = rule.showErrorMessage = True
        rule.errorTitle, rule.error = f"{heading} tidak sah", f"Isi kolom {heading} dengan {hint}."
        rule.add(f"{_letter(heading)}2:{_letter(heading)}{ROWS + 1}")
        sheet.add_data_validation(rule)
