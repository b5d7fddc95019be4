"""A figure and the list behind it. Across a room the list is the panel, and the figure stands in the title."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.rows import LINE, rows
from layouts.format import number
from layouts.panels.action import action
from layouts.panels.beside_title import heading, rest_height
from layouts.panels.figure import figure, missing, remark, staleness, state, target
from layouts.panels.frame import foot, head, section

NONE_NOW = "Tidak ada sekarang"


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a list."""
    items = list(reading.detail.get("rows") or [])
    if canvas.on_wall:
        canvas = canvas.standing()
        titled = _with_count(reading, judged=not any(item.get("status") for item in items))
        room = canvas.sized(canvas.width, rest_height(titled, canvas))
        body = missing(reading, canvas) or _list(reading, room)
        return section("table", reading, *heading(titled, canvas), body, foot(reading, canvas))
    listed = None if reading.value is None else _list(reading, canvas)
    words = (state(reading), staleness(reading, canvas), target(reading), action(reading))
    parts = (figure(reading), missing(reading, canvas), *words)
    return section(
        "table", reading, head(reading, canvas), *parts, listed, remark(reading, canvas), foot(reading, canvas)
    )


def _list(reading: Reading, canvas: Canvas) -> Markup:
    """The rows; while there are none, what there is to say instead."""
    items = list(reading.detail.get("rows") or [])
    calm = list(reading.detail.get("calm") or [])
    if items or not calm:
        return el("div", {"class": "list"}, rows(items, reading.at, canvas))
    left = canvas.sized(canvas.width, canvas.height - 2 * LINE * canvas.text)
    return el("div", {"class": "list"}, el("p", {"class": "nothing"}, NONE_NOW), rows(calm, reading.at, left))


def _with_count(reading: Reading, judged: bool) -> Reading:
    """The same reading, its figure behind the title. Where every row has a shape, the frame says the rest."""
    count = number(reading.value, reading.indicator.decimals)
    indicator = replace(reading.indicator, title=f"{reading.indicator.title} · {count}")
    if judged or reading.value is None:
        return replace(reading, indicator=indicator)
    return replace(reading, indicator=replace(indicator, bands=()), band="", status=Status.NORMAL)
