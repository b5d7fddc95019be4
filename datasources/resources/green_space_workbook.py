"""The inventory of green open space, and the urban area it is measured against."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from datasources import region
from datasources.resources.cells import amount, day, kecamatan, one_of, text, year
from datasources.resources.form import Field, Form
from datasources.resources.form_template import write_form_template
from datasources.resources.green_space_records import GreenArea, UrbanArea
from datasources.resources.opd_workbook import OpdWorkbook

KINDS = (
    "taman kota", "hutan kota", "jalur hijau", "sempadan sungai", "pemakaman", "lapangan", "pekarangan", "lainnya",
)  # fmt: skip
OWNERS = ("publik", "privat")
LARGEST = Decimal(98_438)
"""Hectares of the whole kabupaten."""
_YEAR = Field("Tahun", "year", year, "tahun inventarisasi", lowest=2000)
_KECAMATAN = Field(
    "Kecamatan", "kecamatan_code", kecamatan, "nama kecamatan", 18, choices=tuple(k.name for k in region.kecamatan())
)

AREAS = Form(
    "RTH",
    "Setiap ruang terbuka hijau di dalam kawasan perkotaan",
    (
        _YEAR,
        _KECAMATAN,
        Field("Jenis", "kind", one_of(KINDS), f"salah satu dari {', '.join(KINDS)}", 18, choices=KINDS),
        Field("Nama", "name", text, "nama tempat", 30),
        Field("Kepemilikan", "ownership", one_of(OWNERS), "publik atau privat", choices=OWNERS),
        Field("Luas ha", "area_ha", amount("ha", LARGEST), "luas dalam hektare", lowest=0),
        Field("Tanggal ukur", "surveyed_on", day, "hari pengukuran atau penetapan", is_day=True),
    ),
    ("year", "kecamatan_code", "name"),
    ("area_ha",),
    GreenArea,
)
URBAN = Form(
    "Kawasan perkotaan",
    "Luas kawasan perkotaan menurut rencana tata ruang; bukan luas seluruh kecamatan",
    (
        _YEAR,
        _KECAMATAN,
        Field("Luas ha", "area_ha", amount("ha", LARGEST, Decimal("0.01")), "luas kawasan perkotaan", lowest=0),
        Field("Dasar", "basis", text, "rencana yang menetapkannya, misalnya Perda RTRW", 34),
    ),
    ("year", "kecamatan_code"),
    ("area_ha",),
    UrbanArea,
    lambda year: [[year, k.name] for k in region.kecamatan()],
)


class GreenSpaceWorkbook(OpdWorkbook):
    """Both sheets."""

    topics: ClassVar[tuple[str, ...]] = ("green_space",)
    forms: ClassVar[tuple[Form, ...]] = (AREAS, URBAN)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook of a year. Raises OSError as writing does."""
    write_form_template(path, f"ruang terbuka hijau, {year}", GreenSpaceWorkbook.forms, year)
