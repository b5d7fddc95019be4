"""A line over time on the band of what is usual; the last value stands at the line. No grid, no legend."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, path, svg
from layouts.drawing.slots import Slot, runs, slots_of, y_range
from layouts.drawing.status_icon import status_colour
from layouts.drawing.text_size import text_width
from layouts.drawing.trend_frame import Frame, axis, frame_for, label
from layouts.format import number, plain, with_unit

TOO_SHORT = "Belum cukup data untuk garis"
USUALLY = "biasanya"


def trend(reading: Reading, canvas: Canvas) -> Markup:
    """The SVG; a sentence instead of a line while fewer than two values are known."""
    slots = slots_of(reading)
    known = [slot for slot in slots if slot.value is not None]
    if len(known) < 2:
        attrs = {"x": 0, "y": canvas.text * 1.1, "font-size": canvas.text, "fill": canvas.theme.dim}
        return svg(canvas.width, canvas.text * 1.6, TOO_SHORT, "", el("text", attrs, TOO_SHORT))
    target = reading.indicator.target
    limits = y_range(slots, None if target is None else float(target), reading.indicator.scale)
    frame = frame_for(canvas, limits, known[-1], _shown(reading, known[-1]), _target_words(target))
    title = f"{reading.indicator.title}: {len(known)} nilai, terakhir {_shown(reading, known[-1])}"
    return svg(
        canvas.width,
        canvas.height,
        title,
        _in_words(reading, known),
        _band(frame, slots),
        axis(frame, slots),
        _usually(frame, slots, known[-1], text_width(_shown(reading, known[-1]), 1.1 * canvas.text)),
        _line(frame, slots, reading.status),
        _last(frame, known[-1], reading),
    )


def _shown(reading: Reading, slot: Slot) -> str:
    value, indicator = Decimal(str(slot.value)), reading.indicator
    if slot.partial:
        return f"{number(value, indicator.decimals)} jam ini"
    return with_unit(value, indicator.unit, indicator.decimals)


def _target_words(target: Decimal | None) -> str:
    return "" if target is None else f"target {plain(target)}"


def _in_words(reading: Reading, known: list[Slot]) -> str:
    first, last = known[0], known[-1]
    unusual = sum(slot.unusual for slot in known)
    outside = f"; {unusual} di luar kebiasaan" if unusual else ""
    return f"Dari {_shown(reading, first)} ({first.label}) ke {_shown(reading, last)} ({last.label}){outside}."


def _band(frame: Frame, slots: list[Slot]) -> Markup:
    shapes = []
    for run in runs(slots, "low"):
        upper = [(frame.x(s), frame.y(frame.ceiling if s.high is None else s.high)) for s in run]
        lower = [(frame.x(s), frame.y(s.low or 0.0)) for s in reversed(run)]
        shapes.append(el("path", {"d": path(upper + lower, closed=True), "fill": frame.canvas.theme.band}))
    return join(*shapes)


def _is_raised(status: Status) -> bool:
    return status in (Status.WASPADA, Status.KRITIS)


def _line(frame: Frame, slots: list[Slot], status: Status) -> Markup:
    """The line in ink; where it leaves the band while the status is raised, in the colour of the status."""
    theme, stroke = frame.canvas.theme, frame.canvas.stroke
    parts = []
    for run in runs(slots):
        parts.append(_stroke(frame, run, theme.ink, stroke))
        for before, here in pairwise(run):
            if _is_raised(status) and here.unusual:
                parts.append(_stroke(frame, [before, here], status_colour(status, theme), stroke * 1.35))
    return join(*parts)


def _stroke(frame: Frame, run: list[Slot], colour: str, width: float) -> Markup:
    points = [(frame.x(slot), frame.y(slot.value or 0.0)) for slot in run]
    look = {"fill": "none", "stroke": colour, "stroke-width": width, "stroke-linejoin": "round"}
    return el("path", {"d": path(points if len(points) > 1 else points * 2), "stroke-linecap": "round", **look})


def _last(frame: Frame, last: Slot, reading: Reading) -> Markup:
    """Dot and value at the end of the line, the target at the right edge; a running hour has an open dot."""
    canvas, text = frame.canvas, frame.canvas.text
    x, y = frame.x(last), frame.y(last.value or 0.0)
    raised = _is_raised(reading.status) and (last.unusual or last.low is None)
    colour = status_colour(reading.status, canvas.theme) if raised else canvas.theme.ink
    fill = canvas.theme.panel if last.partial else colour
    dot = {"cx": x, "cy": y, "r": 1.7 * canvas.stroke, "fill": fill, "stroke": colour, "stroke-width": canvas.stroke}
    middle = min(max(y, 0.75 * text), frame.bottom - 0.5 * text)
    words = label(canvas, x + 0.7 * text, middle + 0.37 * text, _shown(reading, last), "start", "bold")
    target = reading.indicator.target
    return join(None if target is None else _target(frame, target, middle), el("circle", dot), words)


def _target(frame: Frame, target: Decimal, last_y: float) -> Markup:
    """A dashed line with its word at the right, moved off the last value when the two would touch."""
    canvas, text = frame.canvas, frame.canvas.text
    y, apart = frame.y(float(target)), 1.25 * frame.canvas.text
    line = {"x1": frame.left, "x2": frame.right, "y1": y, "y2": y, "stroke": canvas.theme.dim}
    dashes = {
        "stroke-width": canvas.stroke / 2,
        "stroke-dasharray": f"{canvas.stroke * 2:.1f} {canvas.stroke * 2.5:.1f}",
    }
    place = y
    if abs(y - last_y) < apart:
        above = last_y - apart
        wants_above = y < last_y and above >= 0.6 * text
        place = above if wants_above or last_y + apart > frame.bottom else last_y + apart
    words = label(canvas, frame.right + 0.7 * text, place + 0.37 * text, _target_words(target), "start")
    return join(el("line", {**line, **dashes}), words)


def _usually(frame: Frame, slots: list[Slot], last: Slot, taken: float) -> Markup | None:
    """The word 'biasanya' at the foot of the band to come, where that holds it clear of the last value's words."""
    text = frame.canvas.text
    half = text_width(USUALLY, text) / 2 + 0.2 * text
    for slot in slots:
        if slot.low is None or frame.x(slot) - half < frame.x(last) + text or frame.x(slot) + half > frame.right:
            continue
        around = [s for s in slots if abs(frame.x(s) - frame.x(slot)) <= half]
        foot = min(frame.y(s.low) for s in around if s.low is not None) - 0.3 * text
        head = max(frame.y(s.high if s.high is not None else frame.floor) for s in around)
        below = foot - 0.8 * text > frame.y(last.value or 0.0) + 0.9 * text
        if foot - head > text and (below or frame.x(slot) - half > frame.x(last) + taken + text):
            return label(frame.canvas, frame.x(slot), foot, USUALLY, "middle", "ink")
    return None
