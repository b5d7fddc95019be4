"""Warnings in force: what, until when, and where; the absence of warnings is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.rows import ROW_GAP, status_named
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of, text_width
from layouts.format import plain
from layouts.panels.beside_title import heading, rest_height
from layouts.panels.figure import is_judged, missing, staleness, state
from layouts.panels.frame import foot, head, section
from layouts.panels.room import LINE

NONE_IN_FORCE = "Tidak ada peringatan yang berlaku"


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a list of warnings, the gravest first."""
    if canvas.on_wall:
        top = heading(reading, canvas)
        room = canvas.sized(canvas.width, rest_height(reading, canvas))
    else:
        top, room = [head(reading, canvas), state(reading), staleness(reading, canvas)], canvas
    items = list(reading.detail.get("rows") or [])
    body = missing(reading, canvas) or (_list(items, room) if items or not is_judged(reading) else None)
    return section("warnings", reading, *top, body, foot(reading, canvas))


def _list(items: list[Mapping[str, Any]], canvas: Canvas) -> Markup:
    if not items:
        return el("p", {"class": "nothing"}, NONE_IN_FORCE)
    ordered = sorted(items, key=lambda item: status_named(item.get("status")) is not Status.KRITIS)
    most = _that_fit(ordered, canvas) if canvas.on_wall else canvas.rows
    shown = ordered if len(ordered) <= most else ordered[: max(1, most - (0 if canvas.on_wall else 1))]
    rest = len(ordered) - len(shown)
    more = el("p", {"class": "rest"}, f"+ {rest} lagi") if rest else None
    return el("div", {"class": "list"}, el("ul", {"class": "warnings"}, *(_one(i, canvas) for i in shown)), more)


def _that_fit(items: list[Mapping[str, Any]], canvas: Canvas) -> int:
    """How many warnings have room across a room, with a line left for the number of the others."""
    left, count = canvas.height, 0
    for place, item in enumerate(items):
        left -= (LINE * (1 if _in_one_line(item, canvas) else 2) + ROW_GAP) * canvas.text
        if left < (0 if place == len(items) - 1 else LINE * canvas.text):
            break
        count += 1
    return max(1, count)


def _in_one_line(item: Mapping[str, Any], canvas: Canvas) -> bool:
    words = (
        str(item.get("label") or "–"),
        _where(plain(item.get("value")), canvas),
        f"s.d. {plain(item.get('until'))}",
    )
    return sum(text_width(w, canvas.text) for w in words) + 3 * canvas.text <= canvas.width


def _one(item: Mapping[str, Any], canvas: Canvas) -> Markup:
    status = status_named(item.get("status")) or Status.WASPADA
    until = item.get("until")
    return el(
        "li",
        {"data-status": str(status), "class": "one-line" if canvas.on_wall and _in_one_line(item, canvas) else None},
        status_icon(status),
        el("span", {"class": "label"}, str(item.get("label") or "–")),
        el("span", {"class": "value"}, f"s.d. {plain(until)}") if until else None,
        el("span", {"class": "where"}, _where(plain(item.get("value")), canvas)),
    )


def _where(names: str, canvas: Canvas) -> str:
    """The kecamatan by name; across a room their number when the names need more than a line."""
    if not canvas.on_wall or lines_of(names, canvas.text, canvas.width - 1.5 * canvas.text) == 1:
        return names
    return f"{names.count(',') + 1} kecamatan"
