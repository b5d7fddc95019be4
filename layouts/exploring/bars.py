"""Named amounts as horizontal bars with the number written beside them; an interval as a whisker where there is one.

A list, whose words wrap like any others, with a small drawing in each row: no amount of words leaves a bar no room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from dashboard.exploring.question import Column
from layouts.drawing.markup import el, join
from layouts.exploring.cells import exact, shown
from layouts.exploring.columns import one, with_role
from layouts.theme import SCREEN

FIRST_BARS = 12
"""More than these are shown on demand."""


def bars(asked: Asked) -> Markup:
    """The list. A row whose value is missing keeps its name, a dash and the reason, and has no bar."""
    answer = asked.answer
    label, value = one(answer, "label"), one(answer, "value")
    limits = [columns[0] for role in ("low", "high") if (columns := with_role(answer, role))]  # type: ignore[arg-type]
    edges = [row.get(column.key) for row in answer.rows for column in (value, *limits)]
    top = max((float(exact(edge)) for edge in edges if edge is not None), default=0.0) or 1.0
    lines = [_line(row, asked, label, value, limits, top) for row in answer.rows]
    rest = lines[FIRST_BARS:]
    more = el("details", {"class": "all"}, el("summary", {}, f"Tampilkan semua {len(lines)} baris"),
              el("ul", {"class": "bars"}, *rest)) if rest else None  # fmt: skip
    return join(el("ul", {"class": "bars", "aria-label": asked.question.title}, *lines[:FIRST_BARS]), more)


def _line(
    row: Mapping[str, Any], asked: Asked, label: Column, value: Column, limits: list[Column], top: float
) -> Markup:
    cell = row.get(value.key)
    said = f"{shown(cell, value, asked.at)} {value.unit if cell is not None else ''}".strip()
    notes = [f"{shown(row[c.key], c, asked.at)} {c.unit}".strip() for c in with_role(asked.answer, "note")
             if row.get(c.key) not in (None, "")]  # fmt: skip
    whisker = _whisker([row.get(column.key) for column in limits], top)
    bar = None if cell is None else el("rect", {"width": _part(cell, top), "height": "100%", "fill": SCREEN.stale})
    return el(
        "li", {},
        el("span", {"class": "label"}, str(row[label.key])),
        el("svg", {"class": "bar", "aria-hidden": "true"}, bar, whisker),
        el("span", {"class": "said"}, el("b", {}, said), el("span", {}, " · ".join(notes)) if notes else None),
    )  # fmt: skip


def _whisker(edges: list[Any], top: float) -> Markup | None:
    if len(edges) != 2 or None in edges:
        return None
    ends = {"x1": _part(edges[0], top), "x2": _part(edges[1], top), "y1": "50%", "y2": "50%"}
    return el("line", {**ends, "stroke": SCREEN.ink, "stroke-width": 1.5})


def _part(cell: Any, top: float) -> str:
    """How far along the widest bar, as a percentage; never below its foot."""
    return f"{max(0.0, 100 * float(exact(cell)) / top):.2f}%"
