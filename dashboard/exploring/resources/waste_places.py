"""Landfills and how long they last, trucks and transfer points and what they took in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import months_of, until
from dashboard.formulas.landfill_life import METHOD
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.written_number import written
from dashboard.indicators.landfill_outlook import Outlook, outlooks
from dashboard.indicators.month_window import last_whole_month
from dashboard.indicators.waste_totals import month_words
from dashboard.store.waste import PlaceSum, places_between
from datasources.resources.record_days import month_end

RUNWAY = (
    Column("name", "TPA", "text"),
    Column("volume", "Sisa volume", unit="m³"),
    Column("measured", "Diukur", "text"),
    Column("per_day", "Masuk", unit="ton/hari", decimals=1),
    Column("days_year", "Sisa hari, laju 12 bulan"),
    Column("days_quarter", "Sisa hari, laju 3 bulan"),
    Column("trend", "Arah tonase", "text"),
    Column("assumed", "Kepadatan dan penutup", "text"),
    Column("why", "Keterangan", "text"),
)
PLACES = (
    Column("kind", "Jenis", "text"),
    Column("name", "Nama", "text"),
    Column("tonnes", "Tonase", unit="ton", decimals=1),
    Column("per_month", "Rata-rata", unit="ton/bulan", decimals=1),
    Column("months", "n bulan"),
    Column("trips", "Ritasi"),
    Column("weighed", "Ditimbang", "text"),
)


def runway(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per landfill, the one that is full first above."""
    found = outlooks(connection, until(filters, at))
    if not found:
        return nothing("belum ada tonase masuk TPA dalam 18 bulan sebelum akhir masa ini")
    said = [f"{METHOD[:1].upper()}{METHOD[1:]}, dihitung dari akhir bulan terakhir yang diisi."]
    if guessed := sum(one.estimated for one in found):
        said.append(f"{guessed} bulan tonase perkiraan, bukan timbangan.")
    newest = max(one.newest.data_time for one in found)
    return Answer(RUNWAY, [_runway(one) for one in found], n=len(found), data_time=newest, notes=said)


def _runway(one: Outlook) -> dict[str, Any]:
    density, cover = one.compaction.density, one.compaction.cover * 100
    told = f"{written(density)} t/m³, {written(cover, 0)} %"
    return {
        "name": one.name,
        "volume": one.volume_m3,
        "measured": month_words(one.measured.month) if one.measured else "belum pernah",
        "per_day": one.per_day,
        "days_year": None if isinstance(one.by_year, NotComputable) else one.by_year,
        "days_quarter": None if isinstance(one.by_quarter, NotComputable) else one.by_quarter,
        "trend": _trend_words(one),
        "assumed": f"{told} (anggapan)" if one.compaction.assumed else told,
        "why": one.by_year.missing if isinstance(one.by_year, NotComputable) else None,
    }


def _trend_words(one: Outlook) -> str:
    """Up or down only where the limits say so."""
    slope = one.trend
    if slope is None or slope.low is None or slope.high is None:
        return "belum cukup bulan"
    if slope.low <= 0 <= slope.high:
        return "tidak berbeda dari tetap"
    way = "naik" if slope.slope > 0 else "turun"
    return f"{way} {written(abs(slope.slope), 1)} ton/hari per tahun"


def places(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per place, by kind and then by tonnes."""
    first, last = months_of(filters, at, 12)
    known = places_between(connection, first, min(last, last_whole_month(until(filters, at))))
    if not known:
        return nothing("tidak ada tonase armada, TPS, atau TPA dalam masa ini")
    said = ("Tonase armada dan TPS berakhir di TPA juga: jenis yang berbeda tidak dijumlahkan.",)
    newest = month_end(max(one.newest for one in known))
    return Answer(PLACES, [_place(one) for one in known], n=len(known), data_time=newest, notes=said)


def _place(one: PlaceSum) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "tonnes": one.tonnes,
        "per_month": one.tonnes / one.months,
        "months": one.months,
        "trips": one.trips,
        "weighed": f"{one.weighed} dari {one.months} bulan",
    }


QUESTIONS = (
    Question(
        id="waste.runway", title="Sisa umur TPA", family="lingkungan", topics=("waste",), form="table", ask=runway,
        clock="Dari sisa volume terukur dikurangi tonase sesudahnya, pada akhir masa ini", by_kecamatan=False,
        basis=METHOD,
    ),
    Question(
        id="waste.places", title="Armada, TPS, dan TPA", family="lingkungan", topics=("waste",), form="table",
        ask=places, clock="Bulan dalam masa ini, sedikitnya 12 bulan ke belakang", by_kecamatan=False,
    ),
)  # fmt: skip
