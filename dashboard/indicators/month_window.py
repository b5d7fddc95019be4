"""The months a yearly figure rests on: the twelve that end with the newest month that is known and over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from dashboard.clock import wib

YEAR = 12
OLDEST = 18
"""Months after which the newest month says nothing about today."""


def last_whole_month(at: datetime) -> date:
    """The first day of the last month that is over at `at`, in WIB."""
    return earlier(wib(at).date().replace(day=1), 1)


def earlier(month: date, by: int) -> date:
    """The month so many months before."""
    number = month.year * 12 + month.month - 1 - by
    return date(number // 12, number % 12 + 1, 1)


def days_in(month: date) -> int:
    """How many days a month has."""
    return (earlier(month, -1) - month).days


def newest_of(months: Iterable[date], at: datetime) -> date | None:
    """The newest month that is over at `at`; None when there is none of the last eighteen."""
    last = last_whole_month(at)
    known = [month for month in months if earlier(last, OLDEST) < month <= last]
    return max(known, default=None)
