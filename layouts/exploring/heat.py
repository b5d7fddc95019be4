"""A heat map of an answer: rows × columns in five steps of one hue, hatched grey where nothing is known."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, svg
from layouts.drawing.text_size import text_width
from layouts.drawing.tile_map import step_of
from layouts.exploring.cells import exact, shown
from layouts.exploring.columns import one

CELL_RATIO, HIGHEST_CELL = 0.82, 2.2
"""Height of a cell over its width, and at most so many heights of the text."""


def heat(asked: Asked, canvas: Canvas) -> Markup:
    """The SVG, as high as its rows need; every cell says its value to the pointer and to a screen reader."""
    answer = asked.answer
    x, y, value = one(answer, "x"), one(answer, "y"), one(answer, "value")
    across = list(dict.fromkeys(str(row[x.key]) for row in answer.rows))
    down = list(dict.fromkeys(str(row[y.key]) for row in answer.rows))
    cells = {(str(row[x.key]), str(row[y.key])): row.get(value.key) for row in answer.rows}
    top = max((float(exact(c)) for c in cells.values() if c is not None), default=0.0)
    left = max(text_width(name, canvas.text) for name in down) + 0.6 * canvas.text
    width = (canvas.width - left) / len(across)
    height = min(max(width * CELL_RATIO, 1.5 * canvas.text), HIGHEST_CELL * canvas.text)
    parts: list[Markup | None] = []
    for row, name in enumerate(down):
        parts.append(_label(canvas, 0, row * height + height / 2, name, "start"))
        for column, at in enumerate(across):
            cell = cells.get((at, name))
            said = f"{name} {at}: {shown(cell, value, asked.at)} {value.unit}".rstrip()
            step = None if cell is None else step_of(float(exact(cell)), top)
            fill = canvas.theme.band if step is None else canvas.theme.steps[step]
            place = {"x": left + column * width + 1, "y": row * height + 1, "width": width - 2, "height": height - 2}
            parts.append(el("rect", {**place, "fill": fill, "rx": 2}, el("title", {}, said)))
            if step is not None and value.decimals == 0:
                parts.append(_number(canvas, place, shown(cell, value, asked.at), canvas.theme.on_steps[step]))
    every = 1 if max(text_width(name, canvas.text) for name in across) * 1.2 < width else 3
    edge = 0.0
    for column, at in enumerate(across):
        half = text_width(at, canvas.text) / 2
        inside = min(left + column * width + width / 2, canvas.width - half)
        if column % every == 0 and inside - half >= edge:
            edge = inside + half
            parts.append(_label(canvas, inside, len(down) * height + 0.8 * canvas.text, at, "middle"))
    total = len(down) * height + 1.5 * canvas.text
    peak = f"Tertinggi {shown(exact(top) if top else None, value, asked.at)} {value.unit}."
    return svg(canvas.width, total, asked.question.title, peak, *parts)


def _number(canvas: Canvas, place: dict[str, float], words: str, ink: str) -> Markup | None:
    """A whole number in its cell, where it fits: counts and people are read, not guessed from a tone."""
    if text_width(words, canvas.text) > place["width"] - 2:
        return None
    middle = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] / 2 + 0.35 * canvas.text}
    look = {**middle, "font-size": canvas.text, "fill": ink, "text-anchor": "middle", "pointer-events": "none"}
    return el("text", look, words)


def _label(canvas: Canvas, x: float, y: float, words: str, anchor: str) -> Markup:
    look = {"x": x, "y": y + 0.35 * canvas.text, "font-size": canvas.text, "fill": canvas.theme.dim}
    return el("text", {**look, "text-anchor": anchor}, words)
