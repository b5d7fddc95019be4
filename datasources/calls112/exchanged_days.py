"""Dates of a recap whose day and month a program exchanged when the file was opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from datasources.calls112.recap_header import Rows, cell_at
from datasources.calls112.recap_table import Layout

_NUMERIC_DATE = re.compile(r"\d{1,2}[/.-](\d{1,2})[/.-]\d{4}\b")


def exchanged_days(rows: Rows, layout: Layout) -> Mapping[int, str]:
    """Rows whose date cell has day and month exchanged.

    A program with month-first custom turns "01/02/2026" into 2 January and leaves "13/02/2026" a text: when all texts
    are of one month and all date cells are of the day with that number, the date cells were exchanged.
    """
    column, _ = layout.period_columns[-1]
    cells = {row: cell_at(rows, row, column) for row in range(layout.body, layout.end)}
    dates = {row: cell for row, cell in cells.items() if isinstance(cell, date)}
    texts = [_NUMERIC_DATE.match(cell) for cell in cells.values() if isinstance(cell, str)]
    months = {int(match[1]) for match in texts if match}
    days = {cell.day for cell in dates.values()}
    if days != months or len(months) != 1 or all(cell.month in months for cell in dates.values()):
        return {}
    return {
        row: f"sel ini berisi {cell:%d/%m/%Y}, sedangkan tanggal lain bulan {cell.day}: hari dan bulan tampaknya "
        f"tertukar; tulis sebagai teks {cell:%m/%d/%Y}"
        for row, cell in dates.items()
    }
