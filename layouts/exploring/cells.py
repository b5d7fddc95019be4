"""Cells of an answer as people read them, and as a spreadsheet takes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboard.clock import wib
from dashboard.exploring.question import Column
from layouts.format import NOTHING, day_label, number, short_moment

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a workbook, cannot hold."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide ones are taken for the others where East Asian text is typed."""


def shown(cell: Any, column: Column, now: datetime) -> str:
    """A cell in words: id-ID numbers, WIB moments; a dash for what is missing."""
    if cell is None or cell == "":
        return "" if column.kind == "text" and column.role == "note" else NOTHING
    if column.kind == "moment":
        return short_moment(cell, now)
    if column.kind == "day":
        return day_label(datetime(cell.year, cell.month, cell.day, tzinfo=wib(now).tzinfo)) + f" {cell.year}"
    if column.kind == "number" and isinstance(cell, int | float | Decimal | Fraction):
        return number(exact(cell), column.decimals)
    return str(cell)


def exact(cell: float | Decimal | Fraction) -> Decimal:
    """A number as Decimal."""
    return Decimal(cell.numerator) / cell.denominator if isinstance(cell, Fraction) else Decimal(str(cell))


def exported(cell: Any) -> Any:
    """A cell for a spreadsheet: plain numbers, WIB moments, and no text that a spreadsheet would run as a formula."""
    if isinstance(cell, Fraction | Decimal):
        return float(cell)
    if isinstance(cell, datetime):
        return wib(cell).replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        return cell
    text = _UNWRITABLE.sub("", cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def heading(column: Column) -> str:
    """The title of a column with its unit, once."""
    return f"{column.title} ({column.unit})" if column.unit and column.unit not in column.title else column.title
