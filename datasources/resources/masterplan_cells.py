"""What the cells of the masterplan's workbook may hold beside those of other workbooks."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from datasources import evidence
from datasources.indonesian_dates import WIB, to_utc
from datasources.resources.cells import FIRST_DAY, Parse, one_of, whole
from datasources.resources.numbers import BadCell, number, shown
from datasources.spreadsheet import Cell

LAST_DAY = date(2100, 12, 31)
YES, NO = "ya", "tidak"
_RANGE = re.compile(r"\s*(?:\bs/d\b|\bsampai\b|–|—|-|\.\.)\s*")
_INDICATOR = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


def words(longest: int) -> Parse:
    """A sentence of at most so many characters."""

    def parse(cell: Cell) -> str:
        said = " ".join(str(cell).split())
        if len(said) > longest:
            raise BadCell(f"'{shown(said)}' terlalu panjang ({len(said)} huruf); paling banyak {longest}")
        return said

    return parse


def any_day(cell: Cell) -> date:
    """A day that may lie ahead."""
    try:
        moment = to_utc(cell)
    except (ValueError, OverflowError):
        moment = None
    found = moment and moment.astimezone(WIB).date()
    if found is None:
        raise BadCell(f"tanggal '{shown(cell)}' tidak terbaca; tulis seperti 31/12/2027")
    if not FIRST_DAY <= found <= LAST_DAY:
        raise BadCell(f"tanggal '{shown(cell)}' tidak mungkin; tulis tanggal {FIRST_DAY:%d/%m/%Y} sampai 31/12/2100")
    return found


def plan_year(cell: Cell) -> int:
    """A year that may lie ahead."""
    return int(whole(LAST_DAY.year, FIRST_DAY.year)(cell))


def yes_no(cell: Cell) -> bool:
    """'ya' or 'tidak'."""
    return bool(one_of((YES, NO))(cell) == YES)


def target(cell: Cell) -> str:
    """'40', or '40..60' for a range, as the shortest decimal: the same target is the same text."""
    parts = [cell] if not isinstance(cell, str) else _RANGE.split(cell.strip())
    if len(parts) > 2 or "" in parts:
        raise BadCell(f"'{shown(cell)}' bukan target; tulis angka seperti 40, atau rentang seperti 40–60")
    values = [number(part) for part in parts]
    if len(values) == 2 and values[0] >= values[1]:
        raise BadCell(f"rentang '{shown(cell)}' terbalik; tulis yang rendah dahulu, misalnya 40–60")
    return "..".join(plain(value) for value in values)


def plain(value: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    return f"{value.normalize():f}"


def typed(value: object) -> str:
    """A field of a record as its writer types it: read again it is the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return plain(value).replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


def typed_target(value: str | None) -> str:
    """A kept target as its writer types it."""
    return (value or "").replace("..", "–").replace(".", ",")


def links(cell: Cell) -> str:
    """Addresses of evidence, one a line."""
    try:
        return "\n".join(evidence.links(str(cell)))
    except evidence.BadLink as bad:
        raise BadCell(str(bad)) from None


def offices(cell: Cell) -> str:
    """Several OPD, separated by commas or semicolons."""
    found = list(dict.fromkeys(" ".join(part.split()) for part in re.split(r"[;,]", str(cell)) if part.strip()))
    return words(300)("; ".join(found)) if found else ""


def live_indicator(cell: Cell) -> str:
    """The id of an indicator of this application, such as calls112.within_15_min."""
    said = str(cell).strip()
    if not _INDICATOR.fullmatch(said) or len(said) > 96:
        raise BadCell(f"'{shown(cell)}' bukan id indikator; tulis seperti calls112.within_15_min, atau kosongkan")
    return said
