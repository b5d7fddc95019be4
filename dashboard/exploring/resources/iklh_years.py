"""IKLH and its parts by year: official figures, their targets and versions, and our own sum beside them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import until
from dashboard.formulas.computed_figure import LABEL, ComputedFigure
from dashboard.formulas.environmental_index import CAUTION, CLASSES, IKLH_BASIS, iklh_of_year
from dashboard.store.official_indices import official_until
from datasources.resources.iklh_records import OfficialIndex

NO_FIGURES = "angka resmi IKLH belum diisi; lihat templat iklh"
COLUMNS = (
    Column("year", "Tahun", "text"),
    Column("part", "Bagian", "text"),
    Column("value", "Angka resmi", decimals=2),
    Column("target", "Target", decimals=2),
    Column("gap", "Selisih", decimals=2),
    Column("local", "Hitungan lokal", decimals=2),
    Column("regulation", "Versi peraturan", "text"),
    Column("document", "Dokumen", "text"),
)
ORDER = ("IKLH", "IKA", "IKU", "IKL")


def by_part(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per year and part, the newest year first."""
    known = official_until(connection, wib(until(filters, at)).date())
    if not known:
        return nothing(NO_FIGURES)
    rows = [_row(one, known) for one in known]
    rows.sort(key=lambda row: (-int(row["year"]), ORDER.index(row["part"])))
    return Answer(COLUMNS, rows, n=len(rows), data_time=max(i.data_time for i in known), notes=_notes(known))


def _row(one: OfficialIndex, known: list[OfficialIndex]) -> dict[str, Any]:
    own = _local(one.year, known) if one.part == "IKLH" else None
    return {
        "year": str(one.year),
        "part": one.part,
        "value": one.value,
        "target": one.target,
        "gap": None if one.target is None else one.value - one.target,
        "local": own.value if isinstance(own, ComputedFigure) else None,
        "regulation": one.regulation,
        "document": one.document,
        "status": "waspada" if one.target is not None and one.value < one.target else None,
    }


def _local(year: int, known: list[OfficialIndex]) -> Any:
    parts: dict[str, Decimal] = {i.part: i.value for i in known if i.year == year and i.part != "IKLH"}
    return iklh_of_year(year, parts)


def _notes(known: list[OfficialIndex]) -> tuple[str, ...]:
    missing = {year: found.missing for year in sorted({i.year for i in known})
               if not isinstance(found := _local(year, known), ComputedFigure)}  # fmt: skip
    said = [
        f"Angka resmi diimpor apa adanya. {LABEL.capitalize()}: {IKLH_BASIS.words} atas bagian resmi yang sudah "
        "dibulatkan, bukan pengganti angka resmi.",
        f"{CAUTION}. Tahun dengan versi berbeda tidak dibandingkan.",
        f"Predikat {', '.join(CLASSES.words)} belum dipakai: {CLASSES.basis.words}.",
    ]
    said += [f"{year} tidak dihitung sendiri: {why}." for year, why in missing.items()]
    return tuple(said)


def by_year(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The official figures as lines, one for each part."""
    known = official_until(connection, wib(until(filters, at)).date())
    if not known:
        return nothing(NO_FIGURES)
    rows = [
        {"year": str(i.year), "part": i.part, "value": i.value, "regulation": i.regulation}
        for i in sorted(known, key=lambda i: (ORDER.index(i.part), i.year))
    ]
    columns = (
        Column("year", "Tahun", "text", role="x"),
        Column("part", "Bagian", "text", role="group"),
        Column("value", "Angka resmi", unit="indeks", decimals=2, role="y"),
        Column("regulation", "Versi peraturan", "text"),
    )
    versions = sorted({i.regulation for i in known})
    said = (f"Dihitung menurut {', '.join(versions)}; versi yang berbeda tidak dibandingkan.",)
    return Answer(columns, rows, n=len(rows), data_time=max(i.data_time for i in known), notes=said)


QUESTIONS = (
    Question(
        id="iklh.parts", title="IKLH dan bagiannya", family="lingkungan", topics=("iklh",), form="table", ask=by_part,
        clock="Angka resmi yang terbit sampai akhir masa ini, setiap tahun", by_kecamatan=False, basis=IKLH_BASIS.words,
    ),
    Question(
        id="iklh.years", title="IKLH dari tahun ke tahun", family="lingkungan", topics=("iklh",), form="lines",
        ask=by_year, clock="Angka resmi yang terbit sampai akhir masa ini", by_kecamatan=False, basis=IKLH_BASIS.words,
    ),
)  # fmt: skip
