"""One figure on its scale, with the target as a tick."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.bullet import LABELLED, bullet
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.panels.action import action
from layouts.panels.figure import figure, last_week, missing, remark, staleness, state, target
from layouts.panels.frame import foot, head, section
from layouts.panels.room import below_figure, moment_fits

PAGE_HEIGHT = 46
LOWEST_AM = 10
"""A bar lower than this cannot be read across a room: the figure and its word then stand alone."""
HIGHEST_LINES = 3.2


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a bullet graph."""
    height: float = PAGE_HEIGHT
    if canvas.on_wall:
        height = min(below_figure(reading, canvas), HIGHEST_LINES * canvas.text)
        height = min(height, canvas.text) if height < LABELLED * canvas.text else height
    graphic = None
    if height >= LOWEST_AM * canvas.am and reading.value is not None:
        graphic = el("div", {"class": "graphic"}, bullet(reading, canvas.sized(canvas.width, height)))
    aim = None if canvas.on_wall else target(reading)
    late = staleness(reading, canvas, dated=moment_fits(reading, canvas))
    parts = (figure(reading), missing(reading, canvas), state(reading), late, aim, last_week(reading, canvas))
    does = None if canvas.on_wall else action(reading)
    below = (graphic, does, remark(reading, canvas), foot(reading, canvas))
    return section("bullet", reading, head(reading, canvas), *parts, *below)
