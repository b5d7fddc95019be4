"""Values from 1 to 5 as bars on one scale, with the value written beside each; what is missing says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, svg
from layouts.drawing.text_size import text_width
from layouts.exploring.cells import exact, shown
from layouts.exploring.columns import one, with_role
from layouts.format import NOTHING

LOW, HIGH = 1.0, 5.0
ROW, BAR = 2.9, 0.8


def scales(asked: Asked, canvas: Canvas) -> Markup:
    """The SVG, as high as its rows need; each name stands above its bar."""
    rows = asked.answer.rows
    height = (ROW * len(rows) + 1.4) * canvas.text
    right = 4.2 * canvas.text
    parts = [_row(asked, row, place, canvas, canvas.width - right) for place, row in enumerate(rows)]
    label, value = one(asked.answer, "label"), one(asked.answer, "value")
    said = "; ".join(f"{row[label.key]} {shown(row.get(value.key), value, asked.at)}" for row in rows)
    return svg(canvas.width, height, asked.question.title, said, *parts, _axis(canvas, canvas.width - right, height))


def _row(asked: Asked, row: Mapping[str, Any], place: int, canvas: Canvas, width: float) -> Markup:
    label, value = one(asked.answer, "label"), one(asked.answer, "value")
    text, top = canvas.text, place * ROW * canvas.text
    cell = row.get(value.key)
    name = str(row[label.key])
    notes = [f"{shown(row[c.key], c, asked.at)} {c.unit}".strip() for c in with_role(asked.answer, "note")
             if row.get(c.key) not in (None, "")]  # fmt: skip
    bar = {"x": 0, "y": top + 1.45 * text, "height": BAR * text}
    share = 0.0 if cell is None else (float(exact(cell)) - LOW) / (HIGH - LOW)
    figure = shown(cell, value, asked.at) if cell is not None else NOTHING
    beside = " · ".join(notes)
    fits = text_width(name, text) + text_width(beside, text) + text < canvas.width
    return el(
        "g", {},
        el("text", {"x": 0, "y": top + 1.05 * text, "font-size": text, "fill": canvas.theme.ink}, name),
        el("text", {"x": canvas.width, "y": top + 1.05 * text, "font-size": text, "fill": canvas.theme.dim,
                    "text-anchor": "end"}, beside) if fits else None,
        el("rect", {**bar, "width": width, "fill": canvas.theme.tracks[0]}),
        el("rect", {**bar, "width": max(0.0, share) * width, "fill": canvas.theme.stale}) if cell is not None else None,
        el("text", {"x": width + 8, "y": top + 2.15 * text, "font-size": text, "fill": canvas.theme.ink,
                    "font-weight": 600}, figure),
    )  # fmt: skip


def _axis(canvas: Canvas, width: float, height: float) -> Markup:
    """The whole levels below the last bar."""
    marks = []
    for level in range(int(LOW), int(HIGH) + 1):
        x = (level - LOW) / (HIGH - LOW) * width
        anchor = {LOW: "start", HIGH: "end"}.get(level, "middle")
        look = {"font-size": canvas.text, "fill": canvas.theme.dim, "text-anchor": anchor}
        marks.append(el("text", {"x": x, "y": height - 0.3 * canvas.text, **look}, str(level)))
    return el("g", {}, *marks)
