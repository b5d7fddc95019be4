"""Which month, day, quarter or year a cell of a recap names, and its boundaries in WIB."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from datasources.calls112.recap_counts import shown
from datasources.indonesian_dates import FIRST_YEAR, LAST_YEAR, MONTHS, WIB, to_utc
from datasources.spreadsheet import Cell

Kind = Literal["year", "month", "day", "any"]
"""What the heading above the cell says it holds; "any" is a heading that does not say, or none."""

MISSPELLED = {
    word: number
    for number, words in {
        1: "januri janurai janauri januai jannuari", 2: "febuari febrari febuary pebuari feburari peb",
        3: "maert mart marat", 4: "aprl apirl avril", 5: "mey", 6: "juny", 7: "july",
        8: "agusts augustus agustuts agusutus agus", 9: "setember septembr septemeber spetember",
        10: "oktobr oktuber octobr", 11: "novembr nopembr novmber nofember", 12: "desembr desmber desenber dessember",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Slips of the finger that can only mean one month; others are refused with the nearest name."""
RIGHT = "tulis seperti 'Maret 2026', atau '02/03/2026' (hari/bulan/tahun) untuk satu hari"

_MONTH_WORD = re.compile(r"(?:bulan\s+)?([a-z]+)\.?(?:[\s/'’-]*(\d{4})|[\s/-]*['’-]\s*(\d{2}))?", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(?:(\d{1,2})[/.-](\d{4})|(\d{4})[/-](\d{1,2}))")
_DAY_MONTH = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),?\s+)?(\d{1,2})[\s-]+([a-z]+)\.?", re.IGNORECASE
)
_QUARTER = re.compile(r"(triwulan|tw|semester|smt)\W*(iv|iii|ii|i|[1-4])\b\D*(\d{4})?", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d./-])(20\d\d)(?![\d./-])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole local days from `first` up to, not including, `after`."""

    first: date
    after: date

    def utc(self) -> tuple[datetime, datetime]:
        """Its midnights of WIB in UTC."""
        start, end = (datetime.combine(d, time.min, WIB).astimezone(UTC) for d in (self.first, self.after))
        return start, end


@dataclass(frozen=True, slots=True)
class Named:
    """As much of a period as a cell says; the rest stands elsewhere. `months` is 3 or 6 for a part of a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 1

    def span(self) -> Span:
        """The days meant. Raises ValueError for a day that does not exist, and when year or month is missing."""
        if self.year is None:
            raise ValueError("tahun belum diketahui")
        if self.month is None and self.day is not None:
            raise ValueError("bulan belum diketahui")
        if self.month is None:
            return Span(date(self.year, 1, 1), date(self.year + 1, 1, 1))
        if self.day is None:
            beyond = self.month - 1 + self.months
            return Span(date(self.year, self.month, 1), date(self.year + beyond // 12, beyond % 12 + 1, 1))
        first = date(self.year, self.month, self.day)
        return Span(first, first + timedelta(days=1))


def named(cell: Cell, kind: Kind) -> Named:
    """The period of a cell under a heading of that kind. Raises ValueError with an Indonesian sentence."""
    if isinstance(cell, date):
        return _from_date(cell, kind)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _from_number(cell, kind)
    if isinstance(cell, str):
        return _from_text(" ".join(cell.split()), kind)
    raise ValueError(f"'{shown(cell)}' bukan bulan atau tanggal; {RIGHT}")


def part_of_year(text: str) -> Named | None:
    """The quarter or half of "Triwulan II 2026", "Semester 1": a subtotal, never a month."""
    if (match := _QUARTER.match(text.strip())) is None:
        return None
    number = _ROMAN.get(match[2].lower()) or int(match[2])
    months = 3 if match[1].lower() in ("triwulan", "tw") else 6
    if number * months > 12:
        return None
    return Named(int(match[3]) if match[3] else None, (number - 1) * months + 1, months=months)


def years_in(text: str) -> set[int]:
    """The years that a title or a sheet's name mentions."""
    return {int(year) for year in _YEAR.findall(text)}


def months_in(text: str) -> set[int]:
    """The months that a title or a sheet's name mentions by their full names."""
    return {MONTHS[word] for word in re.findall(r"[a-z]{4,}", text.lower()) if word in MONTHS}


def _from_date(cell: date, kind: Kind) -> Named:
    if not FIRST_YEAR <= cell.year <= LAST_YEAR:
        raise ValueError(f"tahun {cell.year} di luar {FIRST_YEAR}–{LAST_YEAR}; {RIGHT}")
    if kind == "day":
        return Named(cell.year, cell.month, cell.day)
    if cell.day == 1:
        return Named(cell.year, cell.month)
    raise ValueError(f"sel ini berisi tanggal {cell:%d/%m/%Y}, bukan bulan; tulis sebagai teks, misalnya 'Maret 2026'")


def _from_number(number: int, kind: Kind) -> Named:
    if kind == "year" and FIRST_YEAR <= number <= LAST_YEAR:
        return Named(number)
    if kind == "month" and 1 <= number <= 12:
        return Named(month=number)
    if kind == "day" and 1 <= number <= 31:
        return Named(day=number)
    raise ValueError(f"'{shown(number)}' bukan bulan atau tanggal; {RIGHT}")


def _from_text(text: str, kind: Kind) -> Named:
    if text.isdigit() and len(text) <= 4:
        return _from_number(int(text), kind)
    if kind == "year" and len(years_in(text)) == 1:
        return Named(years_in(text).pop())
    if match := _MONTH_NUMBER.fullmatch(text):
        month, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        if 1 <= int(month) <= 12:
            return Named(int(year), int(month))
    if (match := _MONTH_WORD.fullmatch(text)) and (month_number := _month(match[1])):
        year = match[2] or (match[3] and f"20{match[3]}")
        return Named(int(year) if year else None, month_number)
    if (match := _DAY_MONTH.fullmatch(text)) and kind in ("day", "any") and (month_number := _month(match[2])):
        return Named(None, month_number, int(match[1]))
    return _from_day(text, kind)


def _from_day(text: str, kind: Kind) -> Named:
    try:
        moment = to_utc(text) if kind in ("day", "any") and text[:1].isalnum() else None
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError(f"{_quoted(text)} bukan bulan atau tanggal; {_nearest(text)}{RIGHT}")
    day = moment.astimezone(WIB)
    return Named(day.year, day.month, day.day)


def _month(word: str) -> int | None:
    return MONTHS.get(word.lower()) or MISSPELLED.get(word.lower())


def _near(text: str) -> list[str]:
    word = re.sub(r"[^a-z]", "", text.lower())
    return difflib.get_close_matches(word, [name for name in MONTHS if len(name) > 3], n=1, cutoff=0.6)


def _quoted(text: str) -> str:
    """The cell in quotes; a word that resembles no month may be a name and is not repeated."""
    return f"'{text[:30]}'" if _near(text) and len(text) <= 20 else f"'{shown(text)}'"


def _nearest(text: str) -> str:
    near = _near(text)
    return f"maksudnya {near[0].capitalize()}? " if near else ""
