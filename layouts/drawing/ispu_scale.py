"""The five categories of ISPU as the law colours them: always small, with a shape or a word, and a light edge."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.formulas.ispu import Category, category
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, svg
from layouts.drawing.text_size import text_width
from layouts.theme import SCREEN, Theme

LEGAL = {
    Category.GOOD: "#00cc00", Category.MODERATE: "#0000cc", Category.UNHEALTHY: "#cccc00",
    Category.VERY_UNHEALTHY: "#cc0000", Category.HAZARDOUS: "#000000",
}  # fmt: skip
"""Hijau, biru, kuning, merah, hitam (P.14/2020), in the tones of the ministry's own pages."""
LAWFUL = "legal"
"""Marks what bears a colour that is no token of the theme, for whatever must take it away (lost.css)."""
STEP = {word: place for place, word in enumerate(Category, start=1)}
"""How high a cell is filled, in fifths: the category without its colour."""
SIZE = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands, in px."""

    x: float
    y: float
    width: float
    height: float


def cell(at: Place, index: int | None, said: str, theme: Theme = SCREEN) -> Markup:
    """A cell filled from below by its category, in the legal colour; only an edge where nothing is known."""
    frame = {"x": at.x, "y": at.y, "width": at.width, "height": at.height, "rx": 1.5}
    if index is None:
        unknown = {**frame, "fill": "none", "stroke": theme.line, "stroke-dasharray": "2 2"}
        return el("rect", unknown, el("title", {}, said))
    word = category(index)
    high = at.height * STEP[word] / len(STEP)
    fill = {"x": at.x, "y": at.y + at.height - high, "width": at.width, "height": high, "rx": 1.5}
    return el(
        "g", {}, el("title", {}, said),
        el("rect", {**frame, "fill": theme.hatch, "fill-opacity": 0.55}),
        el("rect", {**fill, "class": LAWFUL, "fill": LEGAL[word], "stroke": theme.dim, "stroke-width": 0.8}),
    )  # fmt: skip


def swatch(word: Category, theme: Theme = SCREEN) -> Markup:
    """A small square in the legal colour with a light edge, filled as its cells are; the word stands beside it."""
    high = (SIZE - 4) * STEP[word] / len(STEP)
    frame = {"x": 2, "y": 2, "width": SIZE - 4, "height": SIZE - 4, "rx": 2, "stroke": theme.dim, "stroke-width": 1.6}
    drawn = join(
        el("rect", {**frame, "fill": theme.hatch}),
        el("rect", {"x": 2, "y": SIZE - 2 - high, "width": SIZE - 4, "height": high, "class": LAWFUL,
                    "fill": LEGAL[word], "stroke": theme.dim, "stroke-width": 1}),
    )  # fmt: skip
    return el("span", {"class": "icon swatch"}, svg(SIZE, SIZE, f"ISPU {word}", "", drawn))


def legend(canvas: Canvas, y: float) -> tuple[Markup, float]:
    """Swatch and word of each category, on as many lines as the width needs; the px they take from `y` on."""
    text, x, line = canvas.text, 0.0, 0
    parts = []
    for word in Category:
        name = word.capitalize()
        needed = 1.5 * text + text_width(name, text)
        if x and x + needed > canvas.width:
            x, line = 0.0, line + 1
        top = y + line * 1.5 * text
        parts.append(cell(Place(x, top, 1.1 * text, 1.1 * text), _example(word), name, canvas.theme))
        look = {"x": x + 1.45 * text, "y": top + 0.9 * text, "font-size": text, "fill": canvas.theme.dim}
        parts.append(el("text", look, name))
        x += needed + 1.2 * text
    return join(*parts), (line + 1) * 1.5 * text


def _example(word: Category) -> int:
    return {1: 25, 2: 75, 3: 150, 4: 250, 5: 400}[STEP[word]]
