"""River samples as the laboratory wrote them, and the limits that DLH has looked up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from datasources.resources.cells import amount, code, day, text
from datasources.resources.form import BadRow, Field, Form
from datasources.resources.form_template import write_form_template
from datasources.resources.numbers import BadCell, laboratory, shown, written
from datasources.resources.opd_workbook import OpdWorkbook
from datasources.resources.water_parameters import WaterParameter, is_unit_of, parameter_named, water_parameters
from datasources.resources.water_records import WaterLimit, WaterValue
from datasources.spreadsheet import Cell


def _parameter(cell: Cell) -> WaterParameter:
    found = parameter_named(str(cell))
    if found is None:
        titles = ", ".join(p.title for p in water_parameters().values())
        raise BadCell(f"parameter '{shown(cell)}' tidak dikenal; tulis salah satu dari {titles}")
    return found


def _value(
    station: str,
    station_name: str,
    river: str,
    sampled_on: date,
    parameter: WaterParameter,
    value: tuple[Decimal, bool],
    unit: str | None,
) -> WaterValue:
    """Raises BadRow for another unit and for a value that the parameter cannot have."""
    amount, below = value
    if not is_unit_of(parameter, unit or "-"):
        raise BadRow("unit", f"satuan '{shown(unit)}' bukan satuan {parameter.title}; ubah ke {parameter.unit}")
    if amount > parameter.highest:
        raise BadRow("value", f"{parameter.title} '{written(amount)}' tidak mungkin; paling tinggi {parameter.highest}")
    return WaterValue(station, sampled_on, parameter.key, station_name, river, amount, below)


def _limit(
    parameter: WaterParameter, limit: Decimal, regulation: str, confirmed_by: str, confirmed_on: date
) -> WaterLimit:
    if parameter.key in ("ph", "temperature") or not limit:
        raise BadRow("limit", f"batas {parameter.title} bukan satu angka; hanya batas tunggal yang dapat dikonfirmasi")
    return WaterLimit(parameter.key, limit, regulation, confirmed_by, confirmed_on)


SAMPLES = Form(
    "Sampel air",
    "Satu baris untuk setiap parameter dari setiap sampel sungai",
    (
        Field("Kode titik", "station", code, "kode titik pantau yang tetap, misalnya BR-01"),
        Field("Nama titik", "station_name", text, "nama titik, misalnya Jembatan Terusan", 28),
        Field("Sungai", "river", text, "nama sungai", 18),
        Field("Tanggal", "sampled_on", day, "hari pengambilan, misalnya 17/03/2026", is_day=True),
        Field("Parameter", "parameter", _parameter, "nama parameter, misalnya BOD", 22),
        Field("Nilai", "value", laboratory, "angka laboratorium; di bawah batas deteksi ditulis <0,016"),
        Field("Satuan", "unit", text, "satuan pada lembar laboratorium, misalnya mg/l; pH boleh kosong", needed=False),
    ),
    ("station", "sampled_on", "parameter"),
    ("value",),
    _value,
)
LIMITS = Form(
    "Baku mutu",
    "Batas kelas 2 yang sudah dicocokkan dengan peraturannya; sebelum diisi, batas itu tidak dipakai menilai",
    (
        Field("Parameter", "parameter", _parameter, "nama parameter, misalnya Nitrit (NO2-N)", 22),
        Field("Batas", "limit", amount("", Decimal(10) ** 9), "angka batas dalam satuan parameter itu", lowest=0),
        Field("Peraturan", "regulation", text, "peraturan dan lampirannya, misalnya PP 22/2021 Lampiran VI", 34),
        Field("Dikonfirmasi oleh", "confirmed_by", text, "jabatan atau bidang, bukan nama orang", 24),
        Field("Tanggal", "confirmed_on", day, "hari pencocokan, misalnya 17/03/2026", is_day=True),
    ),
    ("parameter",),
    ("limit",),
    _limit,
)


class WaterWorkbook(OpdWorkbook):
    """Samples and confirmed limits."""

    topics: ClassVar[tuple[str, ...]] = ("water",)
    forms: ClassVar[tuple[Form, ...]] = (SAMPLES, LIMITS)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook. Raises OSError as writing does."""
    write_form_template(path, f"kualitas air sungai, {year}", WaterWorkbook.forms, year)
