"""A year as a calendar: a row for each month, a cell for each day, filled by the category of its ISPU."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from dashboard.formulas.ispu import category
from layouts.drawing.canvas import Canvas
from layouts.drawing.ispu_scale import Place, cell, legend
from layouts.drawing.markup import el, svg
from layouts.drawing.text_size import text_width
from layouts.exploring.columns import one

DAYS = 31
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def calendar(asked: Asked, canvas: Canvas) -> Markup:
    """The SVG, as high as its months need; every cell says its day, index and word."""
    x, value = one(asked.answer, "x"), one(asked.answer, "value")
    known: Mapping[date, Any] = {row[x.key]: row.get(value.key) for row in asked.answer.rows}
    months = _months(min(known), max(known))
    text = canvas.text
    left = text_width("Mmm 0000", text)
    width, height = (canvas.width - left) / DAYS, 1.7 * text
    parts = []
    for place, (year, month) in enumerate(months):
        y = place * height
        look = {"x": 0, "y": y + 1.15 * text, "font-size": text, "fill": canvas.theme.dim}
        parts.append(el("text", look, f"{MONTHS[month - 1]} {year}"))
        for day, index in _days(year, month, known):
            at = Place(left + (day.day - 1) * width + 0.75, y + 0.1 * text, width - 1.5, height - 0.3 * text)
            parts.append(cell(at, index, f"{_day(day)}: {_words(index)}", canvas.theme))
    y = len(months) * height
    for number in (1, 5, 10, 15, 20, 25, 31):
        look = {"x": left + (number - 0.5) * width, "y": y + 0.9 * text, "font-size": text, "fill": canvas.theme.dim}
        parts.append(el("text", {**look, "text-anchor": "middle"}, str(number)))
    key, high = legend(canvas, y + 1.6 * text)
    above = sum(index > 100 for index in known.values() if index is not None)
    said = f"{sum(index is not None for index in known.values())} hari dengan ISPU, {above} di atas 100."
    return svg(canvas.width, y + 1.6 * text + high, asked.question.title, said, *parts, key)


def _months(first: date, last: date) -> list[tuple[int, int]]:
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(month // 12, month % 12 + 1) for month in span]


def _days(year: int, month: int, known: Mapping[date, Any]) -> list[tuple[date, int | None]]:
    """The days of the month that were asked about."""
    return [(day, index) for day, index in sorted(known.items()) if (day.year, day.month) == (year, month)]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _words(index: int | None) -> str:
    return "data tidak cukup" if index is None else f"ISPU {index} {category(index).capitalize()}"
