"""How far back a question about slow figures looks: samples and bills come a few times a year."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.indicators.month_window import earlier

LOOK_BACK_MONTHS = 36


def until(filters: Filters, at: datetime) -> datetime:
    """The end of the period, or now when that lies ahead."""
    return min(filters.end, at)


def months_of(filters: Filters, at: datetime, at_least: int) -> tuple[date, date]:
    """The first and last month of the period, with at least so many months before its end."""
    last = wib(until(filters, at)).date().replace(day=1)
    return min(filters.first.replace(day=1), earlier(last, at_least)), last


def days_of(filters: Filters, at: datetime, at_least: int = LOOK_BACK_MONTHS) -> tuple[date, date]:
    """The first and last day of the period, with at least so many months before its end."""
    first, _ = months_of(filters, at, at_least)
    return min(filters.first, first), wib(until(filters, at)).date()
