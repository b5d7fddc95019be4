"""The place in which a trend is drawn: how px and values belong together, and what stands along its edges."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join
from layouts.drawing.slots import Slot
from layouts.drawing.text_size import text_width
from layouts.format import plain


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


def frame_for(canvas: Canvas, limits: tuple[float, float], last: Slot, beside: str, target: str) -> Frame:
    """A frame with room at the left for the ends of the scale, at the right for the words that do not fit inside."""
    floor, ceiling = limits
    text = canvas.text
    left = max(text_width(plain(value), text) for value in limits) + 0.5 * text
    needed = text_width(beside, text * 1.1) + 0.9 * text
    inside = (1 - last.at) * (canvas.width - left - 0.6 * text) > needed
    margin = 0.6 * text if inside else needed
    if target:
        margin = max(margin, text_width(target, text) + 0.9 * text)
    return Frame(canvas, left, canvas.width - margin, 0.65 * text, canvas.height - 1.6 * text, floor, ceiling)


def axis(frame: Frame, slots: list[Slot]) -> Markup:
    """The ends of the scale at the left, as many labels below as fit without touching."""
    canvas, text = frame.canvas, frame.canvas.text
    base = {"x1": frame.left, "x2": frame.right, "y1": frame.bottom, "y2": frame.bottom, "stroke": canvas.theme.line}
    parts = [el("line", {**base, "stroke-width": max(1.0, canvas.stroke / 2)})]
    for value in (frame.floor, frame.ceiling):
        if value == frame.floor or frame.bottom - frame.top > 1.2 * text:
            y = min(frame.y(value) + 0.35 * text, frame.bottom + 0.1 * text)
            parts.append(label(canvas, frame.left - 0.4 * text, y, plain(value), "end"))
    for slot in _spaced(slots, frame):
        parts.append(label(canvas, _middle(slot, frame), canvas.height - 0.25 * text, slot.label, "middle"))
    return join(*parts)


def _spaced(slots: list[Slot], frame: Frame) -> list[Slot]:
    """Labels that keep their distance from each other."""
    text, edge = frame.canvas.text, 0.0
    shown: list[Slot] = []
    for slot in slots[:: _step(len(slots))]:
        half = text_width(slot.label, text) / 2
        new = not shown or shown[-1].label != slot.label
        if new and _middle(slot, frame) - half >= edge:
            shown.append(slot)
            edge = _middle(slot, frame) + half + 0.8 * text
    return shown


def _middle(slot: Slot, frame: Frame) -> float:
    """Below the slot, moved as far as it takes to stay inside the canvas."""
    half = text_width(slot.label, frame.canvas.text) / 2
    return min(max(frame.x(slot), half), frame.canvas.width - half)


def _step(count: int) -> int:
    """Every sixth hour of a day, every slot of a week, about six labels otherwise."""
    if 20 <= count <= 30:
        return 6
    return 1 if count <= 8 else max(1, round(count / 6))


def label(canvas: Canvas, x: float, y: float, words: str, anchor: str, look: str = "dim") -> Markup:
    """Words in the drawing: dim along the edges, "ink" where they lie on a colour, "bold" for the last value."""
    attrs = {
        "x": x,
        "y": y,
        "font-size": canvas.text * 1.1 if look == "bold" else canvas.text,
        "fill": canvas.theme.dim if look == "dim" else canvas.theme.ink,
        "text-anchor": anchor,
        "font-weight": 600 if look == "bold" else 400,
    }
    return el("text", attrs, words)
