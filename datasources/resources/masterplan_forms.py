"""The sheets of a masterplan's document: what is to be reached, programmes, actions, budgets, and who holds office."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from datasources.resources.cells import amount, code, day, one_of, text
from datasources.resources.form import BadRow, Field, Form
from datasources.resources.masterplan_cells import NO, YES, any_day, links, offices, plan_year, words, yes_no
from datasources.resources.masterplan_dimensions import dimensions, sub_dimensions
from datasources.resources.masterplan_records import (
    ActionItem,
    Budget,
    Course,
    Goal,
    Horizon,
    OfficeHolder,
    PlanDocument,
    Programme,
    Standing,
    Strategy,
)

KINDS = ("masterplan", "rpjmd", "renstra", "perbup")
STANDINGS, HORIZONS, COURSES = get_args(Standing), get_args(Horizon), get_args(Course)
HUNDRED, LARGEST = Decimal(100), Decimal(10**13)
DIMENSIONS = tuple(dimensions())
_FIRST = Field("Tahun awal", "first_year", plan_year, "tahun pertama", lowest=2000)
_LAST = Field("Tahun akhir", "last_year", plan_year, "tahun terakhir", lowest=2000)
_OPD = Field("OPD", "opd", text, "singkatan OPD penanggung jawab, misalnya Diskominfo", 18)
_DOCUMENT = Field("Dokumen", "document", code, "kode dari lembar Dokumen", 12)
LAST_DAY = Field(
    "Berlaku sampai",
    "valid_until",
    any_day,
    "hari terakhir bila diakhiri; kosong selama masih berlaku",
    needed=False,
    is_day=True,
)
PROGRAMME = Field("Program", "programme", code, "kode dari lembar Program", 12)


def listed(values: tuple[str, ...]) -> str:
    """What a choice means to its writer."""
    return f"salah satu dari {', '.join(values)}"


def _document(**values: Any) -> PlanDocument:
    _in_order(values, "first_year", "last_year")
    _in_order(values, "valid_from", "valid_until")
    return PlanDocument(**values)


def _programme(**values: Any) -> Programme:
    _in_order(values, "first_year", "last_year")
    return Programme(**values)


def _holder(**values: Any) -> OfficeHolder:
    _in_order(values, "valid_from", "valid_until")
    return OfficeHolder(**values)


def _action(**values: Any) -> ActionItem:
    if values["progress"] is not None and values["reported_on"] is None:
        raise BadRow("reported_on", "kosong padahal progres diisi; tulis tanggal laporan progres itu")
    return ActionItem(**values)


def _in_order(values: dict[str, Any], first: str, last: str) -> None:
    if values[last] is not None and values[last] < values[first]:
        raise BadRow(last, f"lebih awal dari permulaannya ({values[first]}); periksa keduanya")


DOCUMENTS = Form(
    "Dokumen",
    "Dokumen yang memuat rencana, dengan masa berlakunya",
    (
        Field("Kode", "code", code, "kode pendek, misalnya MP-2024", 12),
        Field("Judul", "title", words(200), "judul dokumen", 50),
        Field("Jenis", "kind", one_of(KINDS), listed(KINDS), choices=KINDS),
        Field("Nomor", "number", text, "nomor peraturan", 24, needed=False),
        _FIRST, _LAST,
        Field("Ditetapkan", "established_on", day, "tanggal penetapan", is_day=True),
        Field("Berlaku sejak", "valid_from", any_day, "hari pertama berlaku", is_day=True),
        Field("Berlaku sampai", "valid_until", any_day, "hari terakhir; kosong bila belum dicabut", needed=False,
              is_day=True),
        Field("Status", "standing", one_of(STANDINGS), f"{listed(STANDINGS)}; yang resmi mendahului yang lain",
              choices=STANDINGS),
        Field("Capaian tertinggi %", "cap", amount("%", Decimal(1000), HUNDRED), "batas capaian satu indikator; kosong "
              "berarti 120", 18, needed=False, lowest=100),
    ),
    ("code",), ("title",), _document,
)  # fmt: skip
GOALS = Form(
    "Sasaran",
    "Yang hendak dicapai setiap dimensi",
    (
        Field("Kode", "code", code, "kode pendek, misalnya S-01"),
        _DOCUMENT,
        Field("Dimensi", "dimension", one_of(DIMENSIONS), listed(DIMENSIONS), choices=DIMENSIONS),
        Field("Sasaran", "goal", words(400), "satu kalimat", 70),
    ),
    ("code",), ("goal",), Goal,
)  # fmt: skip
STRATEGIES = Form(
    "Strategi",
    "Cara mencapai sasaran",
    (
        Field("Kode", "code", code, "kode pendek, misalnya ST-01"),
        Field("Sasaran", "goal", code, "kode dari lembar Sasaran"),
        Field("Strategi", "strategy", words(400), "satu kalimat", 70),
    ),
    ("code",), ("strategy",), Strategy,
)  # fmt: skip
PROGRAMMES = Form(
    "Program",
    "Program masterplan; yang berhenti atau selesai tetap ditulis",
    (
        Field("Kode", "code", code, "kode pendek yang tidak pernah dipakai ulang, misalnya GOV-01"),
        _DOCUMENT,
        Field("Strategi", "strategy", code, "kode dari lembar Strategi", 12, needed=False),
        Field("Sub-dimensi", "sub_dimension", one_of(tuple(sub_dimensions())), listed(tuple(sub_dimensions())), 30,
              choices=tuple(sub_dimensions())),
        Field("Nama", "name", words(200), "nama program", 50),
        Field("Quick win", "quick_win", yes_no, "ya atau tidak", choices=(YES, NO)),
        Field("Horizon", "horizon", one_of(HORIZONS), listed(HORIZONS), choices=HORIZONS),
        _FIRST, _LAST, _OPD,
        Field("OPD pendukung", "supporting", offices, "dipisah titik koma", 26, needed=False),
        Field("Sumber dana", "funding", text, "misalnya APBD", 16, needed=False),
        Field("Program RPJMD", "rpjmd_programme", text, "kode program RPJMD yang sepadan", 16, needed=False),
        Field("Status", "course", one_of(COURSES), listed(COURSES), choices=COURSES),
        LAST_DAY,
    ),
    ("code",), ("name",), _programme,
)  # fmt: skip
ACTIONS = Form(
    "Rencana aksi",
    "Kegiatan setiap program dengan tenggat dan bobotnya",
    (
        Field("Kode", "code", code, "kode pendek, misalnya GOV-01-A1", 16),
        PROGRAMME,
        Field("Kegiatan", "activity", words(300), "yang dikerjakan", 50),
        Field("Keluaran", "output", words(300), "yang dihasilkan", 40),
        Field("Tenggat", "due_on", any_day, "hari terakhir menurut dokumen", is_day=True),
        _OPD,
        Field("Bobot", "weight", amount("", Decimal(1000), Decimal("0.01")), "bobot terhadap kegiatan lain", 8,
              lowest=0),
        Field("Progres %", "progress", amount("%", HUNDRED), "0 sampai 100; kosong bila belum dilaporkan", needed=False,
              lowest=0),
        Field("Per tanggal", "reported_on", day, "tanggal laporan progres", needed=False, is_day=True),
        Field("Bukti", "evidence", links, "alamat https://…, dipisah spasi", 34, needed=False),
        LAST_DAY,
    ),
    ("code",), ("activity",), _action,
)  # fmt: skip
BUDGETS = Form(
    "Anggaran",
    "Pagu dan realisasi setiap program",
    (
        PROGRAMME,
        Field("Tahun", "year", plan_year, "tahun anggaran", 8, lowest=2000),
        Field("Pagu Rp", "planned", amount("rupiah", LARGEST), "pagu setahun", 20, lowest=0),
        Field("Realisasi Rp", "spent", amount("rupiah", LARGEST), "yang sudah dibelanjakan; kosong bila belum tahu",
              20, needed=False, lowest=0),
    ),
    ("programme", "year"), ("planned",), Budget,
)  # fmt: skip
HOLDERS = Form(
    "Pejabat",
    "Siapa memegang jabatan apa sejak kapan; baris lama dibiarkan, hanya diberi hari terakhir",
    (
        Field("Jabatan", "position", text, "misalnya Bupati atau Kepala Diskominfo", 30),
        Field("Berlaku sejak", "valid_from", any_day, "hari pertama menjabat", is_day=True),
        Field("Nama", "holder", text, "nama pejabat", 34),
        Field("OPD", "opd", text, "singkatan OPD; kosong untuk bupati", 18, needed=False),
        Field("Berlaku sampai", "valid_until", any_day, "hari terakhir; kosong bila masih menjabat", needed=False,
              is_day=True),
    ),
    ("position", "valid_from"), ("holder",), _holder,
)  # fmt: skip
