"""The equal stretches of a period: hours of a fortnight, days of a year, months beyond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.clock import day_start, wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Column
from dashboard.store.hazard_spans import Span

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURLY_UP_TO, DAILY_UP_TO = 14, 400


@dataclass(frozen=True, slots=True)
class Stretches:
    """`span` names them in the store; `start` is the first, `end` not after now."""

    span: Span
    start: datetime
    end: datetime

    def __iter__(self) -> Iterator[datetime]:
        """The beginning of each, in order of time, as UTC."""
        at = self.start
        while at < self.end:
            yield at
            at = self.after(at)

    def after(self, at: datetime) -> datetime:
        """Where the stretch that begins at `at` ends."""
        if self.span == "month":
            return first_of_month(at + 32 * DAY)
        return at + (HOUR if self.span == "hour" else DAY)

    def cell(self, at: datetime) -> object:
        """The beginning of a stretch as a cell: a moment of hours, a WIB day of longer ones."""
        return at if self.span == "hour" else wib(at).date()

    @property
    def column(self) -> Column:
        """The axis."""
        if self.span == "hour":
            return Column("at", "Jam", "moment", role="x")
        return Column("at", "Hari" if self.span == "day" else "Bulan mulai", "day", role="x")


def stretches(filters: Filters, at: datetime, shortest: Span = "hour") -> Stretches:
    """Those of the filters' period until `at`; not shorter than `shortest`."""
    end = min(filters.end, at)
    if filters.days > DAILY_UP_TO:
        return Stretches("month", first_of_month(filters.start), end)
    hourly = filters.days <= HOURLY_UP_TO and shortest == "hour"
    return Stretches("hour" if hourly else "day", day_start(filters.start), end)


def first_of_month(moment: datetime) -> datetime:
    """00.00 WIB of the first day of its month, as UTC."""
    return day_start(wib(moment).replace(day=1, hour=12))
