"""An answer as a table: the first column names the row, numbers stand right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from layouts.drawing.markup import el
from layouts.exploring.cells import heading, shown

FIRST_ROWS, ROWS_SHOWN = 8, 200
"""Rows that are seen at once, and rows that are sent; the others are in the export."""


def table(asked: Asked, first_rows: int = FIRST_ROWS, rows_shown: int = ROWS_SHOWN) -> Markup:
    """An HTML table; rows after the first stand behind 'Tampilkan semua', what is still more is said."""
    answer = asked.answer
    first_rows = first_rows if len(answer.rows) > first_rows + 2 else len(answer.rows)
    head = el("tr", {}, *(_cell("th", heading(c), c.kind == "number", "col") for c in answer.columns))
    body = [
        el("tr", {"data-status": row.get("status"), "class": "more" if place >= first_rows else None}, *(
            _cell("th" if column == 0 else "td", _linked(row, c.key, shown(row.get(c.key), c, asked.at)),
                  c.kind == "number", "row" if column == 0 else None)
            for column, c in enumerate(answer.columns)
        ))
        for place, row in enumerate(answer.rows[:rows_shown])
    ]  # fmt: skip
    drawn = el("table", {"class": "answer"}, el("thead", {}, head), el("tbody", {}, *body))
    return el("div", {"class": "rows-of"}, el("div", {"class": "table-scroll"}, drawn), *_more(len(answer.rows),
              first_rows, rows_shown))  # fmt: skip


def _more(rows: int, first: int, sent: int) -> list[Markup]:
    found = []
    if rows > first:
        found.append(el("details", {"class": "all"}, el("summary", {}, f"Tampilkan semua {min(rows, sent)} baris")))
    if rows > sent:
        found.append(el("p", {"class": "rest"}, f"+ {rows - sent} baris lagi dalam unduhan"))
    return found


def _linked(row: Mapping[str, Any], key: str, words: str) -> str | Markup:
    """The words of the column named in row["link"] lead to the page at row["href"], one of ours."""
    return el("a", {"href": row["href"]}, words) if row.get("link") == key else words


def _cell(tag: str, words: str | Markup, is_number: bool, scope: str | None) -> Markup:
    return el(tag, {"scope": scope, "class": "number" if is_number else None}, words)
