"""Air: the official ISPU, what our own sensors say now (which is not ISPU), and how far each station is believed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas import ispu as index
from dashboard.formulas.nowcast import LABEL
from dashboard.formulas.quality_flags import Flag
from dashboard.indicators.air_now import StationNow, stations_now
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store import observations as store
from dashboard.store.air_region import region_days

OWNER = "DLH"
UNCONFIRMED = " (tindakan baku; perlu konfirmasi DLH)"
CATEGORY_STATUS = {
    "BAIK": Status.NORMAL, "SEDANG": Status.NORMAL, "TIDAK SEHAT": Status.WASPADA,
    "SANGAT TIDAK SEHAT": Status.KRITIS, "BERBAHAYA": Status.KRITIS,
}  # fmt: skip
ACTIONS = {
    "TIDAK SEHAT": "umumkan anjuran mengurangi aktivitas fisik yang terlalu lama di luar ruangan",
    "SANGAT TIDAK SEHAT": "umumkan anjuran menghindari semua aktivitas di luar; beri tahu Dinkes dan sekolah",
    "BERBAHAYA": "umumkan anjuran tetap di dalam ruangan; Dinkes siagakan faskes, BPBD bagikan masker",
}
"""After the advice that KLH prints beside each category; the OPD named acts first."""
CATEGORY_BANDS = tuple(
    Band(word.capitalize(), CATEGORY_STATUS[word], low, high,
         ACTIONS[word] + UNCONFIRMED if word in ACTIONS else "")
    for word, low, high in (
        ("BAIK", None, Decimal("50.5")),
        ("SEDANG", Decimal("50.5"), Decimal("100.5")),
        ("TIDAK SEHAT", Decimal("100.5"), Decimal("200.5")),
        ("SANGAT TIDAK SEHAT", Decimal("200.5"), Decimal("300.5")),
        ("BERBAHAYA", Decimal("300.5"), None),
    )
)  # fmt: skip
CHECK_SENSORS = "periksa alat yang ditandai: daya, sambungan, saluran masuk udara" + UNCONFIRMED
READER_MARKS = {"valid": "tanpa catatan", "suspect": "diragukan", "invalid": "dibatalkan pemiliknya"}
INDEX_SCALE = (Decimal(0), Decimal(300))
STATION_WINDOW = timedelta(hours=26)
MARK_STATUS = {
    Flag.PASS: Status.NORMAL, Flag.NOT_EVALUATED: Status.UNKNOWN, Flag.SUSPECT: Status.WASPADA,
    Flag.FAIL: Status.WASPADA, Flag.MISSING: Status.UNKNOWN,
}  # fmt: skip
"""A dead or silent station is unknown, never normal."""


def official_ispu(connection: Connection, at: datetime) -> Finding:
    """The published index of the station with the highest one, recomputed from its 24-hour means."""
    published = store.newest_readings(connection, "ispu", "PT24H", at, STATION_WINDOW)
    if not published:
        return Finding(None, None, missing="belum ada ISPU dari stasiun KLH dalam 26 jam terakhir")
    worst = max(published, key=lambda o: o.value)
    parameters = {
        p: o.value
        for p in index.BREAKPOINTS
        for o in store.newest_readings(connection, p, "PT24H", at, STATION_WINDOW)
        if o.station == worst.station and o.observed_at == worst.observed_at and o.quality == "valid"
    }
    recomputed = index.ispu(parameters) if parameters else None
    word, name = index.category(int(worst.value)), worst.station_name or worst.station
    detail = {
        "stasiun": name,
        "kritis": recomputed.critical if recomputed else None,
        "dihitung_ulang": recomputed.index if recomputed else None,
        "sub_indeks": dict(recomputed.sub_indices) if recomputed else {},
        "kategori_ispu": str(word),
        "tentang": _about(name, "24 jam", worst.observed_at, READER_MARKS[worst.quality]),
        "akhir_jendela": worst.observed_at.isoformat(),
        "rata_rata": "24 jam",
    }
    return Finding(worst.value, worst.observed_at, n=len(published), band=word.capitalize(), detail=detail)


def _about(station: str, averaged: str, end: datetime, mark: str) -> str:
    """Of which station, window and quality a value is."""
    return f"{station} · {averaged} s.d. {clock.wib(end):%d/%m %H.%M} WIB · mutu: {mark}"


def _sensors(connection: Connection, at: datetime) -> list[StationNow]:
    return [s for s in stations_now(connection, at) if s.kind == "hitungan"]


def pm25_now(connection: Connection, at: datetime) -> Finding:
    """NowCast of PM2.5 over the last 12 full hours at the sensor where it is highest; a trend, not ISPU."""
    sensors = _sensors(connection, at)
    known = [s for s in sensors if s.nowcast is not None and not s.is_silent]
    if not known:
        newest = max((s.heard_at for s in sensors), default=None)
        return Finding(None, newest, missing="sensor tidak cukup: perlu 2 dari 3 jam terakhir")
    highest = max(known, key=lambda s: s.nowcast or 0)
    full = at.replace(minute=0, second=0, microsecond=0)
    rows = [
        {"label": s.station.title, "value": f"{_comma(s.nowcast, 1)} µg/m³", "status": str(MARK_STATUS[s.mark])}
        for s in sorted(known, key=lambda s: s.nowcast or 0, reverse=True)
    ]
    detail = {"stasiun": highest.station.title, "rows": rows, "bukan_ispu": True, "cara": LABEL,
              "tentang": _about(highest.station.title, "12 jam", full, highest.mark.word)}  # fmt: skip
    return Finding(highest.nowcast, full, n=len(known), detail=detail)


def sensor_ispu(connection: Connection, at: datetime) -> Finding:
    """The highest ISPU computed from the last 24 full hours of a sensor: internal, beside the official one."""
    sensors = _sensors(connection, at)
    known = [(s, s.hours[-1]) for s in sensors if s.hours and s.hours[-1].index is not None and not s.is_silent]
    if not known:
        newest = max((s.heard_at for s in sensors), default=None)
        return Finding(None, newest, n=0, missing="tidak ada sensor dengan cukup jam dalam 24 jam terakhir")
    highest, hour = max(known, key=lambda pair: pair[1].index or 0)
    value = hour.index or 0
    word = index.category(value)
    detail = {"stasiun": highest.station.title, "kritis": hour.critical, "kategori_ispu": str(word),
              "mutu": highest.mark.word, "akhir_jendela": hour.hour.isoformat(),
              "tentang": _about(highest.station.title, "24 jam", hour.hour, highest.mark.word)}  # fmt: skip
    return Finding(Decimal(value), hour.hour, n=len(known), band=word.capitalize(), detail=detail)


def strip(connection: Connection, at: datetime) -> Finding:
    """How many of the last 24 hours had an ISPU above 100 at any station; every station's hours in the detail."""
    stations = stations_now(connection, at)
    with_index = [s for s in stations if s.newest is not None]
    if not with_index:
        return Finding(None, None, missing="belum ada stasiun dengan ISPU dalam 24 jam terakhir")
    above = {hour.hour for s in with_index for hour in s.hours if hour.index is not None and hour.index > 100}
    strips = [
        {"label": s.station.title, "kind": s.kind, "mark": s.mark.word, "status": str(MARK_STATUS[s.mark]),
         "cells": [{"x": f"{clock.wib(h.hour):%H}", "value": h.index} for h in s.hours]}
        for s in sorted(stations, key=_highest_first) if s.sampled is None
    ]  # fmt: skip
    newest = max(s.newest.hour for s in with_index if s.newest is not None)
    band = "Ada jam di atas 100" if above else "Semua jam ≤ 100"
    return Finding(Decimal(len(above)), newest, n=len(with_index), band=band, detail={"strips": strips})


