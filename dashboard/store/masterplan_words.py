"""What rows and cells of a masterplan are called among its changes, and how a changed cell is kept and shown."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Integer

from dashboard.store.column_kinds import Day, Exact, as_stored

SUBJECTS = {
    "masterplan_documents": "dokumen", "masterplan_goals": "sasaran", "masterplan_strategies": "strategi",
    "masterplan_programmes": "program", "masterplan_actions": "aksi", "masterplan_budgets": "anggaran",
    "masterplan_indicators": "indikator", "masterplan_targets": "target", "masterplan_realisations": "realisasi",
    "office_holders": "pejabat",
}  # fmt: skip
PARTS = {
    "annual": "tahunan", "q1": "TW1", "q2": "TW2", "q3": "TW3", "q4": "TW4", "planned": "pagu", "spent": "belanja",
    "progress": "progres", "course": "status", "name": "nama", "strategy": "strategi", "sub_dimension": "sub-dimensi",
    "quick_win": "quick win", "horizon": "horizon", "first_year": "tahun awal", "last_year": "tahun akhir",
    "opd": "OPD", "supporting": "OPD pendukung", "funding": "sumber dana", "rpjmd_programme": "program RPJMD",
    "document": "dokumen", "activity": "kegiatan", "output": "keluaran", "due_on": "tenggat", "weight": "bobot",
    "kind": "tipe", "unit": "satuan", "direction": "arah", "formula": "rumus", "live": "indikator langsung",
    "baseline": "nilai awal", "valid_until": "berlaku sampai",
}  # fmt: skip
"""Field → what it is called among the changes, where people may change it by hand too; other fields keep their name."""
FIELDS = {part: name for name, part in PARTS.items()}
ADDED = "baris baru"
"""What a row that a person added is called among the changes; `new` is its name."""
ABOUT_IT = (
    "set_by", "basis", "reason", "measured_on", "reported_on", "reported_by", "verified_by", "evidence", "note",
)  # fmt: skip
"""Fields that say who, when and why: alone they change no figure. What they said before stays in row_revisions."""
_NUMBERS = re.compile(r"\d+(\.\d+)?(\.\.\d+(\.\d+)?)?")
TARGET, NO_REASON = "target", "alasan tidak ditulis"
WITHDRAWN = "dicabut dari berkas"


def as_text(value: Any) -> str | None:
    """A field of a record as a change keeps it: the same value is the same text, by whatever way it came."""
    cell = as_stored(value)
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return None if cell is None else str(cell)[:400]


def as_value(column: Column[Any], text: str | None) -> Any:
    """Back to the value that a column of its table gives: the other way of `as_text`."""
    if text is None:
        return None
    kind = column.type
    if isinstance(kind, Exact):
        return Decimal(text)
    if isinstance(kind, Day):
        return date.fromisoformat(text)
    if isinstance(kind, Boolean):
        return text == str(True)
    return int(text) if isinstance(kind, Integer) else text


def shown(cell: str | None) -> str:
    """A kept cell in words."""
    if cell is None:
        return "tidak ada"
    if _NUMBERS.fullmatch(cell):
        return cell.replace("..", "–").replace(".", ",")
    return {"True": "ya", "False": "tidak"}.get(cell, cell)
