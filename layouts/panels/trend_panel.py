"""A line over time. Across a room the line is the panel, and the status stands beside its title."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el
from layouts.drawing.trend import trend
from layouts.panels.beside_title import heading, rest_height
from layouts.panels.figure import figure, missing, staleness, state, target
from layouts.panels.frame import foot, head, section

NARROW_BELOW = 560
"""A drawing wider than this is drawn twice on a page; panel.css shows the one that fits the width."""


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a trend."""
    if canvas.on_wall:
        graphic = el(
            "div", {"class": "graphic"}, trend(reading, canvas.sized(canvas.width, rest_height(reading, canvas)))
        )
        body = graphic if reading.value is not None else missing(reading, canvas)
        return section("trend", reading, *heading(reading, canvas), body, foot(reading, canvas))
    parts = (figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas), target(reading))
    return section("trend", reading, head(reading, canvas), *parts, *_graphics(reading, canvas), foot(reading, canvas))


def _graphics(reading: Reading, canvas: Canvas) -> list[Markup]:
    if canvas.width <= NARROW_BELOW:
        return [el("div", {"class": "graphic"}, trend(reading, canvas))]
    return [
        el("div", {"class": "graphic when-wide"}, trend(reading, canvas)),
        el("div", {"class": "graphic when-narrow"}, trend(reading, canvas.sized(PAGE.width, PAGE.height))),
    ]