def _highest_first(s: StationNow) -> tuple[bool, int, str]:
    return s.is_silent, -((s.newest and s.newest.index) or 0), s.station.title


def stations(connection: Connection, at: datetime) -> Finding:
    """How many stations can be believed now; the worst first, each with its value, its mark and its age."""
    found = stations_now(connection, at)
    if not found:
        return Finding(None, None, missing="belum ada stasiun udara")
    ordered = sorted(found, key=lambda s: (s.mark is Flag.PASS, s.station.title))
    rows = [
        {"label": s.station.title, "value": _station_words(s), "status": str(MARK_STATUS[s.mark]),
         "since": int(s.heard_at.timestamp() * 1000)}
        for s in ordered
    ]  # fmt: skip
    good = sum(s.mark is Flag.PASS for s in found)
    band = "Semua lolos uji" if good == len(found) else "Ada yang diragukan atau diam"
    return Finding(Decimal(good), max(s.heard_at for s in found), n=len(found), band=band, detail={"rows": rows})


def _station_words(s: StationNow) -> str:
    newest = s.newest
    value = f"ISPU {newest.index}" if newest else f"PM2,5 {_comma(s.pm25, 0)}" if s.pm25 is not None else "tanpa angka"
    if s.is_silent:
        return "diam"
    return f"{value} · {'resmi' if s.kind == 'resmi' else 'hitungan'} · {s.mark.word}"


