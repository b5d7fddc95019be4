"""When incidents are reported: by hour of the week."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal

import numpy as np
from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import counted_columns, day_number
from dashboard.exploring.calls112.incident_days import days_from
from dashboard.exploring.calls112.volume import WEEKDAYS
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.call_waits import MONDAY_MS
from dashboard.store.recounted import HOUR_MS


def by_hour_of_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Incidents per hour for each hour of the week, over the whole days between the first and the last incident."""
    found = counted_columns(connection, filters, at)
    whole_days = found.columns.of(found.days < day_number(clock.wib(at).date()))
    if not len(whole_days):
        return nothing("belum ada hari penuh dengan kejadian dalam masa ini" if len(found) else NO_INCIDENTS)
    hours = np.bincount((whole_days.cells["received"] - MONDAY_MS) // HOUR_MS % (7 * 24), minlength=7 * 24)
    sums = {divmod(hour, 24): int(n) for hour, n in enumerate(hours)}
    newest = whole_days.moment(-1)
    dates = days_from(clock.wib(whole_days.moment(0)).date(), clock.wib(newest).date())
    days = Counter(day.weekday() for day in dates)
    rows = [
        {
            "day": WEEKDAYS[day],
            "hour": f"{hour:02d}",
            "per_hour": round(Decimal(sums[day, hour]) / days[day], 3) if days[day] else None,
            "total": sums[day, hour] if days[day] else None,
            "days": days[day],
        }
        for day in range(7)
        for hour in range(24)
    ]
    columns = (
        Column("day", "Hari", "text", role="y"),
        Column("hour", "Jam (WIB)", "text", role="x"),
        Column("per_hour", "Kejadian per jam", unit="kejadian", decimals=2, role="value"),
        Column("total", "Jumlah kejadian"),
        Column("days", "Banyaknya hari itu"),
    )
    notes = ("Hari ini tidak dihitung sebelum selesai.", *found.notes)
    return Answer(columns, rows, n=len(whole_days), data_time=newest, notes=notes)


QUESTIONS = (
    Question(
        id="incidents112.by_hour_of_week", title="Kapan kejadian dilaporkan", family="112", topics=("incidents",),
        form="heat", clock="Rata-rata kejadian per jam, menurut hari dan jam WIB laporan diterima",
        ask=by_hour_of_week,
    ),
)  # fmt: skip
