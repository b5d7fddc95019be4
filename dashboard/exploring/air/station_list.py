"""Every air station with its value, mark, age, completeness and drift; and what is known of one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.air.station_names import (
    AVERAGING_WORDS,
    CHOOSE,
    UNIT_WORDS,
    chosen,
    linked,
    parameter_words,
)
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.ispu import category
from dashboard.formulas.quality_flags import Flag
from dashboard.indicators.air_now import StationNow, stations_now
from dashboard.store.air_rules import DEFAULT, rules_by_source
from dashboard.store.reading_flags import flagged
from dashboard.store.stations import Heard, heard

STATUS = {Flag.PASS: None, Flag.SUSPECT: "waspada", Flag.FAIL: "waspada", Flag.MISSING: "tidak diketahui"}
NOW = "Keadaan saat ini, apa pun masa yang dipilih."
LIST = (
    Column("station", "Stasiun", "text", role="label"),
    Column("ispu", "ISPU 24 jam"),
    Column("category", "Kategori", "text"),
    Column("kind", "Asal", "text"),
    Column("pm25", "PM2,5 jam terakhir", unit="µg/m³", decimals=1),
    Column("nowcast", "NowCast (bukan ISPU)", unit="µg/m³", decimals=1),
    Column("mark", "Mutu", "text"),
    Column("reasons", "Mengapa", "text"),
    Column("heard", "Data terbaru", "moment"),
    Column("place", "Letak", "text"),
)


def station_list(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The doubtful and silent first."""
    found = stations_now(connection, at)
    if not found:
        return nothing("belum ada stasiun udara")
    ordered = sorted(found, key=lambda s: (s.mark is Flag.PASS, s.station.title))
    newest = max(s.heard_at for s in found)
    return Answer(LIST, [_row(s) for s in ordered], n=len(found), data_time=newest, notes=(NOW,))


def _row(s: StationNow) -> dict[str, Any]:
    newest = s.newest
    return {
        "station": s.station.title, "ispu": newest.index if newest else None, "kind": s.kind,
        "category": category(newest.index).capitalize() if newest and newest.index is not None else None,
        "pm25": s.pm25, "nowcast": s.nowcast, "mark": s.mark.word if not s.is_silent else "diam",
        "reasons": "; ".join(s.reasons), "heard": s.heard_at, "place": _place(s.station.lat, s.station.lon),
        "status": STATUS.get(s.mark), **linked((s.station.source, s.station.station), "station"),
    }  # fmt: skip


def _place(lat: float | None, lon: float | None) -> str | None:
    return None if lat is None or lon is None else f"{lat:.4f}, {lon:.4f}"


PARAMETERS = (
    Column("parameter", "Parameter", "text", role="label"),
    Column("value", "Nilai terbaru", decimals=2),
    Column("unit", "Satuan", "text"),
    Column("averaging", "Rata-rata", "text"),
    Column("newest", "Akhir jendela", "moment"),
    Column("mark", "Mutu", "text"),
    Column("why", "Mengapa", "text"),
    Column("first", "Sejak", "moment"),
)
READER_MARKS = {"valid": "lolos", "suspect": "diragukan", "invalid": "dibatalkan pemiliknya"}


def parameters(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The newest of everything one station tells."""
    station = chosen(connection, filters)
    if station is None:
        return nothing(CHOOSE)
    told = heard(connection, station)
    oldest = min((one.newest_at for one in told), default=at)
    doubts = {
        (f.parameter, f.averaging, f.observed_at): f
        for f in flagged(connection, oldest - timedelta(milliseconds=1), at, (station.source, station.station))
    }
    rows = []
    for one in told:
        doubt = doubts.get((one.parameter, one.averaging, one.newest_at))
        mark, why = (doubt.flag.word, doubt.reasons) if doubt else (READER_MARKS[one.quality], "")
        rows.append({**_told(one), "mark": mark, "why": why, "status": "waspada" if mark != "lolos" else None})
    newest = max((one.newest_at for one in told), default=None)
    return Answer(PARAMETERS, rows, n=len(rows), data_time=newest, notes=(NOW,))


def _told(one: Heard) -> dict[str, Any]:
    return {
        "parameter": parameter_words(one.parameter), "value": one.value, "unit": UNIT_WORDS.get(one.unit, one.unit),
        "averaging": AVERAGING_WORDS[one.averaging], "newest": one.newest_at, "first": one.first_at,
    }  # fmt: skip


ABOUT = (Column("what", "Keterangan", "text", role="label"), Column("value", "Isi", "text"))
CORRECTED = {"": "tidak ada", "epa_2021": "EPA 2021: 0,524 × PM2,5 − 0,0862 × RH + 5,75; nilai mentah tetap disimpan"}


def about(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Name, source, position and the rules under which its readings are judged."""
    station = chosen(connection, filters)
    if station is None:
        return nothing(CHOOSE)
    rules = rules_by_source(connection).get(station.source, DEFAULT)
    share = f"{rules.required_share * 100:.0f} % jam (aturan sumber; P.14/2020 tidak menyebut angka)"
    lines = {
        "Nama": station.title, "Nomor": station.station, "Sumber": station.source,
        "Letak": _place(station.lat, station.lon) or "tidak disebut sumber",
        "Hari sah dari": share, "Koreksi kelembapan": CORRECTED[rules.humidity_correction],
        "Stasiun acuan": rules.reference or "belum ditetapkan",
    }  # fmt: skip
    return Answer(ABOUT, [{"what": what, "value": value} for what, value in lines.items()], n=None)


_BOTH = ("official_air", "sensors", "air_samples")
QUESTIONS = (
    Question(
        id="air.stations", title="Stasiun udara", family="lingkungan", topics=_BOTH, form="table", ask=station_list,
        clock="ISPU: 24 jam terakhir; mutu: bendera 6 jam terakhir; diam lebih dari 3 jam tidak pernah hijau",
        by_kecamatan=False,
    ),
    Question(
        id="station.parameters", title="Yang diukur", family="lingkungan", topics=_BOTH, form="table", ask=parameters,
        clock="Nilai terbaru tiap parameter dengan akhir jendelanya", by_kecamatan=False, of_station=True,
    ),
    Question(
        id="station.about", title="Tentang stasiun", family="lingkungan", topics=_BOTH, form="table", ask=about,
        clock="Menurut sumber dan sources.toml", by_kecamatan=False, of_station=True,
    ),
)  # fmt: skip
