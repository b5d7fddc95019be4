"""The official 24-hour mean beside what sensors measured by the hour: the same unit, two clocks, never one line."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.air_region import region_hours
from dashboard.store.observations import sourced_readings

LONGEST = 14
"""Days: a longer line by the hour cannot be read."""
COLUMNS = (
    Column("at", "Jam", "moment", role="x"),
    Column("official", "Rata-rata 24 jam KLH/DLH (tertinggi)", unit="µg/m³", decimals=1, role="y"),
    Column("sensors", "Per jam, median sensor (bukan ISPU)", unit="µg/m³", decimals=1, role="y"),
    Column("highest", "Per jam, sensor tertinggi", unit="µg/m³", decimals=1),
    Column("stations", "Sensor"),
)
APART = "Rata-rata 24 jam tertinggal dari keadaan sesaat: keduanya memang berbeda dan tidak dicampur."


def official_and_now(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Hours of the period, of its last 14 days at most."""
    end = min(filters.end, at)
    start = max(filters.start, clock.day_start(end) - timedelta(days=LONGEST - 1))
    rows: dict[datetime, dict[str, Any]] = {}
    for _, reading in sourced_readings(connection, "pm25", "PT24H", start, end):
        row = rows.setdefault(reading.observed_at, {"at": reading.observed_at})
        if reading.quality == "valid":
            row["official"] = max(row.get("official", Decimal(0)), reading.value)
    for hour in region_hours(connection, start, end):
        row = rows.setdefault(hour.hour, {"at": hour.hour})
        row |= {"sensors": hour.median, "highest": hour.highest, "stations": hour.stations}
    if not rows:
        return nothing("belum ada PM2,5 dalam masa ini")
    shown = [rows[moment] for moment in sorted(rows)]
    cut = [f"Hanya {LONGEST} hari terakhir yang digambar."] if start > filters.start else []
    return Answer(COLUMNS, shown, n=len(shown), data_time=shown[-1]["at"], notes=(APART, *cut))


QUESTIONS = (
    Question(
        id="air.official_and_now", title="PM2,5: rata-rata 24 jam dan sensor per jam", family="lingkungan",
        topics=("official_air", "sensors"), form="lines", ask=official_and_now, by_kecamatan=False,
        clock="Keduanya dicap pada akhir jendelanya",
    ),
)  # fmt: skip
