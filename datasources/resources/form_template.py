"""The empty workbook of some forms: headings, limits on the cells, and what each column means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources.resources.form import Field, Form

SPARE_ROWS = 500
"""Rows in which the limits hold."""
LONGEST_LIST = 250
"""Characters that Excel takes for the words of a list."""
GENERAL = (
    "Kolom bertanda * harus diisi. Kosongkan sel yang belum diukur; jangan menulis 0, perkiraan, atau tanda tanya.",
    "Tulis angka dengan koma desimal dan tanpa satuan, misalnya 12,5. Jangan menulis titik ribuan.",
    "Jangan mengubah nama lembar dan judul kolom. Kolom lain boleh ditambahkan di kanan; dasbor tidak membacanya.",
    "Angka yang diperbaiki cukup ditimpa; angka lama tercatat sebagai koreksi dan tetap dapat dilihat.",
    "Simpan berkas; dasbor membacanya pada giliran berikutnya. Sel yang salah disebut satu per satu di halaman "
    "Sumber Data dengan berkas, lembar, baris, kolom, nilai, dan yang benar.",
)
_HEADER = PatternFill("solid", fgColor="DDE6EE")


def write_form_template(path: Path | BinaryIO, title: str, forms: Sequence[Form], year: int) -> None:
    """Write the workbook for a year. Overwrites `path`; raises OSError as writing does."""
    workbook = Workbook()
    del workbook["Sheet"]
    for form in forms:
        _sheet(workbook.create_sheet(form.sheet), form, year)
    _guide(workbook.create_sheet("Petunjuk"), title, forms)
    workbook.save(path)


def _sheet(sheet: Worksheet, form: Form, year: int) -> None:
    sheet.append([f"{one.heading}{'*' if one.needed else ''}" for one in form.fields])
    for row in form.rows(year):
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"  # a name that begins with "=" is text, and nothing to be computed
    sheet.freeze_panes = "A2"
    for place, one in enumerate(form.fields, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(one.width, len(one.heading) + 3)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = _HEADER
        _limit(sheet, one, letter)


def _limit(sheet: Worksheet, one: Field, letter: str) -> None:
    rule = _rule(one)
    if rule is None:
        return
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorTitle, rule.error = f"{one.heading} tidak sah"[:32], one.meaning[:250]
    rule.add(f"{letter}2:{letter}{SPARE_ROWS}")
    sheet.add_data_validation(rule)


def _rule(one: Field) -> DataValidation | None:
    words = ",".join(one.choices)
    if one.choices and len(words) <= LONGEST_LIST and not any("," in word for word in one.choices):
        return DataValidation("list", formula1=f'"{words}"')
    if one.lowest is not None:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1=str(one.lowest))
    return DataValidation("date", operator="greaterThanOrEqual", formula1="36526") if one.is_day else None


def _guide(sheet: Worksheet, title: str, forms: Sequence[Form]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 100
    lines: list[list[str]] = [[f"Petunjuk pengisian: {title}"]]
    lines += [[f"{number}.", sentence] for number, sentence in enumerate(GENERAL, 1)]
    for form in forms:
        lines += [[], [f"Lembar {form.sheet}", form.title]]
        lines += [[f"{one.heading}{'*' if one.needed else ''}", one.meaning] for one in form.fields]
    for line in lines:
        sheet.append(line)
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows(max_col=1):
        if str(row[0].value or "").startswith(("Petunjuk", "Lembar")):
            row[0].font = Font(bold=True)
