"""Government buildings and what they draw each month, solar roofs and what they give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal

from datasources.resources.cells import amount, code, day, month, one_of, text, whole
from datasources.resources.energy_records import Building, EnergyMonth, SolarMonth, SolarPlant
from datasources.resources.form import BadRow, Field, Form
from datasources.resources.form_template import write_form_template
from datasources.resources.numbers import written
from datasources.resources.opd_workbook import OpdWorkbook

METERING = ("rekening", "meter", "token")
MOST_KWH = Decimal(5_000_000)
_area = amount("m²", Decimal(1_000_000), Decimal(1))
_kwh = amount("kWh", MOST_KWH)
_MONTH = Field("Bulan", "month", month, "bulan yang sudah berakhir, misalnya 2026-01")


def _building(**told: Any) -> Building:
    """Raises BadRow for a part that is larger than the whole."""
    area, bare = told["area_m2"], told["bare_m2"]
    if bare is not None and (area is None or bare > area):
        raise BadRow("bare_m2", f"'{written(bare)}' m² tanpa AC lebih luas dari lantai seluruhnya; periksa keduanya")
    return Building(**told)


def _month(
    building: str, month: date, kwh: Decimal, days: int | None, metering: Literal["rekening", "meter", "token"]
) -> EnergyMonth:
    """Raises BadRow for zero: a building in use draws something, so a bill is missing."""
    if not kwh:
        raise BadRow("kwh", "pemakaian '0' kWh biasanya rekening yang hilang; kosongkan bila belum ada rekeningnya")
    return EnergyMonth(building, month, kwh, days, metering)


def _solar(**told: Any) -> SolarMonth:
    """Raises BadRow for more exported than made."""
    if told["exported_kwh"] > told["produced_kwh"]:
        exported = written(told["exported_kwh"])
        raise BadRow("exported_kwh", f"ekspor '{exported}' kWh lebih besar dari produksi; periksa keduanya")
    return SolarMonth(**told)


BUILDINGS = Form(
    "Gedung",
    "Setiap gedung pemerintah sekali. Tanpa luas lantai, gedung tidak dapat diberi kelas",
    (
        Field("Kode", "code", code, "kode gedung yang tetap, misalnya GD-01"),
        Field("Nama", "name", text, "nama gedung", 34),
        Field("OPD", "opd", text, "OPD yang menempati", 20),
        Field("Luas lantai m2", "area_m2", _area, "luas lantai kotor; kosong bila belum diukur", 18, False, lowest=1),
        Field("Luas tanpa AC m2", "bare_m2", amount("m²", Decimal(1_000_000)),
              "bagian lantai tanpa AC; 0 bila semua ber-AC, kosong bila tidak diketahui", 18, False, lowest=0),
        Field("Tanggal", "measured_on", day, "hari pengukuran atau pencatatan", is_day=True),
    ),
    ("code",),
    ("name", "area_m2"),
    _building,
)  # fmt: skip
USE = Form(
    "Listrik gedung",
    "Pemakaian listrik dari jaringan, satu baris untuk setiap gedung sebulan",
    (
        Field("Kode gedung", "building", code, "kode pada lembar Gedung"),
        _MONTH,
        Field("kWh", "kwh", _kwh, "pemakaian bulan itu, bukan angka meter", lowest=0),
        Field("Hari", "days", whole(62, 1), "hari yang dicakup rekening; kosong bila sebulan penuh", needed=False,
              lowest=1),
        Field("Cara catat", "metering", one_of(METERING), "rekening, meter, atau token (token = pembelian)",
              choices=METERING),
    ),
    ("building", "month"),
    ("kwh",),
    _month,
)  # fmt: skip
PLANTS = Form(
    "PLTS",
    "Setiap PLTS atap sekali",
    (
        Field("Kode", "code", code, "kode PLTS yang tetap, misalnya PV-01"),
        Field("Nama", "name", text, "tempat PLTS", 34),
        Field("kWp", "kwp", amount("kWp", Decimal(100_000), Decimal("0.01")), "daya terpasang", lowest=0),
        Field("Mulai", "running_since", day, "hari mulai beroperasi", is_day=True),
    ),
    ("code",),
    ("kwp",),
    SolarPlant,
)
YIELDS = Form(
    "Produksi PLTS",
    "Satu baris untuk setiap PLTS sebulan; ekspor ke PLN tidak dikreditkan",
    (
        Field("Kode PLTS", "plant", code, "kode pada lembar PLTS"),
        _MONTH,
        Field("Produksi kWh", "produced_kwh", _kwh, "produksi sebulan", lowest=0),
        Field("Ekspor kWh", "exported_kwh", _kwh, "yang dikirim ke jaringan; 0 bila tidak ada", lowest=0),
    ),
    ("plant", "month"),
    ("produced_kwh",),
    _solar,
)


class EnergyWorkbook(OpdWorkbook):
    """All four sheets."""

    topics: ClassVar[tuple[str, ...]] = ("energy",)
    forms: ClassVar[tuple[Form, ...]] = (BUILDINGS, USE, PLANTS, YIELDS)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook of a year. Raises OSError as writing does."""
    write_form_template(path, f"energi gedung pemerintah, {year}", EnergyWorkbook.forms, year)
