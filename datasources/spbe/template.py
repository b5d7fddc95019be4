"""The empty assessment workbook of a year: a row for each indicator, with limits on the cells and instructions."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from datasources.spbe.cells import STAGES
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instrument_of, instruments
from datasources.spbe.sheet import DATE, EVIDENCE, EXPLANATION, NUMBER, STAGE, YEAR, value_heading

SPARE_ROWS = 500
"""Rows below the table in which the limits hold too, for further years and stages."""


def columns(instrument: Instrument) -> dict[str, int]:
    """Headings and widths in characters."""
    return {
        NUMBER: 6,
        "Indikator": 70,
        value_heading(instrument): 8,
        YEAR: 8,
        STAGE: 14,
        DATE: 18,
        EXPLANATION: 50,
        EVIDENCE: 40,
    }


def instructions(instrument: Instrument) -> tuple[str, ...]:
    """How to fill it in, one line each."""
    heading, rule, n = value_heading(instrument), instrument.values, len(instrument.indicators)
    what = (
        f"bilangan bulat {rule.lowest} sampai {rule.highest}" if rule.whole
        else f"angka {rule.lowest},00 sampai {rule.highest},00, paling banyak {rule.decimals} angka di belakang koma"
    )  # fmt: skip
    return (
        f"Petunjuk pengisian {instrument.title} ({instrument.legal_basis}, {n} indikator)",
        f"1. Isi kolom {heading} pada lembar {instrument.sheet} dengan {what}.",
        f"2. Biarkan {heading} kosong bila indikator belum dinilai. Jangan menulis 0, tanda hubung, atau perkiraan.",
        f"3. Tahap ditulis sebagai salah satu kata ini: {', '.join(STAGES)}. Kata 'mandiri' dibaca sebagai draf.",
        "4. Tanggal penilaian ditulis sebagai tanggal, misalnya 31/12/2025; boleh kosong.",
        f"5. Untuk tahun atau tahap lain, salin ke-{n} baris ke bawah lalu ganti Tahun atau Tahap.",
        "6. Satu indikator hanya boleh muncul satu kali untuk setiap tahun dan tahap.",
        "7. Jangan mengubah nama kolom dan nomor indikator. Baris dikenali dari nomornya, bukan dari namanya.",
        "8. Penjelasan: satu kalimat tanpa nama dan nomor orang. Tautan bukti: alamat https://… atau http://…, boleh "
        "beberapa, dipisah spasi.",
        f"9. Indeks baru dihitung setelah ke-{n} indikator terisi untuk tahun itu.",
        "10. Simpan berkas; dasbor membacanya pada giliran berikutnya. Sel yang salah disebut satu per satu di halaman "
        "Sumber Data.",
    )


def write_template(path: Path | BinaryIO, year: int) -> None:
    """Write the workbook of the instrument of that year. Overwrites `path`; raises OSError as writing does."""
    instrument = instrument_of(year) or next(iter(instruments().values()))
    workbook = Workbook()
    del workbook["Sheet"]
    add_sheet(workbook, instrument, year)
    guide = workbook.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 110
    for line in instructions(instrument):
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide["A1"].font = Font(bold=True)
    workbook.save(path)


def add_sheet(workbook: Workbook, instrument: Instrument, year: int) -> Worksheet:
    """The empty sheet of one instrument, in its place before the instructions."""
    sheet: Worksheet = workbook.create_sheet(instrument.sheet, 0)
    sheet.append(list(columns(instrument)))
    for indicator in instrument.indicators.values():
        sheet.append([indicator.number, indicator.name, None, year, STAGES[0]])
    _dress(sheet, instrument)
    _limit(sheet, instrument)
    return sheet


def _letter(instrument: Instrument, heading: str) -> str:
    return get_column_letter(list(columns(instrument)).index(heading) + 1)


def _dress(sheet: Worksheet, instrument: Instrument) -> None:
    sheet.freeze_panes = "C2"
    for heading, width in columns(instrument).items():
        letter = _letter(instrument, heading)
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="DDE6EE")
    for row in range(2, sheet.max_row + 1):
        sheet[f"{_letter(instrument, 'Indikator')}{row}"].alignment = Alignment(wrap_text=True, vertical="top")
        sheet[f"{_letter(instrument, DATE)}{row}"].number_format = "DD/MM/YYYY"


def _limit(sheet: Worksheet, instrument: Instrument) -> None:
    rule, words = instrument.values, '"' + ",".join(STAGES) + '"'
    low, high = str(rule.lowest), str(rule.highest)
    kind: Literal["whole", "decimal"] = "whole" if rule.whole else "decimal"
    for heading, limit, hint in (
        (value_heading(instrument), DataValidation(kind, operator="between", formula1=low, formula2=high),
         f"angka {low} sampai {high}"),
        (YEAR, DataValidation("whole", operator="greaterThanOrEqual", formula1=str(instrument.first_year)), "tahun"),
        (STAGE, DataValidation("list", formula1=words), "salah satu tahap dari daftar"),
    ):  # fmt: skip
        limit.allow_blank = limit.showErrorMessage = True
        limit.errorTitle, limit.error = f"{heading} tidak sah", f"Isi kolom {heading} dengan {hint}."
        letter = _letter(instrument, heading)
        limit.add(f"{letter}2:{letter}{sheet.max_row + SPARE_ROWS}")
        sheet.add_data_validation(limit)
