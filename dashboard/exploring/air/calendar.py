"""Each day of a period by the category of its ISPU: of the highest official station, or of the one asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.air.station_names import parameter_words, stations_by_id, title_of
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.ispu import LEGAL_BASIS, category
from dashboard.store.air_days import AirDay, days_between
from dashboard.store.air_region import RegionDay, region_days

COLUMNS = (
    Column("day", "Hari", "day", role="x"),
    Column("ispu", "ISPU", role="value"),
    Column("category", "Kategori", "text"),
    Column("critical", "Parameter kritis", "text"),
    Column("station", "Stasiun", "text"),
    Column("kind", "Asal", "text"),
    Column("reason", "Keterangan", "text"),
)
YEAR, LONGEST = timedelta(days=365), timedelta(days=731)
"""Shown at least, however short the period: a calendar of a week says nothing of the season; and at most."""
CUT = "Hanya dua tahun terakhir yang digambar; semua tahun ada di Hari melampaui per tahun."
RUNNING = "Hari ini belum selesai dan tidak ditampilkan."
RULE = (
    "Resmi: jendela 24 jam terakhir yang berakhir pada hari itu, paling awal pukul 18.00. "
    "Hitungan: rata-rata 24 jam hari itu dari jam yang lolos uji; bukan ISPU resmi."
)


def calendar(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """A day without enough data stands there without an index; a day without any data is absent."""
    end = min(filters.end, clock.day_start(at))
    start = max(min(filters.start, end - YEAR), end - LONGEST)
    names = stations_by_id(connection)
    days: Sequence[AirDay | RegionDay]
    if filters.station_key is not None:
        days = days_between(connection, start, end, filters.station_key)
    else:
        computed = {d.day: d for d in region_days(connection, "hitungan", start, end)}
        official = {d.day: d for d in region_days(connection, "resmi", start, end) if d.ispu is not None}
        days = sorted((computed | official).values(), key=lambda d: d.day)
    if not days:
        return nothing("belum ada hari dengan ISPU dalam masa ini")
    rows = [_row(day, title_of(names, (day.source, day.station))) for day in days]
    known = [day for day in days if day.ispu is not None]
    above = sum((day.ispu or 0) > 100 for day in known)
    notes = (f"{above} dari {len(known)} hari di atas 100. Kotak kosong: data tidak cukup.", RULE,
             *([RUNNING] if filters.end > at else []), *([CUT] if start > filters.start else []))  # fmt: skip
    return Answer(COLUMNS, rows, n=len(known), data_time=days[-1].day + timedelta(days=1), notes=notes)


def _row(day: AirDay | RegionDay, station: str) -> dict[str, Any]:
    return {
        "day": clock.wib(day.day).date(), "ispu": day.ispu, "critical": parameter_words(day.critical),
        "category": "data tidak cukup" if day.ispu is None else category(day.ispu).capitalize(),
        "station": station, "kind": day.kind, "reason": day.reason if isinstance(day, AirDay) else "",
    }  # fmt: skip


QUESTIONS = (
    Question(
        id="air.calendar", title="Kalender ISPU", family="lingkungan", form="calendar",
        topics=("official_air", "sensors", "air_samples"), ask=calendar,
        clock="Sedikitnya setahun, per hari WIB; stasiun resmi tertinggi, selain itu hitungan tertinggi",
        by_kecamatan=False, basis=LEGAL_BASIS, of_station=True,
    ),
)  # fmt: skip
