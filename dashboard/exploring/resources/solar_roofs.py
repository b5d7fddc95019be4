"""Solar roofs: power, yield, use on the spot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import until
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.solar_yield import BASIS, capacity_factor, own_use, specific_yield
from dashboard.formulas.written_number import written
from dashboard.indicators.month_window import YEAR
from dashboard.indicators.renewables import PlantYear, Renewables, renewables
from datasources.resources.record_days import month_end

COLUMNS = (
    Column("plant", "PLTS", "text"),
    Column("kwp", "Daya", unit="kWp", decimals=1),
    Column("produced", "Produksi", unit="kWh"),
    Column("own", "Dipakai sendiri", unit="kWh"),
    Column("exported", "Ekspor", unit="kWh"),
    Column("yield", "Hasil setahun", unit="kWh/kWp"),
    Column("factor", "Faktor kapasitas", unit="%", decimals=1),
    Column("months", "n bulan"),
)


def roofs(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per roof, the largest first."""
    found = renewables(connection, until(filters, at))
    if found is None:
        return nothing("belum ada produksi PLTS dalam 18 bulan sebelum akhir masa ini")
    rows = [_row(one) for one in sorted(found.plants, key=lambda p: -p.plant.kwp)]
    return Answer(COLUMNS, rows, n=len(rows), data_time=month_end(found.newest), notes=_notes(found))


def _row(one: PlantYear) -> dict[str, Any]:
    """Yield and factor only over twelve months: a half year is not half a sun."""
    row = {
        "plant": one.plant.name,
        "kwp": one.plant.kwp,
        "produced": one.produced if one.months else None,
        "own": own_use(one.produced, one.exported) if one.months else None,
        "exported": one.exported if one.months else None,
        "months": one.months,
    }
    if one.months < YEAR:
        return row
    factor = capacity_factor(one.produced, one.plant.kwp) * 100
    return row | {"yield": specific_yield(one.produced, one.plant.kwp), "factor": factor}


def _notes(found: Renewables) -> tuple[str, ...]:
    share = found.share
    words = share.missing if isinstance(share, NotComputable) else f"{written(share * 100, 1)} % dari pemakaian gedung"
    return (
        f"{written(found.kwp, 1)} kWp terpasang. Bagian listrik surya: {words}.",
        f"Ekspor ke jaringan tidak dikreditkan ({BASIS.words}).",
        "Emisi yang dihindari tidak dihitung: faktor emisi jaringan resmi dengan tahunnya belum diisi.",
        "Hasil setahun dan faktor kapasitas hanya untuk PLTS dengan 12 bulan lengkap.",
    )


QUESTIONS = (
    Question(
        id="energy.solar", title="PLTS atap", family="lingkungan", topics=("energy",), form="table", ask=roofs,
        clock="12 bulan sampai akhir masa ini", by_kecamatan=False, basis=BASIS.words,
    ),
)  # fmt: skip
