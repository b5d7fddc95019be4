"""Warnings in force: what, until when, and where; the absence of warnings is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from layouts.panels.action import action
from layouts.panels.affected import affected
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
        top, room = [head(reading, canvas), state(reading), staleness(reading, canvas), action(reading)], canvas
    items = list(reading.detail.get("rows") or [])
    body = missing(reading, canvas) or (_list(items, room, reading.action) if items or not is_judged(reading) else None)
    return section("warnings", reading, *top, body, foot(reading, canvas))


def _list(items: list[Mapping[str, Any]], canvas: Canvas, act: str) -> Markup:
    if not items:
        return el("p", {"class": "nothing"}, NONE_IN_FORCE)
    ordered = sorted(items, key=lambda item: status_named(item.get("status")) is not Status.KRITIS)
    lines = _lines(ordered, canvas)
    most = _that_fit(lines, canvas) if canvas.on_wall else canvas.rows
    shown = lines if len(lines) <= most else lines[: max(1, most - (0 if canvas.on_wall else 1))]
    rest = len(lines) - len(shown)
    more = el("p", {"class": "rest"}, f"+ {rest} lagi") if rest else None
    agreed = _agreed(shown, act, canvas) if canvas.on_wall and not rest else None
    return el("div", {"class": "list"}, el("ul", {"class": "warnings"}, *(_drawn(one) for one in shown)), agreed, more)


@dataclass(frozen=True)
class _Line:
    """One warning in words. Across a room `tall` is its height; what has room beside its label stands in one line."""

    label: str
    where: str
    until: str
    status: Status
    one_line: bool
    tall: float


def _lines(items: list[Mapping[str, Any]], canvas: Canvas) -> list[_Line]:
    """With the fullest names; across a room, where not all have room so, with those that need one line only."""
    full = [_line(item, canvas, beside_label=False) for item in items]
    if not canvas.on_wall or _that_fit(full, canvas) == len(full):
        return full
    return [_line(item, canvas, beside_label=True) for item in items]


def _line(item: Mapping[str, Any], canvas: Canvas, *, beside_label: bool) -> _Line:
    label = str(item.get("label") or "–")
    until = f"s.d. {plain(item['until'])}" if item.get("until") else ""
    left = canvas.width - sum(text_width(words, canvas.text) for words in (label, until)) - 3 * canvas.text
    where = _where(item, canvas, left if beside_label else canvas.width - 1.5 * canvas.text)
    if text_width(where, canvas.text) > left and beside_label:
        where = _where(item, canvas, canvas.width - 1.5 * canvas.text)
    one_line = canvas.on_wall and text_width(where, canvas.text) <= left
    tall = (LINE * (1 if one_line else 2) + ROW_GAP) * canvas.text
    return _Line(label, where, until, status_named(item.get("status")) or Status.WASPADA, one_line, tall)


def _where(item: Mapping[str, Any], canvas: Canvas, room: float) -> str:
    """The kecamatan by name; across a room in as few letters as they need, down to those that are spared."""
    codes = item.get("codes")
    return plain(item.get("value")) if not codes else affected(codes, canvas, room)


def _that_fit(lines: list[_Line], canvas: Canvas) -> int:
    """How many warnings have room across a room, with a line left for the number of the others."""
    left, count = canvas.height, 0
    for place, line in enumerate(lines):
        left -= line.tall
        if left < (0 if place == len(lines) - 1 else LINE * canvas.text):
            break
        count += 1
    return max(1, count)


def _agreed(shown: list[_Line], act: str, canvas: Canvas) -> Markup | None:
    """Across a room who acts stands below the warnings when all of it has room."""
    left = canvas.height - sum(line.tall for line in shown)
    fits = act and lines_of(act, canvas.text, canvas.width) * LINE * canvas.text <= left
    return el("p", {"class": "ahead"}, act) if fits else None


def _drawn(line: _Line) -> Markup:
    return el(
        "li",
        {"data-status": str(line.status), "class": "one-line" if line.one_line else None},
        status_icon(line.status),
        el("span", {"class": "label"}, line.label),
        el("span", {"class": "value"}, line.until) if line.until else None,
        el("span", {"class": "where"}, line.where),
    )