def exceedance_days(connection: Connection, at: datetime) -> Finding:
    """Days of this year whose highest official ISPU was above 100; the day that runs is not counted."""
    start = datetime(clock.wib(at).year, 1, 1, tzinfo=clock.WIB)
    days = [d for d in region_days(connection, "resmi", start, clock.day_start(at)) if d.ispu is not None]
    if not days:
        return Finding(None, None, n=0, missing="belum ada hari dengan ISPU resmi yang lengkap tahun ini")
    above = [d for d in days if (d.ispu or 0) > 100]
    detail = {"rows": [{"label": f"{clock.wib(d.day):%d/%m}", "value": f"ISPU {d.ispu}"} for d in reversed(above)]}
    return Finding(Decimal(len(above)), days[-1].day + timedelta(days=1), n=len(days), detail=detail)


def _comma(value: Decimal | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}".replace(".", ",")


_BOTH = ("official_air", "sensors", "air_samples")


INDICATORS = (
    Indicator(
        id="air.ispu", title="ISPU resmi", unit="indeks", topics=("official_air",), formula=official_ispu,
        clock="Rata-rata 24 jam yang berakhir pada jam data; stasiun KLH tertinggi", owner=OWNER,
        basis=index.LEGAL_BASIS, better="down", scale=INDEX_SCALE, bands=CATEGORY_BANDS, family="lingkungan",
    ),
    Indicator(
        id="air.pm25_now", title="PM2,5 saat ini (bukan ISPU)", unit="µg/m³", topics=("sensors",),
        formula=pm25_now, clock="NowCast 12 jam penuh terakhir; sensor tertinggi", owner=OWNER,
        basis="US EPA NowCast; bukan ISPU", decimals=1, better="down", family="lingkungan", in_briefing=False,
    ),
    Indicator(
        id="air.pm25_24h_index", title="ISPU hitungan sensor", unit="indeks", topics=("sensors",),
        formula=sensor_ispu, clock="24 jam penuh terakhir, bagian jam yang sah menurut sumber; sensor tertinggi",
        owner=OWNER, basis=f"{index.LEGAL_BASIS}; perhitungan internal dari sensor, bukan ISPU resmi", better="down",
        scale=INDEX_SCALE, bands=CATEGORY_BANDS, family="lingkungan",
    ),
    Indicator(
        id="air.strip", title="ISPU 24 jam per stasiun", unit="jam > 100", topics=_BOTH, formula=strip,
        clock="Tiap kotak: ISPU dari 24 jam yang berakhir pada jam itu", owner=OWNER, basis=index.LEGAL_BASIS,
        better="down", family="lingkungan", in_briefing=False,
        bands=(Band("Semua jam ≤ 100", Status.NORMAL),
               Band("Ada jam di atas 100", Status.WASPADA, action=ACTIONS["TIDAK SEHAT"] + UNCONFIRMED)),
    ),
    Indicator(
        id="air.stations", title="Stasiun udara yang lolos uji", unit="stasiun", topics=_BOTH, formula=stations,
        clock="Bendera 6 jam terakhir, tetangga, pergeseran; diam lebih dari 3 jam = tidak diketahui", owner=OWNER,
        basis="QARTOD (US IOOS); aturan mutu internal", better="up", family="lingkungan",
        bands=(Band("Semua lolos uji", Status.NORMAL),
               Band("Ada yang diragukan atau diam", Status.WASPADA, action=CHECK_SENSORS)),
    ),
    Indicator(
        id="air.exceedance_days", title="Hari ISPU > 100 tahun ini", unit="hari", topics=("official_air",),
        formula=exceedance_days, clock="Hari WIB sejak 1 Januari; stasiun resmi tertinggi; n = hari dengan ISPU",
        owner=OWNER, basis=index.LEGAL_BASIS, better="down", family="lingkungan",
    ),
)  # fmt: skip
