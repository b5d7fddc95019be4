"""IKLH: the official index of the newest year beside its target; what is computed here never stands in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.computed_figure import ComputedFigure
from dashboard.formulas.environmental_index import iklh_of_year
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store.official_indices import official_until
from datasources.resources.iklh_records import OfficialIndex

PARTS = ("IKA", "IKU", "IKL")
PLAN = "susun rencana perbaikan bagian yang terlemah (usulan, perlu konfirmasi DLH)"
BANDS = (
    Band("Mencapai target", Status.NORMAL),
    Band("Di bawah target", Status.WASPADA, action=PLAN),
    Band("Belum ada target", Status.NORMAL),
)
"""The target is of the year and comes with the figure, so the formula names the band."""


def official_index(connection: Connection, at: datetime) -> Finding:
    """The newest official IKLH with its parts, its target and the version it was computed by."""
    known = official_until(connection, wib(at).date())
    whole = [i for i in known if i.part == "IKLH"]
    if not whole:
        return Finding(None, None, missing="angka resmi IKLH belum diisi; lihat templat iklh")
    newest = whole[-1]
    parts: dict[str, OfficialIndex] = {i.part: i for i in known if i.year == newest.year}
    detail = {
        "tahun": newest.year,
        "peraturan": newest.regulation,
        "series": [{"x": str(i.year), "value": float(i.value)} for i in whole],
        "rows": [_target_row(newest), *(_part_row(parts[p]) for p in PARTS if p in parts), *_local(newest, parts)],
    }
    return Finding(newest.value, newest.data_time, n=len(whole), band=_band(newest), detail=detail)


def _band(index: OfficialIndex) -> str:
    if index.target is None:
        return BANDS[2].word
    return BANDS[0].word if index.value >= index.target else BANDS[1].word


def _target_row(index: OfficialIndex) -> dict[str, Any]:
    return {
        "label": f"Target {index.year}",
        "value": "belum diisi" if index.target is None else written(index.target, 2),
    }


def _part_row(index: OfficialIndex) -> dict[str, Any]:
    return {"label": f"{index.part} {index.year} · resmi · {index.regulation}", "value": written(index.value, 2)}


def _local(newest: OfficialIndex, parts: dict[str, OfficialIndex]) -> Sequence[dict[str, Any]]:
    """Our own sum of the official parts, where the version of that year was seen."""
    found = iklh_of_year(newest.year, {p: parts[p].value for p in PARTS if p in parts})
    if not isinstance(found, ComputedFigure):
        return [{"label": "IKLH · hitungan lokal", "value": found.missing}]
    return [{"label": f"IKLH {newest.year} · {found.label}", "value": written(found.value, 2)}]


INDICATORS = (
    Indicator(
        id="iklh.official", title="IKLH resmi", unit="poin", topics=("iklh",), formula=official_index,
        clock="Tahun terbaru yang sudah terbit; angka resmi, bukan hitungan kami", owner="DLH",
        basis="Angka resmi dengan versi peraturannya", decimals=2, better="up", bands=BANDS,
        scale=(Decimal(0), Decimal(100)), family="lingkungan",
    ),
)  # fmt: skip
