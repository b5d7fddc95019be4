"""Days and times of day as the forms send them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dashboard.clock import WIB
from dashboard.editing.entry import EntryRefused, one_line, quoted

OLDEST, AHEAD = date(2000, 1, 1), timedelta(days=366)


def day_typed(field: str, text: str | None, at: datetime) -> date:
    """'2026-11-24' as a day, from 2000 to a year ahead. Raises EntryRefused."""
    clean, latest = one_line(text), at.astimezone(WIB).date() + AHEAD
    try:
        day = datetime.strptime(clean, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise EntryRefused(f"{field} {quoted(clean)} bukan tanggal; yang benar seperti 2026-11-24.") from None
    if not OLDEST <= day <= latest:
        raise EntryRefused(f"{field} {quoted(clean)} di luar jangkauan; yang benar {OLDEST} sampai {latest}.")
    return day


def time_typed(field: str, text: str | None) -> time:
    """'14:05' of the WIB clock; 00.00 for nothing. Raises EntryRefused."""
    clean = one_line(text) or "00:00"
    try:
        return datetime.strptime(clean[:5].replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        raise EntryRefused(f"{field} {quoted(clean)} bukan jam; yang benar seperti 14.05.") from None
