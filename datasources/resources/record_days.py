"""When a month or a day of a workbook was true: as moments, by the clock of Mojokerto."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from datasources.indonesian_dates import WIB


def month_end(month: date) -> datetime:
    """00.00 WIB after the last day of the month that begins on `month`."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return day_start(following)


def day_start(day: date) -> datetime:
    """00.00 WIB of a day."""
    return datetime.combine(day, time.min, WIB).astimezone(UTC)
