"""The alerts that stand, for the wall's own eyes: which scene must be seen, and which frame asks for somebody."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """Marks without words; assets/wall/rotation.js reads them."""
    marks = (
        el("i", {"data-alarm": mark["rule"], "data-severity": mark["severity"], "data-waits": bool(mark["waits"])})
        for mark in reading.detail.get("marks") or ()
    )
    return el("span", {"class": "alarm-marks", "data-alarms": reading.value is not None}, *marks)
