"""Government buildings by their IKE: honest about area, months and meters; and their pooled use month by month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import months_of, until
from dashboard.formulas.energy_intensity import BASIS, CAUTION, cooling
from dashboard.formulas.not_computable import NotComputable
from dashboard.indicators.month_window import last_whole_month
from dashboard.indicators.rated_buildings import RatedBuilding, rated_buildings
from dashboard.store.energy import all_buildings, drawn_by_month
from datasources.resources.record_days import month_end

NO_BUILDINGS = "gedung pemerintah belum didaftarkan; lihat templat energi"
NO_USE = "tidak ada pemakaian listrik gedung dalam masa ini"
COLUMNS = (
    Column("building", "Gedung", "text", role="label"),
    Column("intensity", "IKE", unit="kWh/m²", decimals=2, role="value"),
    Column("low", "Bulan terendah", unit="kWh/m²", decimals=2, role="low"),
    Column("high", "Bulan tertinggi", unit="kWh/m²", decimals=2, role="high"),
    Column("word", "Kelas", "text", role="note"),
    Column("why", "Mengapa tanpa kelas", "text"),
    Column("months", "n bulan"),
    Column("area", "Luas lantai", unit="m²"),
    Column("kind", "Tabel kelas", "text"),
    Column("metering", "Cara catat", "text"),
    Column("opd", "OPD", "text"),
)


def ranking(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per building, the highest intensity first; those without one keep their row and say why."""
    buildings, newest = rated_buildings(connection, until(filters, at))
    if not buildings:
        return nothing(NO_BUILDINGS)
    if newest is None:
        return nothing(NO_USE)
    rows = [_row(one) for one in buildings]
    rows.sort(key=lambda row: (row["intensity"] is None, -(row["intensity"] or 0), row["building"]))
    said = (
        "Garis: bulan terendah sampai tertinggi. Gedung tanpa luas tidak diurutkan dan tidak dianggap efisien.",
        "Gedung ber-AC dan tanpa AC memakai tabel kelas yang berbeda; gedung campuran perlu meter terpisah.",
        f"{CAUTION}.",
        *([t] if (t := _tokens(buildings)) else []),
    )
    return Answer(
        COLUMNS, rows, n=sum(isinstance(b.word, str) for b in buildings), data_time=month_end(newest), notes=said
    )


def _row(one: RatedBuilding) -> dict[str, Any]:
    why = one.word.missing if isinstance(one.word, NotComputable) else None
    return {
        "building": one.building.name,
        "intensity": one.mean,
        "low": one.low,
        "high": one.high,
        "word": "tanpa kelas" if isinstance(one.word, NotComputable) else one.word,
        "why": why,
        "months": one.months,
        "area": one.building.area_m2,
        "kind": one.kind,
        "metering": one.metering,
        "opd": one.building.opd,
        "status": "waspada" if one.word == "boros" else None,
    }


def _tokens(buildings: list[RatedBuilding]) -> str:
    n = sum("token" in one.metering for one in buildings)
    return f"{n} gedung memakai token: yang tercatat pembelian, bukan pemakaian." if n else ""


def by_month(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The pooled intensity of the buildings of each table, month by month."""
    first, last = months_of(filters, at, 24)
    last = min(last, last_whole_month(until(filters, at)))
    kinds = _by_cooling(connection)
    found = drawn_by_month(connection, first, last, kinds) if kinds else []
    rows = [{"month": d.month, "kind": d.kind, "pooled": d.kwh / d.area_m2, "n": d.buildings} for d in found]
    if not found:
        return nothing(NO_USE)
    columns = (
        Column("month", "Bulan", "day", role="x"),
        Column("kind", "Jenis gedung", "text", role="group"),
        Column("pooled", "IKE gabungan", unit="kWh/m²", decimals=2, role="y"),
        Column("n", "n gedung"),
    )
    few = min(d.buildings for d in found)
    said = (f"Jumlah kWh ÷ jumlah luas gedung yang melapor; paling sedikit {whole(few)} gedung dalam sebulan.",)
    newest = month_end(max(d.month for d in found))
    return Answer(columns, rows, n=max(d.buildings for d in found), data_time=newest, notes=said)


def _by_cooling(connection: Connection) -> dict[str, list[str]]:
    """Kind of building → the codes of those whose floor is known."""
    kinds: dict[str, list[str]] = {}
    for one in all_buildings(connection):
        if one.area_m2 is not None and one.bare_m2 is not None:
            kinds.setdefault(cooling(one.area_m2, one.bare_m2), []).append(one.code)
    return dict(sorted(kinds.items()))


QUESTIONS = (
    Question(
        id="energy.buildings", title="Peringkat IKE gedung pemerintah", family="lingkungan", topics=("energy",),
        form="bars", ask=ranking, by_kecamatan=False, basis=BASIS.words,
        clock="Rata-rata 12 bulan sampai akhir masa ini, disetarakan sebulan; kelas perlu luas dan 9 bulan",
    ),
    Question(
        id="energy.by_month", title="IKE gedung tiap bulan", family="lingkungan", topics=("energy",), form="lines",
        ask=by_month, by_kecamatan=False, basis=BASIS.words,
        clock="Bulan dalam masa ini, sedikitnya 24 bulan ke belakang; gedung ber-AC, tanpa AC, campuran",
    ),
)  # fmt: skip
