"""Now, today and this week in WIB. Times are kept in UTC and shown in WIB; frozen in tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


def wib(moment: datetime) -> datetime:
    """The same moment on a clock in Mojokerto."""
    return moment.astimezone(WIB)


def day_start(moment: datetime) -> datetime:
    """00.00 WIB of the day of `moment`, as UTC."""
    return datetime.combine(wib(moment).date(), time.min, WIB).astimezone(UTC)


def week_start(moment: datetime) -> datetime:
    """Monday 00.00 WIB of the ISO week of `moment`, as UTC."""
    return day_start(moment) - timedelta(days=wib(moment).weekday())


def iso_week(text: str) -> tuple[datetime, datetime]:
    """'2026-W47' → its Monday 00.00 WIB and the Monday after, as UTC. Raises ValueError for a week that is none."""
    try:
        year, week = text.upper().split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise ValueError(f"'{text}' bukan minggu ISO; tulis seperti 2026-W47") from None
    start = datetime.combine(monday, time.min, WIB).astimezone(UTC)
    return start, start + timedelta(days=7)
