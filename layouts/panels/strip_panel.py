"""Every station's last 24 hours. Across a room the strips are the panel, and the figure stands in the title."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el
from layouts.drawing.strip import strip
from layouts.panels.beside_title import heading, rest_height
from layouts.panels.figure import figure, missing, staleness, state
from layouts.panels.frame import foot, head, section
from layouts.panels.trend_panel import NARROW_BELOW


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as strips."""
    strips = list(reading.detail.get("strips") or [])
    if canvas.on_wall:
        drawn = strip(strips, canvas, rest_height(reading, canvas)) if strips else None
        body = missing(reading, canvas) or el("div", {"class": "graphic"}, drawn)
        return section("strip", reading, *heading(reading, canvas), body, foot(reading, canvas))
    parts = (figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas))
    drawn_all = _graphics(strips, canvas) if strips else []
    return section("strip", reading, head(reading, canvas), *parts, *drawn_all, foot(reading, canvas))


def _graphics(strips: list[dict[str, object]], canvas: Canvas) -> list[Markup]:
    if canvas.width <= NARROW_BELOW:
        return [el("div", {"class": "graphic"}, strip(strips, canvas))]
    return [
        el("div", {"class": "graphic when-wide"}, strip(strips, canvas)),
        el("div", {"class": "graphic when-narrow"}, strip(strips, canvas.sized(PAGE.width, PAGE.height))),
    ]
