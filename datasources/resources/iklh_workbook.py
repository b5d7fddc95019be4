"""Official IKLH figures with their targets and the version of the regulation."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from datasources.resources.cells import amount, day, one_of, text, year
from datasources.resources.form import Field, Form
from datasources.resources.form_template import write_form_template
from datasources.resources.iklh_records import OfficialIndex
from datasources.resources.opd_workbook import OpdWorkbook

PARTS = ("IKA", "IKU", "IKL", "IKLH")
_index = amount("", Decimal(100))

INDICES = Form(
    "IKLH",
    "Angka resmi, satu baris untuk setiap bagian setahun; jangan menulis hitungan sendiri",
    (
        Field("Tahun", "year", year, "tahun yang dinilai", lowest=2000),
        Field("Bagian", "part", one_of(PARTS), f"salah satu dari {', '.join(PARTS)}", choices=PARTS),
        Field("Nilai", "value", _index, "angka resmi 0 sampai 100", lowest=0),
        Field("Target", "target", _index, "target tahun itu (RPJMD); kosong bila tidak ada", needed=False, lowest=0),
        Field("Peraturan", "regulation", text, "aturan penghitungan, misalnya Permen LHK P.27/2021", 34),
        Field("Dokumen", "document", text, "dokumen yang memuat angka itu", 34),
        Field("Tanggal terbit", "published_on", day, "hari dokumen itu terbit", is_day=True),
    ),
    ("year", "part"),
    ("value",),
    OfficialIndex,
    lambda year: [[year, part] for part in PARTS],
)


class IklhWorkbook(OpdWorkbook):
    """The one sheet."""

    topics: ClassVar[tuple[str, ...]] = ("iklh",)
    forms: ClassVar[tuple[Form, ...]] = (INDICES,)


def write_template(path: Path, year: int) -> None:
    """Write the empty workbook of a year. Raises OSError as writing does."""
    write_form_template(path, f"indeks kualitas lingkungan hidup, {year}", IklhWorkbook.forms, year)
