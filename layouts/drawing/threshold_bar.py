"""A value on its scale with named thresholds as ticks: the water against its siaga steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, svg
from layouts.drawing.rows import status_named
from layouts.drawing.status_icon import status_colour
from layouts.drawing.text_size import text_width
from layouts.format import plain

TRACK = 1.1
"""Height of the bar in text heights; two lines of text stand below it."""
MARGIN = 0.18
"""Of the span between value and thresholds, left free at both ends."""

Step = Mapping[str, Any]


def threshold_bar(title: str, value: float | None, steps: Sequence[Step], status: str, canvas: Canvas) -> Markup:
    """The SVG of {"word", "value", "status"} steps from the lowest up. No bar for a value that is missing."""
    scale = _scale([float(step["value"]) for step in steps], value)
    track = TRACK * canvas.text
    words = "; ".join(f"{step['word']} mulai {plain(step['value'])}" for step in steps)
    return svg(
        canvas.width,
        track + 2.3 * canvas.text,
        f"{title}: {plain(value)}",
        words,
        _bands(steps, scale, track, canvas),
        _bar(value, status, scale, track, canvas),
        _ticks(steps, scale, track, canvas),
    )


def _scale(thresholds: Sequence[float], value: float | None) -> tuple[float, float]:
    """Around the thresholds, whose zero is arbitrary: as far below the lowest as the highest lies above it at most, so
    that a low river does not push the steps together.
    """
    first, top = thresholds[0], max(thresholds[-1], value if value is not None else thresholds[-1])
    span = top - first or max(abs(first), 1.0)
    foot = min(first, value) if value is not None else first
    return max(foot - MARGIN * span, first - span), top + MARGIN * span


def _x(value: float, scale: tuple[float, float], canvas: Canvas) -> float:
    return (value - scale[0]) / (scale[1] - scale[0]) * canvas.width


def _bands(steps: Sequence[Step], scale: tuple[float, float], track: float, canvas: Canvas) -> Markup:
    places = [0.0, *(_x(float(step["value"]), scale, canvas) for step in steps), canvas.width]
    tracks = canvas.theme.tracks
    return join(*(
        el("rect", {"x": left, "y": 0, "width": right - left, "height": track, "fill": tracks[order % len(tracks)]})
        for order, (left, right) in enumerate(pairwise(places))
    ))  # fmt: skip


def _bar(value: float | None, status: str, scale: tuple[float, float], track: float, canvas: Canvas) -> Markup | None:
    if value is None:
        return None
    named = status_named(status) or Status.UNKNOWN
    raised = named in (Status.WASPADA, Status.KRITIS)
    colour = status_colour(named, canvas.theme) if raised else canvas.theme.accent
    end = _x(value, scale, canvas)
    return el("rect", {"x": 0, "y": track * 0.25, "width": max(end, 2.0), "height": track * 0.5, "fill": colour})


def _ticks(steps: Sequence[Step], scale: tuple[float, float], track: float, canvas: Canvas) -> Markup:
    """A line at each threshold, below it the word and the value; a word that would touch the one before is left to
    the list of words in the description.
    """
    parts, taken = [], -1.0
    for step in steps:
        x = _x(float(step["value"]), scale, canvas)
        parts.append(el("rect", {"x": x - 1, "y": 0, "width": 2, "height": track, "fill": canvas.theme.ink}))
        lines = (str(step["word"]).removeprefix("Siaga "), plain(step["value"]))
        half = max(text_width(line, canvas.text) for line in lines) / 2
        middle = min(max(x, half), canvas.width - half)
        if middle - half <= taken:
            continue
        taken = middle + half + 0.3 * canvas.text
        for place, line in enumerate(lines):
            look = {"x": middle, "y": track + (0.95 + 1.1 * place) * canvas.text, "font-size": canvas.text,
                    "text-anchor": "middle", "fill": canvas.theme.dim}  # fmt: skip
            parts.append(el("text", look, line))
    return join(*parts)
