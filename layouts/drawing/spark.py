"""A small line without axes: where a figure comes from, in one glance."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, path, svg
from layouts.drawing.slots import runs, slots_of, y_range
from layouts.format import with_unit


def spark(reading: Reading, canvas: Canvas) -> Markup | None:
    """The SVG, or None while there are fewer than two values."""
    slots = slots_of(reading)
    known = [slot for slot in slots if slot.value is not None]
    if len(known) < 2:
        return None
    floor, ceiling = y_range(slots, None, reading.indicator.scale)
    inset = 2 * canvas.stroke

    def place(at: float, value: float) -> tuple[float, float]:
        share = (value - floor) / (ceiling - floor)
        return inset + at * (canvas.width - 2 * inset), canvas.height - inset - share * (canvas.height - 2 * inset)

    lines = []
    for run in runs(slots):
        points = [place(slot.at, slot.value or 0.0) for slot in run]
        look = {"fill": "none", "stroke": canvas.theme.dim, "stroke-width": canvas.stroke, "stroke-linejoin": "round"}
        lines.append(el("path", {"d": path(points if len(points) > 1 else points * 2), **look}))
    x, y = place(known[-1].at, known[-1].value or 0.0)
    dot = el("circle", {"cx": x, "cy": y, "r": 1.6 * canvas.stroke, "fill": canvas.theme.ink})
    unit, decimals = reading.indicator.unit, reading.indicator.decimals
    ends = [with_unit(Decimal(str(slot.value)), unit, decimals) for slot in (known[0], known[-1])]
    return svg(canvas.width, canvas.height, f"Dari {ends[0]} ke {ends[1]}", "", join(*lines), dot)
