"""The kecamatan as tiles. Across a room the footer stands in the upper right corner, where the map has no tiles."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el
from layouts.drawing.tile_map import PAGE_RATIO, ROWS, tile_map
from layouts.panels.action import action
from layouts.panels.figure import figure, is_degraded, missing, remark, staleness, state, target
from layouts.panels.frame import attributions, foot, head, section
from layouts.panels.room import GAP_AM, LINE, foot_height, state_height, title_height

WIDEST = 480
"""Px: a map is drawn no wider on a page, for its letters grow with it."""
CORNER_ROWS = 2
"""Rows of the map that leave three columns free at their right."""


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a tile map."""
    if canvas.on_wall:
        return _on_wall(reading, canvas.standing())
    words = (state(reading), staleness(reading, canvas), target(reading), action(reading))
    parts = (figure(reading), missing(reading, canvas), *words)
    below = (remark(reading, canvas), foot(reading, canvas))
    return section("tile_map", reading, head(reading, canvas), *parts, *_maps(reading, canvas), *below)


def _maps(reading: Reading, canvas: Canvas) -> list[Markup]:
    """One map, or in a wide panel two of which panel.css shows the one whose letters stay large enough."""
    if canvas.width <= WIDEST:
        return [_map(reading, canvas, canvas.width, "graphic map")]
    return [
        _map(reading, canvas, WIDEST, "graphic map when-wide"),
        _map(reading, canvas, PAGE.width, "graphic map when-narrow"),
    ]


def _map(reading: Reading, canvas: Canvas, width: float, name: str) -> Markup:
    return el("div", {"class": name}, tile_map(reading, canvas.sized(width, width * PAGE_RATIO)))


def _on_wall(reading: Reading, canvas: Canvas) -> Markup:
    room = canvas.sized(canvas.width, canvas.height - title_height(reading, canvas) - GAP_AM * canvas.am)
    if is_degraded(reading) or not _corner_holds_footer(reading, room):
        return _without_corner(reading, canvas)
    graphic = el("div", {"class": "graphic map cornered"}, tile_map(reading, room), foot(reading, canvas))
    return section("tile_map", reading, head(reading, canvas), staleness(reading, canvas), graphic)


def _corner_holds_footer(reading: Reading, room: Canvas) -> bool:
    """SIMULASI and the age on a line each, an attribution on two."""
    lines = 1 + reading.simulated + 2 * len(attributions(reading))
    return lines * LINE * room.text <= CORNER_ROWS * room.height / ROWS


def _without_corner(reading: Reading, canvas: Canvas) -> Markup:
    """The footer below a lower map, when the corner cannot hold what must be said."""
    taken = title_height(reading, canvas) + foot_height(reading, canvas)
    taken += state_height(reading, canvas) if is_degraded(reading) else 0
    room = canvas.sized(canvas.width, canvas.height - taken - 3 * GAP_AM * canvas.am)
    graphic = el("div", {"class": "graphic map"}, tile_map(reading, room))
    parts = (head(reading, canvas), staleness(reading, canvas), graphic, foot(reading, canvas))
    return section("tile_map", reading, *parts)
