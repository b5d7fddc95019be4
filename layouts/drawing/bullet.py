"""A bullet graph: the value as a bar on grey bands, the target as a tick. In place of a gauge."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, svg
from layouts.drawing.slots import Slot, y_range
from layouts.drawing.status_icon import status_colour
from layouts.drawing.text_size import text_width
from layouts.format import plain, with_unit

LABELLED = 1.75
"""A graphic this many text heights tall has its scale written below the bar."""

Scale = tuple[float, float]


def bullet(reading: Reading, canvas: Canvas) -> Markup:
    """The SVG, canvas.height high; the scale is written below the bar where there is room for text."""
    low, high = scale_of(reading)
    labelled = canvas.height >= LABELLED * canvas.text
    track = canvas.height - 1.35 * canvas.text if labelled else canvas.height
    indicator = reading.indicator
    words = with_unit(reading.value, indicator.unit, indicator.decimals)
    aim = "" if indicator.target is None else f"Target {with_unit(indicator.target, indicator.unit, 2)}. "
    return svg(
        canvas.width,
        canvas.height,
        f"{indicator.title}: {words}",
        f"{aim}Skala {plain(low)} sampai {plain(high)}.",
        _bands(indicator, canvas, track, (low, high)),
        _bar(reading, canvas, track, (low, high)),
        _tick(indicator.target, canvas, track, (low, high)),
        _labels(indicator, canvas, (low, high)) if labelled else None,
    )


def scale_of(reading: Reading) -> Scale:
    """The indicator's own scale, else from 0 (or below) past everything known. Never cuts the value."""
    indicator = reading.indicator
    edges = [edge for band in indicator.bands for edge in (band.low, band.high)]
    known = [float(v) for v in (*edges, indicator.target, reading.value) if v is not None]
    if indicator.scale:
        low, high = float(indicator.scale[0]), float(indicator.scale[1])
    else:
        low, high = y_range([Slot(0, "", value) for value in (0.0, *known)], None)
    if reading.value is not None:
        low, high = min(low, float(reading.value)), max(high, float(reading.value))
    return low, high if high > low else low + 1


def _x(value: float, canvas: Canvas, scale: Scale) -> float:
    low, high = scale
    return max(0.0, min(1.0, (value - low) / (high - low))) * canvas.width


def _bands(indicator: Indicator, canvas: Canvas, track: float, scale: Scale) -> Markup:
    edges = {scale[0], scale[1]}
    edges |= {float(edge) for band in indicator.bands for edge in (band.low, band.high) if edge is not None}
    places = sorted(edge for edge in edges if scale[0] <= edge <= scale[1])
    tracks = canvas.theme.tracks
    parts = []
    for order, (start, end) in enumerate(pairwise(places)):
        left, right = _x(start, canvas, scale), _x(end, canvas, scale)
        fill = tracks[min(order, len(tracks) - 1)] if len(places) <= len(tracks) + 1 else tracks[order % 2]
        parts.append(el("rect", {"x": left, "y": 0, "width": right - left, "height": track, "fill": fill}))
    return join(*parts)


def _bar(reading: Reading, canvas: Canvas, track: float, scale: Scale) -> Markup | None:
    """From the foot of the scale; no bar at all for a value that is missing."""
    if reading.value is None:
        return None
    raised = reading.status in (Status.WASPADA, Status.KRITIS)
    colour = status_colour(reading.status, canvas.theme) if raised else canvas.theme.stale
    foot = _x(max(0.0, scale[0]), canvas, scale)
    end = _x(float(reading.value), canvas, scale)
    place = {"x": min(foot, end), "y": track * 0.3, "width": abs(end - foot), "height": track * 0.4}
    return el("rect", {**place, "fill": colour})


def _tick(target: Decimal | None, canvas: Canvas, track: float, scale: Scale) -> Markup | None:
    if target is None:
        return None
    width = 1.4 * canvas.stroke
    x = min(max(_x(float(target), canvas, scale) - width / 2, 0), canvas.width - width)
    return el("rect", {"x": x, "y": 0, "width": width, "height": track, "fill": canvas.theme.ink})


def _labels(indicator: Indicator, canvas: Canvas, scale: Scale) -> Markup:
    """The target below its tick; the ends of the scale where they do not touch it."""
    taken = (-1.0, -1.0)
    parts = []
    if indicator.target is not None:
        words = f"target {plain(indicator.target)}"
        half = text_width(words, canvas.text) / 2
        middle = min(max(_x(float(indicator.target), canvas, scale), half), canvas.width - half)
        taken = (middle - half - canvas.text / 2, middle + half + canvas.text / 2)
        parts.append(_label(canvas, middle, words, "middle"))
    low, high = plain(scale[0]), plain(scale[1])
    if taken[0] < 0 or text_width(low, canvas.text) < taken[0]:
        parts.append(_label(canvas, 0, low, "start"))
    if canvas.width - text_width(high, canvas.text) > taken[1]:
        parts.append(_label(canvas, canvas.width, high, "end"))
    return join(*parts)


def _label(canvas: Canvas, x: float, words: str, anchor: str) -> Markup:
    y = canvas.height - 0.28 * canvas.text
    attrs = {"x": x, "y": y, "font-size": canvas.text, "fill": canvas.theme.dim, "text-anchor": anchor}
    return el("text", attrs, words)
