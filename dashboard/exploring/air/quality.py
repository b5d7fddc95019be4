"""How far readings are believed: flags by test, completeness by day, drift against the reference."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.air.station_names import linked, parameter_words, stations_by_id, title_of
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.air_days import days_between
from dashboard.store.air_drift import KeptDrift, drifts
from dashboard.store.reading_flags import flag_counts
from dashboard.store.stations import Station

RAW_STAYS = "Bacaan mentah tidak pernah dihapus atau diubah; yang diragukan dan gagal tidak ikut rata-rata jam."
FLAGS = (
    Column("station", "Stasiun", "text", role="label"),
    Column("parameter", "Parameter", "text"),
    Column("flag", "Bendera", "text"),
    Column("n", "Bacaan", role="value"),
    Column("example", "Contoh alasan", "text", role="note"),
    Column("newest", "Terakhir", "moment"),
)


def flags(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Doubted and failed readings of the period, those with most first."""
    end = min(filters.end, at)
    found = flag_counts(connection, filters.start, end, filters.station_key)
    if not found:
        return nothing("tidak ada bacaan yang diragukan atau gagal dalam masa ini")
    names = stations_by_id(connection)
    rows = [
        {"station": title_of(names, (f.source, f.station)), "parameter": parameter_words(f.parameter),
         "flag": f.flag.word, "n": f.n, "example": f.example, "newest": f.newest_at,
         **linked((f.source, f.station), "station")}
        for f in sorted(found, key=lambda f: -f.n)
    ]  # fmt: skip
    newest = max(f.newest_at for f in found)
    return Answer(FLAGS, rows, n=sum(f.n for f in found), data_time=newest, notes=(RAW_STAYS,))


MOST_DAYS = 31
COMPLETE = (
    Column("day", "Hari", "text", role="x"),
    Column("station", "Stasiun", "text", role="y"),
    Column("hours", "Jam PM2,5 yang sah", unit="dari 24 jam", role="value"),
)


def completeness(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Valid hours of each day and station, of the last 31 days of the period at most."""
    end = min(filters.end, clock.day_start(at) + timedelta(days=1))
    start = max(filters.start, end - timedelta(days=MOST_DAYS))
    days = days_between(connection, start, end, filters.station_key)
    if not days:
        return nothing("belum ada hari yang dihitung dalam masa ini")
    names = stations_by_id(connection)
    rows = [
        {"day": f"{clock.wib(d.day):%d/%m}", "station": title_of(names, (d.source, d.station)), "hours": d.hours}
        for d in days
    ]
    cut = [f"Hanya {MOST_DAYS} hari terakhir."] if start > filters.start else []
    official = "Stasiun resmi: banyaknya publikasi hari itu."
    return Answer(COMPLETE, rows, n=len(days), data_time=days[-1].day, notes=(official, *cut))


DRIFT = (
    Column("station", "Sensor", "text", role="label"),
    Column("reference", "Acuan", "text"),
    Column("ratio", "Rasio median", decimals=2, role="value"),
    Column("slope", "Kemiringan", decimals=2),
    Column("offset", "Geseran", unit="µg/m³", decimals=1),
    Column("n", "Pasangan"),
    Column("window", "Jendela", "text"),
    Column("mark", "Mutu", "text"),
    Column("reason", "Keterangan", "text", role="note"),
    Column("told", "Dihitung", "moment"),
)
WINDOWS = {"PT1H": "per jam, malam, RH < 70 %", "PT24H": "24 jam yang sama"}
DRIFT_RULE = (
    "14 hari; wajar bila rasio median 0,7–1,3; kemiringan Theil–Sen; perlu 72 pasangan. Dihitung sekali sehari."
)


def drift(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every sensor with a reference, or the one asked about."""
    found = [d for d in drifts(connection) if filters.station_key in (None, (d.source, d.station))]
    if not found:
        return nothing("belum ada sensor yang dibandingkan; tulis reference di [sources.<id>.quality]")
    names = stations_by_id(connection)
    rows = [_drift_row(d, title_of(names, (d.source, d.station)), _title(names, d.reference)) for d in found]
    return Answer(DRIFT, rows, n=len(rows), data_time=max(d.told_at for d in found), notes=(DRIFT_RULE,))


def _title(names: dict[tuple[str, str], Station], id: str) -> str:
    source, _, station = id.partition("/")
    return title_of(names, (source, station))


def _drift_row(d: KeptDrift, station: str, reference: str) -> dict[str, object]:
    return {
        "station": station, "reference": reference, "ratio": d.ratio, "slope": d.slope, "offset": d.offset, "n": d.n,
        "window": WINDOWS[d.window], "mark": d.flag.word, "reason": d.reason, "told": d.told_at,
        **linked((d.source, d.station), "station"),
    }  # fmt: skip


_BOTH = ("official_air", "sensors", "air_samples")
QUESTIONS = (
    Question(
        id="air.flags", title="Bendera mutu", family="lingkungan", topics=_BOTH, form="table", ask=flags,
        clock="Bacaan mentah dalam masa ini, menurut parameter dan beratnya", by_kecamatan=False, of_station=True,
        basis="QARTOD (US IOOS): 3 diragukan, 4 gagal",
    ),
    Question(
        id="air.completeness", title="Kelengkapan per hari", family="lingkungan", topics=_BOTH, form="heat",
        ask=completeness, clock="Jam PM2,5 yang lolos uji tiap hari WIB", by_kecamatan=False, of_station=True,
    ),
    Question(
        id="air.drift", title="Pergeseran terhadap acuan", family="lingkungan", topics=_BOTH, form="table", ask=drift,
        clock="14 hari terakhir saat dihitung", by_kecamatan=False, of_station=True,
    ),
)  # fmt: skip
