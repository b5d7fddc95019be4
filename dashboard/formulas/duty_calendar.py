"""The calendar of a reporting duty: periods, the day their data are due, and how a delivery stands to that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip
_LENGTH = {"bulan": 1, "triwulan": 3, "semester": 6, "tahun": 12}
"""Months of a rhythm; a week has its own arithmetic."""
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One week (from Monday), month, quarter, half-year or year, by its first day."""

    first: date
    rhythm: str

    @property
    def next(self) -> Period:
        """The period after it."""
        if self.rhythm == "minggu":
            return Period(self.first + WEEK, self.rhythm)
        months = self.first.year * 12 + self.first.month - 1 + _LENGTH[self.rhythm]
        return Period(date(months // 12, months % 12 + 1, 1), self.rhythm)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - DAY

    def due(self, days: int) -> date:
        """The last day on which its data are in time."""
        return self.last + timedelta(days=days)

    @property
    def title(self) -> str:
        """'Oktober 2026', 'Triwulan III 2026', 'Minggu 47 2026'."""
        year, month = self.first.year, self.first.month
        if self.rhythm == "minggu":
            iso = self.first.isocalendar()
            return f"Minggu {iso.week} {iso.year}"
        if self.rhythm == "bulan":
            return f"{MONTHS[month - 1]} {year}"
        if self.rhythm == "tahun":
            return f"Tahun {year}"
        number = ROMAN[(month - 1) // _LENGTH[self.rhythm]]
        return f"{self.rhythm.capitalize()} {number} {year}"


def period_of(rhythm: str, day: date) -> Period:
    """The period in which a day lies. Raises KeyError for an unknown rhythm."""
    if rhythm == "minggu":
        return Period(day - timedelta(days=day.weekday()), rhythm)
    length = _LENGTH[rhythm]
    return Period(date(day.year, (day.month - 1) // length * length + 1, 1), rhythm)


def periods_due(rhythm: str, due_days: int, since: date, today: date) -> Iterator[Period]:
    """Those whose day is not before `since`, up to the one that runs today; oldest first."""
    period = period_of(rhythm, since - timedelta(days=due_days))
    while period.first <= today:
        if period.due(due_days) >= since:
            yield period
        period = period.next


class Standing(StrEnum):
    """How a duty stands; the words are shown."""

    IN_TIME = "tepat waktu"
    LATE = "terlambat"
    OVERDUE = "belum, lewat tenggat"
    EXPECTED = "ditunggu"
    RUNNING = "masa berjalan"
    BEFORE = "diterima, sebelum kewajiban disepakati"


def standing(period: Period, due_days: int, complete_on: date | None, today: date) -> Standing:
    """By the day on which the data of the whole period came; None for not yet."""
    due = period.due(due_days)
    if complete_on is not None:
        return Standing.IN_TIME if complete_on <= due else Standing.LATE
    if today > due:
        return Standing.OVERDUE
    return Standing.EXPECTED if today > period.last else Standing.RUNNING
