"""The board of services: each with its state, its days as bars, and its availability; the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.day_bars import day_bars
from layouts.drawing.markup import el
from layouts.drawing.rows import status_named
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of, text_width
from layouts.format import age_words, number, plain
from layouts.panels.beside_title import heading, rest_height
from layouts.panels.figure import missing, staleness, state
from layouts.panels.frame import foot, head, section

WALL_DAYS = 30
"""Across a room a day must be as wide as a line that can be seen; the percentage is of the same days."""
WIDEST_LABEL = 0.5
"""Of the panel; a longer name takes two lines."""
LINE = 1.36
"""Of a row across a room, in text heights; panel.css says the same."""


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a board."""
    items = list(reading.detail.get("layanan") or [])
    if canvas.on_wall:
        canvas = canvas.standing()
        shown = _that_fit(items, canvas.sized(canvas.width, rest_height(reading, canvas)))
        listed = missing(reading, canvas) or _list(reading, shown, len(items) - len(shown), canvas)
        span = el("span", {}, f"{WALL_DAYS} hari")
        return section("service_board", reading, *heading(reading, canvas), listed, foot(reading, canvas, span))
    parts = (_figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas))
    body = _list(reading, items, 0, canvas) if items and reading.value is not None else None
    return section("service_board", reading, head(reading, canvas), *parts, body, foot(reading, canvas))


def _figure(reading: Reading) -> Markup | None:
    if reading.value is None:
        return None
    figure = el("span", {"class": "number"}, number(reading.value))
    return el("p", {"class": "figure"}, figure, " ", el("span", {"class": "unit"}, f"dari {number(reading.n)} layanan"))


def _list(reading: Reading, items: list[Mapping[str, Any]], rest: int, canvas: Canvas) -> Markup:
    more = el("p", {"class": "rest"}, f"+ {rest} lagi") if rest else None
    key = None if canvas.on_wall else el("p", {"class": "key"}, KEY)
    style = _columns(items, canvas) if canvas.on_wall else None
    board = el("ul", {"class": "board", "style": style}, *(_one(item, reading, canvas) for item in items))
    return el("div", {"class": "list"}, board, more, key)


def _that_fit(items: list[Mapping[str, Any]], canvas: Canvas) -> list[Mapping[str, Any]]:
    """The rows with room across a room, with a line left for the number of the others."""
    bottoms, height = [], 0.0
    for item in items:
        lines = lines_of(plain(item.get("label")), canvas.text, WIDEST_LABEL * canvas.width)
        height += (LINE - 1 + lines) * canvas.text
        bottoms.append(height)
    if height <= canvas.height:
        return items
    return [one for one, bottom in zip(items, bottoms, strict=True) if bottom + LINE * canvas.text <= canvas.height]


def _columns(items: list[Mapping[str, Any]], canvas: Canvas) -> str:
    """The same widths in every row, so that a day stands below the same day; no name is cut off."""
    label = max((text_width(plain(item.get("label")), canvas.text) for item in items), default=0.0)
    value = text_width("100,00 %", canvas.text)
    return f"--label: {min(label, WIDEST_LABEL * canvas.width):.0f}px; --value: {value:.0f}px"


KEY = (
    "Batang: 90 hari, terlama di kiri. Abu-abu penuh = tanpa gangguan; kaki berwarna makin tinggi = hari makin buruk "
    "(< 100 %, < 99 %, < 95 %); separuh biru = pemeliharaan; titik = tidak terpantau. Persen: 30 hari."
)


def _one(item: Mapping[str, Any], reading: Reading, canvas: Canvas) -> Markup:
    status = status_named(item.get("status")) or Status.NORMAL
    height = 0.9 * canvas.text if canvas.on_wall else 24
    share = item.get("share")
    percent = "–" if share is None else f"{number(Decimal(str(share)), 2)} %"
    days = str(item.get("days") or "")
    said = None if canvas.on_wall else el("span", {"class": "where"}, _said(item, reading))
    return el(
        "li",
        {"data-status": str(status)},
        status_icon(status),
        el("span", {"class": "label"}, plain(item.get("label"))),
        el("span", {"class": "days"}, day_bars(days[-WALL_DAYS:] if canvas.on_wall else days, height)),
        el("span", {"class": "value"}, percent),
        said,
    )


def _said(item: Mapping[str, Any], reading: Reading) -> str:
    """What it does, since when, and how fast it answers."""
    since = item.get("since")
    age = "" if since is None else f" sejak {age_words(max(0, int(reading.at.timestamp() - int(since) / 1000)))}"
    p95 = item.get("p95")
    parts = [plain(item.get("owner")), plain(item.get("value")) + age]
    return " · ".join([*parts, *([] if p95 is None else [f"p95 {number(int(p95))} ms"])])
