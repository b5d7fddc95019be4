"""The kecamatan as tiles. Across a room the footer stands in the corner of the map that has no tiles."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.tile_map import ROWS, has_names, tile_map
from layouts.panels.figure import figure, is_degraded, missing, since_words, staleness, state, target
from layouts.panels.frame import attributions, foot, head, section
from layouts.panels.room import GAP_AM, LINE, foot_height, state_height, status_size, title_height

PAGE_RATIO = 0.78
"""Height over width of the map on a page: tall enough for a name and a value in every tile."""


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a tile map."""
    if canvas.on_wall:
        return _on_wall(reading, canvas)
    map_canvas = canvas.sized(min(canvas.width, 480), min(canvas.width, 480) * PAGE_RATIO)
    parts = (figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas), target(reading))
    drawn = el("div", {"class": "graphic map"}, tile_map(reading, map_canvas))
    return section("tile_map", reading, head(reading, canvas), *parts, drawn, foot(reading, canvas))


def _on_wall(reading: Reading, canvas: Canvas) -> Markup:
    degraded = is_degraded(reading)
    top = title_height(reading, canvas) + (LINE * status_size(canvas) if degraded else 0)
    room = canvas.sized(canvas.width, canvas.height - top - 2 * GAP_AM * canvas.am)
    if has_names(room) and not (degraded and attributions(reading)):
        since = el("span", {"class": "since"}, since_words(reading, canvas)) if degraded else None
        attrs = {"class": "graphic map", "style": f"--row: {room.height / ROWS:.1f}px"}
        graphic = el("div", attrs, tile_map(reading, room), foot(reading, canvas, since))
        return section("tile_map", reading, head(reading, canvas), staleness(reading, canvas, dated=False), graphic)
    return _without_corner(reading, canvas)


def _without_corner(reading: Reading, canvas: Canvas) -> Markup:
    """The footer below a lower map, when the corner cannot hold what must be said."""
    taken = title_height(reading, canvas) + foot_height(reading, canvas)
    taken += state_height(reading, canvas) if is_degraded(reading) else 0
    room = canvas.sized(canvas.width, canvas.height - taken - 3 * GAP_AM * canvas.am)
    graphic = el("div", {"class": "graphic map"}, tile_map(reading, room))
    parts = (head(reading, canvas), staleness(reading, canvas), graphic, foot(reading, canvas))
    return section("tile_map", reading, *parts)
