"""When people call: the hours of the week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.calls_counted import newest_hour
from dashboard.store.offered_calls import days_with_calls, offered_by_hour_of_week

WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
WEEK_HOURS = tuple((day, hour) for day in range(7) for hour in range(24))
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HourOfWeek:
    """Calls of one hour of the week, and on how many days it was counted."""

    calls: int
    days: int

    @property
    def mean(self) -> Fraction | None:
        """Calls per hour; None when that hour was never counted."""
        return Fraction(self.calls, self.days) if self.days else None


def hours_of_week(connection: Connection, filters: Filters, at: datetime) -> dict[tuple[int, int], HourOfWeek]:
    """(Monday 0, hour in WIB) → its calls, over the hours that are over; empty without calls.

    A day without any call is missing, not quiet: it counts in no mean.
    """
    end = min(filters.end, at)
    sums = offered_by_hour_of_week(
        connection, filters.start, min(filters.end, at.replace(minute=0, second=0, microsecond=0))
    )
    if not sums:
        return {}
    over = Counter(
        (clock.wib(day).weekday(), min(24, (at - day) // HOUR))
        for day in days_with_calls(connection, filters.start, end)
    )
    days = Counter({(d, h): sum(over[d, n] for n in range(h + 1, 25)) for d, h in WEEK_HOURS})
    return {key: HourOfWeek(sums.get(key, 0), days[key]) for key in WEEK_HOURS}


def by_hour_of_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Mean calls per hour for each hour of the week."""
    found = hours_of_week(connection, filters, at)
    if not found:
        return nothing(NO_CALLS)
    rows = [
        {"day": WEEKDAYS[day], "hour": f"{hour:02d}", "calls": of.mean, "total": of.calls, "days": of.days}
        for (day, hour), of in found.items()
    ]
    columns = (
        Column("day", "Hari", "text", role="y"),
        Column("hour", "Jam (WIB)", "text", role="x"),
        Column("calls", "Panggilan per jam", unit="panggilan", decimals=1, role="value"),
        Column("total", "Jumlah panggilan"),
        Column("days", "Banyaknya hari itu"),
    )
    n = sum(of.calls for of in found.values())
    return Answer(columns, rows, n=n, data_time=newest_hour(connection, min(filters.end, at)), notes=(WHOLE,))


QUESTIONS = (
    Question(
        id="calls112.by_hour_of_week", title="Kapan orang menelepon", family="112", topics=("calls",), form="heat",
        clock="Rata-rata panggilan masuk per jam, menurut hari dan jam WIB", ask=by_hour_of_week, by_kecamatan=False,
    ),
)  # fmt: skip
