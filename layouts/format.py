"""Numbers, moments and ages as people in Mojokerto write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from dashboard.clock import wib

LOCALE = "id_ID"
NOTHING = "–"
NBSP = "\u00a0"
MINUTE, HOUR, DAY = 60, 3600, 86400
MINUTES_MATTER = 6 * HOUR


def number(value: Decimal | int | None, decimals: int = 0) -> str:
    """'1.234,5', rounded half up as people do by hand. What is missing is a dash, never 0."""
    if value is None or not Decimal(value).is_finite():
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(rounded if rounded else abs(rounded), pattern, LOCALE, decimal_quantization=False))


def with_unit(value: Decimal | int | None, unit: str, decimals: int = 0) -> str:
    """'93,1 %'; a missing value carries no unit."""
    text = number(value, decimals)
    return text if text == NOTHING or not unit else f"{text}{NBSP}{unit}"


def percent(value: Decimal | int | None, decimals: int = 0) -> str:
    """'86 %' of a value that is already in per cent."""
    return with_unit(value, "%", decimals)


def plain(value: object) -> str:
    """Any cell of a list: numbers with the decimals they have (two at most), text as it is, a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        exact = Decimal(str(value))
        if not exact.is_finite():
            return NOTHING
        places = -int(exact.normalize().as_tuple().exponent)
        return number(exact, min(2, max(0, places)))
    return str(value)


def moment(at: datetime | None) -> str:
    """'Senin, 23 November 2026 14.05 WIB'."""
    return NOTHING if at is None else _wib(at, "EEEE, d MMMM y HH.mm") + " WIB"


def date_and_time(at: datetime) -> str:
    """'23 November 2026, 14.05 WIB'."""
    return _wib(at, "d MMMM y, HH.mm") + " WIB"


def short_moment(at: datetime | None, now: datetime | None = None) -> str:
    """'14.05 WIB' on the day of `now`, else '23 Nov 14.05 WIB'."""
    if at is None:
        return NOTHING
    same_day = now is not None and wib(at).date() == wib(now).date()
    return _wib(at, "HH.mm" if same_day else "d MMM HH.mm") + " WIB"


def _wib(at: datetime, pattern: str) -> str:
    return str(format_datetime(wib(at).replace(tzinfo=None), pattern, locale=LOCALE))


def clock_label(at: datetime) -> str:
    """'14.05', for an axis within one day."""
    return _wib(at, "HH.mm")


def day_label(at: datetime) -> str:
    """'23 Nov', for an axis over days."""
    return _wib(at, "d MMM")


def month_label(day: date) -> str:
    """'Nov 2026', for an axis over years."""
    return _date(day, "MMM y")


def age_words(seconds: int | None) -> str:
    """'baru saja', '4 mnt', '2 jam 5 mnt', '3 hari'; rounded down, for an age is at least that old."""
    if seconds is None:
        return "belum ada data"
    if seconds < MINUTE:
        return "baru saja"
    if seconds < HOUR:
        return f"{seconds // MINUTE}{NBSP}mnt"
    if seconds < DAY:
        hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE if seconds < MINUTES_MATTER else 0
        return f"{hours}{NBSP}jam" + (f"{NBSP}{minutes}{NBSP}mnt" if minutes else "")
    return f"{seconds // DAY}{NBSP}hari"


def date_range(first: date, last: date) -> str:
    """'17–23 November 2026', both days included. Raises ValueError when the last day is before the first."""
    if last < first:
        raise ValueError(f"rentang tanggal terbalik: {first} sesudah {last}")
    end = _date(last, "d MMMM y")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return _date(first, "d MMMM" if first.year == last.year else "d MMMM y") + f" – {end}"


def _date(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale=LOCALE))
