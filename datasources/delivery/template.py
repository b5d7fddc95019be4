"""The empty workbook of service requests: headings, limits on the cells, instructions."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources.delivery.request_table import COLUMNS, LONGEST_LIMIT, STATUSES

SHEET = "Layanan"
ROWS = 5_000
"""Rows in which the limits hold."""
WIDTHS = {"id": 20, "service": 40, "opd": 30, "submitted": 16, "completed": 16, "limit": 20, "status": 16}
INSTRUCTIONS = (
    "Petunjuk pengisian permohonan layanan",
    "1. Satu baris untuk satu permohonan. Nomor tidak boleh sama dalam satu berkas.",
    "2. Jangan menulis nama, NIK, alamat, atau nomor telepon pemohon; kolom lain tidak dibaca.",
    "3. Tanggal masuk adalah hari berkas dinyatakan lengkap; tulis sebagai tanggal, misalnya 31/12/2026.",
    "4. Tanggal selesai dibiarkan kosong selama belum selesai. Jangan menulis perkiraan.",
    "5. Batas adalah janji layanan dalam hari kerja menurut standar pelayanan OPD; boleh kosong bila sudah diatur.",
    f"6. Status adalah salah satu dari: {', '.join(STATUSES)}. Yang ditolak tetap dihitung; yang dikembalikan atau "
    "dicabut tidak.",
    "7. Yang belum selesai dan sudah melewati batas langsung dihitung terlambat.",
    "8. Jangan mengubah nama kolom. Simpan berkas; dasbor membacanya pada giliran berikutnya.",
)


def write_template(path: Path, year: int) -> None:
    """Write the workbook. Overwrites `path`; raises OSError as writing does. The year stands in its instructions."""
    workbook = Workbook()
    sheet = workbook.create_sheet(SHEET, 0)
    del workbook["Sheet"]
    sheet.append(list(COLUMNS.values()))
    _dress(sheet)
    _limit(sheet)
    guide = workbook.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 110
    for line in (f"{INSTRUCTIONS[0]}, tahun {year}", *INSTRUCTIONS[1:]):
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide["A1"].font = Font(bold=True)
    workbook.save(path)


def _letter(key: str) -> str:
    return get_column_letter(list(COLUMNS).index(key) + 1)


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for key, width in WIDTHS.items():
        sheet.column_dimensions[_letter(key)].width = width
        sheet[f"{_letter(key)}1"].font = Font(bold=True)
        sheet[f"{_letter(key)}1"].fill = PatternFill("solid", fgColor="DDE6EE")


def _limit(sheet: Worksheet) -> None:
    words = '"' + ",".join(STATUSES) + '"'
    rules = (
        ("status", DataValidation("list", formula1=words), "salah satu status dari daftar"),
        ("limit", DataValidation("whole", operator="between", formula1="1", formula2=str(LONGEST_LIMIT)), "hari kerja"),
        *(
            (key, DataValidation("date", operator="greaterThan", formula1="36526"), "tanggal, misalnya 31/12/2026")
            for key in ("submitted", "completed")
        ),
    )
    for key, rule, hint in rules:
        rule.allow_blank = rule.showErrorMessage = True
        rule.errorTitle, rule.error = "Isi tidak sah", f"Isi kolom {COLUMNS[key]} dengan {hint}."
        rule.add(f"{_letter(key)}2:{_letter(key)}{ROWS}")
        sheet.add_data_validation(rule)
