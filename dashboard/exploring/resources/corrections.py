"""What OPD corrected or withdrew: no figure and no target changes silently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import until
from dashboard.store.row_revisions import Revision, revisions_between

TABLES = {
    "water_values": "Sampel air", "water_limits": "Baku mutu", "waste_months": "Sampah bulanan",
    "waste_flows": "Armada TPS TPA", "waste_banks": "Bank sampah", "green_areas": "RTH",
    "urban_areas": "Kawasan perkotaan", "buildings": "Gedung", "energy_months": "Listrik gedung",
    "solar_plants": "PLTS", "solar_months": "Produksi PLTS", "official_indices": "IKLH",
}  # fmt: skip
COLUMNS = (
    Column("at", "Kapan", "moment"),
    Column("sheet", "Lembar", "text"),
    Column("row", "Baris data", "text"),
    Column("change", "Perubahan", "text"),
    Column("said", "Semula", "text"),
    Column("says", "Menjadi", "text"),
    Column("known", "Semula diketahui", "moment"),
    Column("file", "Berkas", "text"),
)


def corrections(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per change, the newest first."""
    found = revisions_between(connection, list(TABLES), filters.start, until(filters, at))
    if not found:
        return nothing("tidak ada angka atau target yang dikoreksi atau dicabut dalam masa ini")
    return Answer(COLUMNS, [_row(one) for one in found], n=len(found), data_time=found[0].replaced_at)


def _row(one: Revision) -> dict[str, Any]:
    return {
        "at": one.replaced_at,
        "sheet": TABLES[one.table],
        "row": ", ".join(str(cell) for cell in one.key.values()),
        "change": one.change,
        "said": _words(one.said),
        "says": None if one.says is None else _words(one.says),
        "known": one.known_at,
        "file": one.file,
    }


def _words(fields: Mapping[str, Any]) -> str:
    return "; ".join(f"{name} {_cell(value)}" for name, value in fields.items() if value is not None) or "kosong"


def _cell(value: Any) -> str:
    return f"{value:.15g}".replace(".", ",") if isinstance(value, float) else str(value)


QUESTIONS = (
    Question(
        id="resources.corrections", title="Koreksi data", family="lingkungan",
        topics=("water", "waste", "green_space", "energy", "iklh"), form="table", ask=corrections, by_kecamatan=False,
        as_known=True,
        clock="Angka dan target yang diubah atau dicabut dalam masa ini; yang semula tidak hilang",
    ),
)  # fmt: skip
