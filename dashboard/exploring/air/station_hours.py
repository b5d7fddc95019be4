"""The hours of one station: PM2.5 and PM10 as measured, corrected where asked for, and what was left out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.air.station_names import CHOOSE, chosen
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.quality_flags import Flag
from dashboard.store.air_hours import hours_between

LONGEST = 14
"""Days: a longer line by the hour cannot be read."""
COLUMNS = (
    Column("at", "Jam", "moment", role="x"),
    Column("pm25", "PM2,5", unit="µg/m³", decimals=1, role="y"),
    Column("pm10", "PM10", unit="µg/m³", decimals=1, role="y"),
    Column("raw", "PM2,5 tanpa koreksi", unit="µg/m³", decimals=1),
    Column("used", "Bacaan dipakai"),
    Column("excluded", "Bacaan ditinggalkan"),
    Column("mark", "Di antara tetangga", "text"),
)


def hours(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Hours of the period, of its last 14 days at most; an hour without enough good readings is a gap."""
    station = chosen(connection, filters)
    if station is None:
        return nothing(CHOOSE)
    end = min(filters.end, at)
    start = max(filters.start, clock.day_start(end) - timedelta(days=LONGEST - 1))
    key = (station.source, station.station)
    coarse = {h.hour: h.mean for h in hours_between(connection, "pm10", start, end, key)}
    rows: list[dict[str, Any]] = [
        {"at": h.hour, "pm25": h.mean, "pm10": coarse.get(h.hour), "raw": h.raw, "used": h.used,
         "excluded": h.excluded, "mark": h.reason if h.flag is Flag.SUSPECT else h.flag.word}
        for h in hours_between(connection, "pm25", start, end, key)
    ]  # fmt: skip
    if not rows:
        return nothing("stasiun ini tidak mengirim jam atau bacaan PM2,5 dalam masa ini; lihat kalender ISPU-nya")
    left_out = sum(row["excluded"] for row in rows)
    notes = [f"{left_out} bacaan ditinggalkan karena bendera." if left_out else "Semua bacaan dipakai."]
    notes += [f"Hanya {LONGEST} hari terakhir yang digambar."] if start > filters.start else []
    return Answer(COLUMNS, rows, n=len(rows), data_time=rows[-1]["at"], notes=notes)


QUESTIONS = (
    Question(
        id="station.hours", title="Partikel per jam", family="lingkungan", form="lines",
        topics=("official_air", "sensors", "air_samples"), ask=hours, by_kecamatan=False, of_station=True,
        clock="Rata-rata jam dari bacaan yang lolos uji, dicap pada akhir jam; bukan ISPU",
    ),
)  # fmt: skip
