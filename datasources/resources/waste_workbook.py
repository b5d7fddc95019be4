"""Waste by month, by truck, TPS and TPA, and the bank sampah."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from datasources import region
from datasources.resources.cells import amount, kecamatan, month, one_of, text, whole
from datasources.resources.form import BadRow, Field, Form, months_of
from datasources.resources.form_template import write_form_template
from datasources.resources.opd_workbook import OpdWorkbook
from datasources.resources.waste_records import WasteBankMonth, WasteFlow, WasteMonth

KINDS = ("armada", "TPS", "TPS3R", "TPA")
WEIGHED = ("timbangan", "perkiraan")
MOST_TONNES, MOST_KG = Decimal(200_000), Decimal(10_000_000)
_tonnes = amount("ton", MOST_TONNES)
_MONTH = Field("Bulan", "month", month, "bulan yang sudah berakhir, misalnya 2026-01")
_WEIGHING = Field(
    "Cara ukur", "weighing", one_of(WEIGHED), "timbangan bila ditimbang, perkiraan bila tidak", choices=WEIGHED
)


def _part(heading: str, name: str, meaning: str) -> Field:
    return Field(heading, name, _tonnes, f"{meaning}, ton sebulan; kosong bila tidak diketahui", 18, False, lowest=0)


def _flow(**told: Any) -> WasteFlow:
    """Raises BadRow for a volume that is not of a TPA."""
    if told["kind"] != "TPA" and told["volume_left_m3"] is not None:
        raise BadRow("volume_left_m3", f"sisa volume hanya untuk TPA, bukan {told['kind']}; kosongkan")
    return WasteFlow(**told)


MONTHS = Form(
    "Sampah bulanan",
    "Seluruh kabupaten, satu baris sebulan. Satu ton hanya dihitung di satu kolom, di tempat ia berakhir",
    (
        _MONTH,
        Field("Timbulan", "generated_t", _tonnes, "sampah yang dihasilkan, ton sebulan", lowest=0),
        _part("Pembatasan", "limited_t", "pengurangan: pembatasan timbulan"),
        _part("Guna ulang", "reused_t", "pengurangan: guna ulang"),
        _part("Daur ulang", "recycled_t", "pengurangan: daur ulang, termasuk yang dijual bank sampah"),
        _part("Diolah", "processed_t", "penanganan: dipilah dan diolah (TPS3R, kompos, RDF)"),
        _part("Masuk TPA", "landfilled_t", "penanganan: diangkut dan ditimbun di TPA"),
        _WEIGHING,
    ),
    ("month",),
    ("generated_t", "limited_t", "reused_t", "recycled_t", "processed_t", "landfilled_t"),
    WasteMonth,
    lambda year: months_of(year),
)
FLOWS = Form(
    "Armada TPS TPA",
    "Tonase setiap armada, TPS, TPS3R dan TPA sebulan; sisa volume hanya untuk TPA",
    (
        Field("Jenis", "kind", one_of(KINDS), f"salah satu dari {', '.join(KINDS)}", choices=KINDS),
        Field("Nama", "name", text, "nama fasilitas atau nomor lambung armada", 26),
        _MONTH,
        Field("Masuk", "tonnes", _tonnes, "ton sebulan", lowest=0),
        Field("Ritasi", "trips", whole(100_000), "banyaknya rit sebulan; boleh kosong", needed=False, lowest=0),
        _WEIGHING,
        Field("Sisa volume m3", "volume_left_m3", amount("m³", Decimal(10**9)),
              "TPA: sisa volume pada akhir bulan menurut ukur atau desain; kosong bila tidak diketahui",
              needed=False, lowest=0),
        Field("Kepadatan t/m3", "density", amount("t/m³", Decimal(2), Decimal("0.1")),
              "TPA: kepadatan setelah dipadatkan; kosong dipakai 0,75", needed=False),
        Field("Tanah penutup %", "cover_percent", amount("%", Decimal(100)),
              "TPA: volume tanah penutup terhadap sampah; kosong dipakai 15", needed=False, lowest=0),
    ),
    ("kind", "name", "month"),
    ("tonnes", "volume_left_m3"),
    _flow,
)  # fmt: skip
BANKS = Form(
    "Bank sampah",
    "Satu baris untuk setiap bank sampah sebulan",
    (
        Field("Nama", "name", text, "nama bank sampah", 28),
        Field("Kecamatan", "kecamatan_code", kecamatan, "nama kecamatan", 18,
              choices=tuple(k.name for k in region.kecamatan())),
        _MONTH,
        Field("Nasabah", "customers", whole(1_000_000), "nasabah terdaftar; boleh kosong", needed=False, lowest=0),
        Field("Diterima kg", "received_kg", amount("kg", MOST_KG), "kg yang diterima; boleh kosong", needed=False,
              lowest=0),
        Field("Dijual kg", "sold_kg", amount("kg", MOST_KG), "kg yang dijual: hanya ini yang dihitung pengurangan",
              lowest=0),
        Field("Omzet Rp", "turnover_rp", amount("rupiah", Decimal(10**12)), "hasil penjualan; boleh kosong",
              needed=False, lowest=0),
    ),
    ("name", "month"),
    ("sold_kg", "received_kg"),
    WasteBankMonth,
)  # fmt: skip


class WasteWorkbook(OpdWorkbook):
    """All three sheets."""

    topics: ClassVar[tuple[str, ...]] = ("waste",)
    forms: ClassVar[tuple[Form, ...]] = (MONTHS, FLOWS, BANKS)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook of a year. Raises OSError as writing does."""
    write_form_template(path, f"sampah, {year}", WasteWorkbook.forms, year)
