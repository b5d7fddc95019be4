"""What the cells of OPD workbooks may hold, and the sentence their writers get when they may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from datasources import region
from datasources.indonesian_dates import MONTHS, WIB, to_utc
from datasources.resources.numbers import BadCell, number, shown, written
from datasources.spreadsheet import Cell

Parse = Callable[[Cell], Any]
"""A cell that is not empty to its value. Raises BadCell."""

FIRST_DAY = date(2000, 1, 1)
LONGEST_TEXT, LONGEST_CODE = 128, 64
_MONTH_WORDS = re.compile(r"([a-z]+)\.?[ -](\d{4})", re.IGNORECASE)
_MONTH_NUMBERS = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/ -]*")


def today() -> date:
    """The day in WIB; what lies after it cannot have been measured."""
    return datetime.now(WIB).date()


def text(cell: Cell) -> str:
    """Words of at most 128 characters."""
    words = " ".join(str(cell).split())
    if len(words) > LONGEST_TEXT:
        raise BadCell(f"'{shown(words)}' terlalu panjang; paling banyak {LONGEST_TEXT} huruf")
    return words


def code(cell: Cell) -> str:
    """A short code such as 'SK-01'; the same however it is capitalised."""
    words = " ".join(str(cell).split())
    if not _CODE.fullmatch(words) or len(words) > LONGEST_CODE:
        raise BadCell(f"'{shown(cell)}' bukan kode; tulis huruf dan angka seperti SK-01")
    return words.upper()


def amount(unit: str, highest: Decimal, lowest: Decimal = Decimal(0)) -> Parse:
    """A number from `lowest` to `highest` in a unit."""

    def parse(cell: Cell) -> Decimal:
        value = number(cell)
        if not lowest <= value <= highest:
            right = f"{written(lowest)} sampai {written(highest)} {unit}".rstrip()
            raise BadCell(f"'{shown(cell)}' tidak mungkin; tulis angka {right}")
        return value

    return parse


def whole(highest: int, lowest: int = 0) -> Parse:
    """A whole number."""

    def parse(cell: Cell) -> int:
        value = number(cell)
        if value != int(value) or not lowest <= value <= highest:
            raise BadCell(f"'{shown(cell)}' tidak mungkin; tulis bilangan bulat {lowest} sampai {highest}")
        return int(value)

    return parse


def one_of(words: Sequence[str]) -> Parse:
    """One of some words, however it is capitalised."""
    spelled = {word.casefold(): word for word in words}

    def parse(cell: Cell) -> str:
        word = " ".join(str(cell).casefold().split())
        if word not in spelled:
            raise BadCell(f"'{shown(cell)}' tidak dikenal; tulis salah satu dari {', '.join(words)}")
        return spelled[word]

    return parse


def kecamatan(cell: Cell) -> str:
    """The code of one of our kecamatan, by name or code."""
    found = region.kecamatan_named(str(cell))
    if found is None:
        raise BadCell(f"kecamatan '{shown(cell)}' tidak ada di Kabupaten Mojokerto; tulis namanya seperti Mojosari")
    return found.code


def day(cell: Cell) -> date:
    """A day that has come."""
    try:
        moment = to_utc(cell)
    except (ValueError, OverflowError):
        moment = None
    found = moment and moment.astimezone(WIB).date()
    if found is None:
        raise BadCell(f"tanggal '{shown(cell)}' tidak terbaca; tulis seperti 31/12/{today().year - 1}")
    if not FIRST_DAY <= found <= today():
        raise BadCell(f"tanggal '{shown(cell)}' tidak mungkin; tulis tanggal {FIRST_DAY:%d/%m/%Y} sampai hari ini")
    return found


def month(cell: Cell) -> date:
    """The first day of a month that is over; a month that is not says less than it will."""
    found = _month(cell)
    if found is None:
        raise BadCell(f"bulan '{shown(cell)}' tidak terbaca; tulis seperti 2026-01 atau Januari 2026")
    if not FIRST_DAY <= found < today().replace(day=1):
        raise BadCell(f"bulan '{shown(cell)}' belum selesai atau terlalu lama lalu; tulis bulan yang sudah berakhir")
    return found


def _month(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date().replace(day=1)
    if isinstance(cell, date):
        return cell.replace(day=1)
    words = " ".join(str(cell).split())
    if named := _MONTH_WORDS.fullmatch(words):
        number_of = MONTHS.get(named[1].lower())
        return date(int(named[2]), number_of, 1) if number_of and int(named[2]) else None
    if not (numbered := _MONTH_NUMBERS.fullmatch(words)):
        return None
    year, which = (int(numbered[1] or numbered[4]), int(numbered[2] or numbered[3]))
    return date(year, which, 1) if 1 <= which <= 12 and year else None


def year(cell: Cell) -> int:
    """From 2000 to this year."""
    return int(whole(today().year, FIRST_DAY.year)(cell))
