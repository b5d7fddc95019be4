"""The sheets of a masterplan's indicators: what they are, their targets by year and quarter, and what was reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from datasources.resources.cells import amount, code, day, one_of, text
from datasources.resources.form import BadRow, Field, Form
from datasources.resources.masterplan_cells import links, live_indicator, plan_year, target, words
from datasources.resources.masterplan_forms import LARGEST, LAST_DAY, PROGRAMME, listed
from datasources.resources.masterplan_indicator_records import (
    Direction,
    Period,
    PlanIndicator,
    Realisation,
    TargetYear,
)

KINDS = ("baseline", "output", "outcome", "impact")
DIRECTIONS, PERIODS = get_args(Direction), get_args(Period)
QUARTERS = PERIODS[1:]
AIMS = ("annual", "q1", "q2", "q3", "q4")
"""The fields of a row of targets, in the order of PERIODS."""
_INDICATOR = Field("Indikator", "indicator", code, "kode dari lembar Indikator", 16)
_YEAR = Field("Tahun", "year", plan_year, "tahun", 8, lowest=2000)


def _realisation(**values: Any) -> Realisation:
    if values["measured_on"].year < values["year"]:
        raise BadRow("measured_on", f"sebelum tahun {values['year']} yang dilaporkan; periksa keduanya")
    return Realisation(**values)


INDICATORS = Form(
    "Indikator",
    "Ukuran keberhasilan setiap program",
    (
        Field("Kode", "code", code, "kode pendek yang tidak pernah dipakai ulang, misalnya GOV-01-I1", 16),
        PROGRAMME,
        Field("Nama", "name", words(200), "nama indikator", 50),
        Field("Tipe", "kind", one_of(KINDS), listed(KINDS), choices=KINDS),
        Field("Satuan", "unit", words(32), "misalnya % atau layanan"),
        Field("Arah", "direction", one_of(DIRECTIONS), "naik, turun, atau rentang bila yang baik ada di antaranya",
              choices=DIRECTIONS),
        Field("Rumus", "formula", words(400), "cara menghitungnya", 40, needed=False),
        Field("Indikator langsung", "live", live_indicator, "id indikator aplikasi ini yang mengisinya sendiri", 26,
              needed=False),
        Field("Nilai awal", "baseline", amount("", LARGEST), "nilai sebelum program, dalam satuan indikator",
              needed=False, lowest=0),
        LAST_DAY,
    ),
    ("code",), ("name",), PlanIndicator,
)  # fmt: skip
TARGETS = Form(
    "Target",
    "Target setiap indikator menurut tahun dan triwulan; yang diubah ditimpa dan diberi alasan",
    (
        _INDICATOR, _YEAR,
        *(
            Field(heading, name, target, f"target {span}; rentang ditulis seperti 40–60", 12, needed=False)
            for heading, span, name in zip(("Setahun", *QUARTERS), ("setahun", *QUARTERS), AIMS, strict=True)
        ),
        Field("Ditetapkan oleh", "set_by", text, "jabatan atau OPD yang menetapkan", 24),
        Field("Dasar", "basis", words(200), "dokumen yang memuat target", 30),
        Field("Alasan perubahan", "reason", words(200), "wajib bila target pernah berbeda", 34, needed=False),
    ),
    ("indicator", "year"), AIMS, TargetYear,
)  # fmt: skip
REALISATIONS = Form(
    "Realisasi",
    "Yang dicapai dalam suatu masa; masa yang sama dengan targetnya",
    (
        _INDICATOR, _YEAR,
        Field("Masa", "period", one_of(PERIODS), listed(PERIODS), choices=PERIODS),
        Field("Nilai", "value", amount("", LARGEST, Decimal(0)), "nilai dalam satuan indikator", lowest=0),
        Field("Tanggal data", "measured_on", day, "hari data itu benar", is_day=True),
        Field("Dilaporkan oleh", "reported_by", text, "jabatan atau OPD, bukan nama orang", 24),
        Field("Diverifikasi oleh", "verified_by", text, "jabatan atau OPD", 20, needed=False),
        Field("Bukti", "evidence", links, "alamat https://…, dipisah spasi", 34, needed=False),
        Field("Catatan", "note", words(300), "tanpa nama dan nomor orang", 34, needed=False),
    ),
    ("indicator", "year", "period"), ("value",), _realisation,
)  # fmt: skip
