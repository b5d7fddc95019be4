"""One figure with its words; a small line below where there is a history."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.spark import spark
from layouts.panels.action import action
from layouts.panels.figure import figure, last_week, missing, staleness, state, target
from layouts.panels.frame import foot, head, section
from layouts.panels.room import GAP_AM, LINE, below_figure, moment_fits, target_fits

SPARK_HEIGHT = 44


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a tile."""
    aim, line = target(reading), None
    if canvas.on_wall:
        left = below_figure(reading, canvas)
        aim = aim if aim and target_fits(reading, canvas, left) else None
        left -= LINE * canvas.text + GAP_AM * canvas.am if aim else 0
        line = spark(reading, canvas.sized(canvas.width, left)) if left > canvas.text and reading.history else None
    else:
        line = spark(reading, canvas.sized(canvas.width, SPARK_HEIGHT))
    graphic = el("div", {"class": "graphic"}, line) if line else None
    late = staleness(reading, canvas, dated=moment_fits(reading, canvas))
    week = last_week(reading, canvas)
    does = None if canvas.on_wall else action(reading)
    parts = (figure(reading), missing(reading, canvas), state(reading), late, aim, week, does)
    return section("tile", reading, head(reading, canvas), *parts, graphic, foot(reading, canvas))
