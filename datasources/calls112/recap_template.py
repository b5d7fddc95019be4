"""The empty recap workbook of a 112 centre: calls, categories, kecamatan and OPD by month, with sums."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources import region

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
GROUPS = {
    "Panggilan": ("Masuk", "Terjawab", "Terputus"),
    "Klasifikasi panggilan terjawab": ("Normal", "Tidak darurat", "Informasi", "Prank", "Ghost", "Jumlah"),
}
"""Group headings of the first sheet and the headings under them."""
CATEGORIES = (
    "Kebakaran", "Kecelakaan", "Gawat darurat medis", "Bencana", "Pohon tumbang", "Penyelamatan", "Hewan",
    "Kamtibmas", "Perempuan dan anak", "Sosial", "Utilitas", "Lingkungan",
)  # fmt: skip
"""The groups of categories that ten Indonesian centres have in common; rows may be added."""
OPD = (
    "BPBD", "Dinas Kesehatan", "Satpol PP", "DPUPR", "DPRKP2", "Dinas Sosial", "DP2KBP2", "RSUD Prof. dr. Soekandar",
    "RSUD R.A. Basoeni", "PMI", "Polres Mojokerto", "Polres Mojokerto Kota", "PLN",
)  # fmt: skip
"""Connected at the launch of 112 in Kabupaten Mojokerto (majamojokerto.net, 29 March 2022)."""
INSTRUCTIONS = (
    "Petunjuk pengisian rekap panggilan 112",
    "1. Tulis bilangan bulat tanpa titik, koma, dan satuan.",
    "2. Kosongkan sel bila bulan itu belum dihitung. Tulis 0 hanya bila memang tidak ada satu pun.",
    "3. Tulis jumlah bulan itu saja, bukan jumlah sejak awal tahun (s/d).",
    "4. Baris dan kolom Jumlah dihitung sendiri oleh Excel; dasbor mencocokkannya dengan rinciannya.",
    "5. Kategori dan OPD boleh ditambah atau diganti namanya dengan menyisipkan baris di atas baris Jumlah.",
    "6. Tahun dibaca dari judul tiap lembar. Untuk tahun lain, minta berkas baru.",
    "7. Jangan menulis nama, nomor telepon, atau alamat pelapor di berkas ini.",
    "8. Simpan berkas; dasbor membacanya pada giliran berikutnya. Sel yang salah disebut satu per satu di halaman "
    "Sumber Data.",
)
_HEADER = PatternFill("solid", fgColor="DDE6EE")


def write_template(path: Path, year: int) -> None:
    """Write the workbook for the recaps of one year. Overwrites `path`; raises OSError as writing does."""
    workbook = Workbook()
    calls = workbook.create_sheet("Rekap Panggilan", 0)
    del workbook["Sheet"]
    _calls(calls, year)
    for name, heading, labels in (
        ("Kategori", "Kategori", CATEGORIES),
        ("Kecamatan", "Kecamatan", [k.name for k in region.kecamatan()]),
        ("OPD", "OPD", OPD),
    ):
        _by_month(workbook.create_sheet(name), heading, labels, year)
    guide = workbook.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 110
    for line in INSTRUCTIONS:
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide["A1"].font = Font(bold=True)
    workbook.save(path)


def _calls(sheet: Worksheet, year: int) -> None:
    sheet.append([f"REKAP PANGGILAN 112 TAHUN {year}"])
    sheet.append([])
    columns = [heading for headings in GROUPS.values() for heading in headings]
    sheet.append(["Bulan", *(None for _ in columns)])
    sheet.append([None, *columns])
    sheet.merge_cells("A3:A4")
    first = 2
    for group, headings in GROUPS.items():
        sheet.cell(3, first, group)
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=first + len(headings) - 1)
        first += len(headings)
    classes = len(GROUPS["Klasifikasi panggilan terjawab"]) - 1
    last = len(columns) + 1
    for row, month in enumerate(MONTHS, start=5):
        sheet.cell(row, 1, month)
        sheet.cell(row, last, _sum(sheet, row, last - classes, row, last - 1))
    sheet.cell(17, 1, "JUMLAH")
    for column in range(2, last + 1):
        sheet.cell(17, column, _sum(sheet, 5, column, 16, column))
    _dress(sheet, header=(3, 4), first_width=14)
    _limit(sheet, f"B5:{get_column_letter(last - 1)}16")


def _by_month(sheet: Worksheet, heading: str, labels: Sequence[str], year: int) -> None:
    sheet.append([f"REKAP KEJADIAN 112 MENURUT {heading.upper()} TAHUN {year}"])
    sheet.append([])
    sheet.append(["No", heading, *MONTHS, "Jumlah"])
    for number, label in enumerate(labels, start=1):
        row = number + 3
        sheet.append([number, label])
        sheet.cell(row, 15, _sum(sheet, row, 3, row, 14))
    end = len(labels) + 4
    sheet.cell(end, 1, "JUMLAH")
    sheet.merge_cells(start_row=end, end_row=end, start_column=1, end_column=2)
    for column in range(3, 16):
        sheet.cell(end, column, _sum(sheet, 4, column, end - 1, column))
    _dress(sheet, header=(3,), first_width=6)
    sheet.column_dimensions["B"].width = 30
    _limit(sheet, f"C4:N{end - 1}")


def _sum(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> str:
    """A sum that stays empty as long as nothing is filled in: a 0 would say that there were no calls."""
    area = f"{sheet.cell(top, left).coordinate}:{sheet.cell(bottom, right).coordinate}"
    return f'=IF(COUNT({area})=0,"",SUM({area}))'


def _dress(sheet: Worksheet, header: tuple[int, ...], first_width: int) -> None:
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = first_width
    sheet.freeze_panes = sheet.cell(header[-1] + 1, 2).coordinate
    for number in header:
        for cell in sheet[number]:
            cell.font = Font(bold=True)
            cell.fill = _HEADER
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for last in sheet[sheet.max_row]:
        last.font = Font(bold=True)


def _limit(sheet: Worksheet, area: str) -> None:
    rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "Jumlah tidak sah", "Isi dengan bilangan bulat mulai dari 0, atau kosongkan."
    rule.add(area)
    sheet.add_data_validation(rule)
