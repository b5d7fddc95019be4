"""A line over time on the band of what is usual; the last value stands at the line. No grid, no legend."""

from __future__ import annotations

from dataclasses import dataclass
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
from layouts.format import number, with_unit


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the line may run, in px, and what its floor and ceiling are worth."""

    canvas: Canvas
    left: float
    right: float
    top: float
    bottom: float
    floor: float
    ceiling: float

    def x(self, slot: Slot) -> float:
        """Place of a slot in px."""
        return self.left + slot.at * (self.right - self.left)

    def y(self, value: float) -> float:
        """Height of a value in px, from the top."""
        share = (value - self.floor) / (self.ceiling - self.floor)
        return self.bottom - share * (self.bottom - self.top)


def trend(reading: Reading, canvas: Canvas) -> Markup:
    """The SVG; a sentence instead of a line while fewer than two values are known."""
    slots = slots_of(reading)
    known = [slot for slot in slots if slot.value is not None]
    if len(known) < 2:
        return _too_short(canvas)
    frame = _frame(reading, canvas, slots, known[-1])
    title = f"{reading.indicator.title}: {len(known)} nilai, terakhir {_shown(reading, known[-1])}"
    return svg(
        canvas.width,
        canvas.height,
        title,
        _in_words(reading, known),
        _band(frame, slots),
        _axis(frame, slots, reading.indicator.decimals),
        _line(frame, slots, reading.status),
        _last(frame, known[-1], reading, slots),
    )


def _shown(reading: Reading, slot: Slot) -> str:
    if slot.partial:
        return f"{number(Decimal(str(slot.value)), reading.indicator.decimals)} jam ini"
    return with_unit(Decimal(str(slot.value)), reading.indicator.unit, reading.indicator.decimals)


def _in_words(reading: Reading, known: list[Slot]) -> str:
    first, last = known[0], known[-1]
    unusual = sum(slot.unusual for slot in known)
    outside = f"; {unusual} di luar kebiasaan" if unusual else ""
    return f"Dari {_shown(reading, first)} ({first.label}) ke {_shown(reading, last)} ({last.label}){outside}."


def _too_short(canvas: Canvas) -> Markup:
    words = "Belum cukup data untuk garis"
    size = min(canvas.text, canvas.text * canvas.width / max(1.0, text_width(words, canvas.text) * 1.02))
    attrs = {"x": 0, "y": canvas.text * 1.1, "font-size": size, "fill": canvas.theme.dim}
    return svg(canvas.width, canvas.text * 1.6, words, "", el("text", attrs, words))


def _frame(reading: Reading, canvas: Canvas, slots: list[Slot], last: Slot) -> Frame:
    target = reading.indicator.target
    floor, ceiling = y_range(slots, None if target is None else float(target))
    text, decimals = canvas.text, reading.indicator.decimals
    gutter = max(text_width(number(Decimal(str(v)), decimals), text) for v in (floor, ceiling))
    needed = text_width(_shown(reading, last), text * 1.1) + 0.9 * text
    if target is not None:
        needed = max(needed, text_width(_target_words(reading), text) + 0.9 * text)
    left = gutter + 0.5 * text
    beyond = (1 - last.at) * (canvas.width - left)
    margin = 0.6 * text if beyond > needed and target is None else needed
    return Frame(canvas, left, canvas.width - margin, 0.65 * text, canvas.height - 1.6 * text, floor, ceiling)


def _target_words(reading: Reading) -> str:
    return f"target {number(reading.indicator.target, _places(reading.indicator.target))}"


def _places(value: Decimal | None) -> int:
    return 0 if value is None else min(2, max(0, -int(value.normalize().as_tuple().exponent)))


def _band(frame: Frame, slots: list[Slot]) -> Markup:
    shapes = []
    for run in runs(slots, "low"):
        upper = [(frame.x(s), frame.y(s.high if s.high is not None else frame.ceiling)) for s in run]
        lower = [(frame.x(s), frame.y(s.low or 0)) for s in reversed(run)]
        shapes.append(el("path", {"d": path(upper + lower, closed=True), "fill": frame.canvas.theme.band}))
    return join(*shapes)


def _axis(frame: Frame, slots: list[Slot], decimals: int) -> Markup:
    """Floor and ceiling at the left, as many labels below as fit without touching."""
    canvas, text = frame.canvas, frame.canvas.text
    base = {"x1": frame.left, "x2": frame.right, "y1": frame.bottom, "y2": frame.bottom}
    parts = [el("line", {**base, "stroke": canvas.theme.line, "stroke-width": max(1.0, canvas.stroke / 2)})]
    for value in (frame.floor, frame.ceiling):
        words = number(Decimal(str(value)), decimals)
        parts.append(_label(canvas, frame.left - 0.4 * text, frame.y(value) + 0.35 * text, words, "end"))
    for slot in _spaced(slots, frame, text):
        parts.append(_label(canvas, frame.x(slot), canvas.height - 0.25 * text, slot.label, "middle"))
    return join(*parts)


def _spaced(slots: list[Slot], frame: Frame, text: float) -> list[Slot]:
    """Labels that keep one letter height between each other and stay inside the canvas."""
    shown: list[Slot] = []
    edge, step = 0.0, _step(len(slots))
    for slot in slots[::step]:
        half = text_width(slot.label, text) / 2
        new = not shown or shown[-1].label != slot.label
        if new and frame.x(slot) - half >= edge and frame.x(slot) + half <= frame.canvas.width:
            shown.append(slot)
            edge = frame.x(slot) + half + 1.2 * text
    return shown


def _step(count: int) -> int:
    """Every sixth hour of a day, every slot of a week, about six labels otherwise."""
    return 6 if 20 <= count <= 30 else max(1, round(count / 6)) if count > 8 else 1


def _line(frame: Frame, slots: list[Slot], status: Status) -> Markup:
    """The line in ink; where it leaves the band while the status is raised, in the colour of the status."""
    theme, stroke = frame.canvas.theme, frame.canvas.stroke
    raised = status in (Status.WASPADA, Status.KRITIS)
    parts = []
    for run in runs(slots):
        parts.append(_stroke(frame, run, theme.ink, stroke))
        for before, here in pairwise(run):
            if raised and here.unusual:
                parts.append(_stroke(frame, [before, here], status_colour(status, theme), stroke * 1.35))
    return join(*parts)


def _stroke(frame: Frame, run: list[Slot], colour: str, width: float) -> Markup:
    points = [(frame.x(slot), frame.y(slot.value or 0.0)) for slot in run]
    look = {"fill": "none", "stroke": colour, "stroke-width": width, "stroke-linejoin": "round"}
    return el("path", {"d": path(points if len(points) > 1 else points * 2), "stroke-linecap": "round", **look})


def _last(frame: Frame, last: Slot, reading: Reading, slots: list[Slot]) -> Markup:
    """Dot and value at the end of the line, the target at the right edge, and the word in the band."""
    canvas, text = frame.canvas, frame.canvas.text
    x, y = frame.x(last), frame.y(last.value or 0.0)
    raised = reading.status in (Status.WASPADA, Status.KRITIS)
    colour = status_colour(reading.status, canvas.theme) if raised else canvas.theme.ink
    middle = min(max(y, 0.75 * text), frame.bottom - 0.5 * text)
    words = _label(canvas, x + 0.7 * text, middle + 0.37 * text, _shown(reading, last), "start", bold=True)
    target = reading.indicator.target
    return join(
        None if target is None else _target(frame, float(target), _target_words(reading), x, middle),
        el("circle", {"cx": x, "cy": y, "r": 1.7 * canvas.stroke, "fill": colour}),
        words,
        _usually(frame, slots, last),
    )


def _target(frame: Frame, target: float, words: str, last_x: float, last_y: float) -> Markup:
    """A tick at the right edge with its word, moved off the last value when the two would touch."""
    canvas, text = frame.canvas, frame.canvas.text
    y = frame.y(target)
    tick = {"x1": frame.left, "x2": frame.right, "y1": y, "y2": y, "stroke": canvas.theme.dim}
    dashes = {"stroke-width": canvas.stroke / 2, "stroke-dasharray": f"{canvas.stroke * 2} {canvas.stroke * 2.5}"}
    place = y
    if abs(y - last_y) < 1.25 * text:
        place = last_y + 1.25 * text * (1 if y >= last_y else -1)
        if not 0.6 * text <= place <= frame.bottom - 0.2 * text:
            place = last_y + 1.25 * text * (-1 if y >= last_y else 1)
    label = _label(canvas, frame.right + 0.7 * text, place + 0.37 * text, words, "start")
    return join(el("line", {**tick, **dashes}), label)


def _usually(frame: Frame, slots: list[Slot], last: Slot) -> Markup | None:
    """The word 'biasanya' where the band to come is tall enough to hold it."""
    text = frame.canvas.text
    need = text_width("biasanya", text) / 2 + 0.2 * text
    for slot in sorted(slots, key=lambda s: (s.low or 0) - (s.high or 0)):
        if slot.low is None or slot.high is None or slot.at <= last.at:
            continue
        x = frame.x(slot)
        inside = all(
            s.low is not None and s.high is not None and frame.y(s.low) - frame.y(s.high) > 1.3 * text
            for s in slots
            if abs(frame.x(s) - x) < need
        )
        free = x - need > frame.x(last) + text and x + need < frame.right
        middle = (frame.y(slot.low) + frame.y(slot.high)) / 2 + 0.3 * text
        clear = abs(middle - frame.y(last.value or 0.0)) > 1.4 * text or x - need > frame.x(last) + 7 * text
        if inside and free and clear:
            return _label(frame.canvas, x, middle, "biasanya", "middle", ink=True)
    return None


def _label(
    canvas: Canvas, x: float, y: float, words: str, anchor: str, bold: bool = False, ink: bool = False
) -> Markup:
    size = canvas.text * 1.1 if bold else canvas.text
    colour = canvas.theme.ink if bold or ink else canvas.theme.dim
    weight = 600 if bold else 400
    attrs = {"x": x, "y": y, "font-size": size, "fill": colour, "text-anchor": anchor, "font-weight": weight}
    return el("text", attrs, words)
