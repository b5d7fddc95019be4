"""The empty SPBE workbook: 47 rows to fill in, with limits on the cells and instructions."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources.spbe.cells import FIRST_YEAR, STAGES
from datasources.spbe.indicators import indicators
from datasources.spbe.workbook import DATE, LEVEL, NUMBER, SHEET, STAGE, YEAR

COLUMNS = {
    NUMBER: 6,
    "Indikator": 70,
    LEVEL: 8,
    YEAR: 8,
    STAGE: 12,
    DATE: 18,
    "Penjelasan": 50,
    "Tautan bukti": 40,
}
"""Headings and widths in characters."""
SPARE_ROWS = 500
"""Rows below the table in which the limits hold too, for further years and stages."""
INSTRUCTIONS = (
    "Petunjuk pengisian level SPBE (PermenPANRB 59/2020, 47 indikator)",
    "1. Isi kolom Level pada lembar SPBE dengan bilangan bulat 1 sampai 5.",
    "2. Biarkan Level kosong bila indikator belum dinilai. Jangan menulis 0, tanda hubung, atau perkiraan.",
    f"3. Tahap ditulis sebagai salah satu kata ini: {', '.join(STAGES)}.",
    "4. Tanggal penilaian ditulis sebagai tanggal, misalnya 31/12/2025; boleh kosong.",
    "5. Untuk tahun atau tahap lain, salin ke-47 baris ke bawah lalu ganti Tahun atau Tahap.",
    "6. Satu indikator hanya boleh muncul satu kali untuk setiap tahun dan tahap.",
    "7. Jangan mengubah nama kolom dan nomor indikator. Baris dikenali dari nomornya, bukan dari namanya.",
    "8. Penjelasan dan Tautan bukti adalah catatan Anda; kedua kolom itu tidak dibaca oleh dasbor.",
    "9. Indeks baru dihitung setelah ke-47 indikator terisi untuk tahun dan tahap yang sama.",
    "10. Simpan berkas; dasbor membacanya pada giliran berikutnya. Sel yang salah disebut satu per satu di halaman "
    "Sumber Data.",
)


def write_template(path: Path, year: int) -> None:
    """Write the workbook for the self-assessment of one year. Overwrites `path`; raises OSError as writing does."""
    workbook = Workbook()
    sheet = workbook.create_sheet(SHEET, 0)
    del workbook["Sheet"]
    sheet.append(list(COLUMNS))
    for indicator in indicators().values():
        sheet.append([indicator.number, indicator.name, None, year, STAGES[0]])
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
    return get_column_letter(list(COLUMNS).index(heading) + 1)


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "C2"
    for heading, width in COLUMNS.items():
        sheet.column_dimensions[_letter(heading)].width = width
        sheet[f"{_letter(heading)}1"].font = Font(bold=True)
        sheet[f"{_letter(heading)}1"].fill = PatternFill("solid", fgColor="DDE6EE")
    for row in range(2, sheet.max_row + 1):
        sheet[f"{_letter('Indikator')}{row}"].alignment = Alignment(wrap_text=True, vertical="top")
        sheet[f"{_letter(DATE)}{row}"].number_format = "DD/MM/YYYY"


def _limit(sheet: Worksheet) -> None:
    words = '"' + ",".join(STAGES) + '"'
    for heading, rule, hint in (
        (LEVEL, DataValidation("whole", operator="between", formula1="1", formula2="5"), "angka 1 sampai 5"),
        (YEAR, DataValidation("whole", operator="greaterThanOrEqual", formula1=str(FIRST_YEAR)), "tahun"),
        (STAGE, DataValidation("list", formula1=words), "salah satu tahap dari daftar"),
    ):
        rule.allow_blank = rule.showErrorMessage = True
        rule.errorTitle, rule.error = f"{heading} tidak sah", f"Isi kolom {heading} dengan {hint}."
        rule.add(f"{_letter(heading)}2:{_letter(heading)}{sheet.max_row + SPARE_ROWS}")
        sheet.add_data_validation(rule)
