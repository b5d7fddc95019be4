"""The kecamatan as tiles. Across a room the footer stands in the corner of the map that has no tiles."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.tile_map import LOWEST, ROWS, tile_map
from layouts.panels.figure import figure, is_degraded, missing, staleness, state, target
from layouts.panels.frame import foot, head, section
from layouts.panels.room import GAP_AM, foot_height, state_height, title_height

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
    top = title_height(reading, canvas) + (state_height(reading, canvas) if is_degraded(reading) else 0)
    height = canvas.height - top - 2 * GAP_AM * canvas.am
    cornered = height >= ROWS * LOWEST * canvas.text
    if not cornered:
        height -= foot_height(reading, canvas) + GAP_AM * canvas.am
    drawn, below = tile_map(reading, canvas.sized(canvas.width, height)), foot(reading, canvas)
    attrs = {"class": "graphic map", "style": f"--row: {height / ROWS:.1f}px"}
    graphic = el("div", attrs, drawn, below if cornered else None)
    top = (head(reading, canvas), staleness(reading, canvas))
    return section("tile_map", reading, *top, graphic, None if cornered else below)
