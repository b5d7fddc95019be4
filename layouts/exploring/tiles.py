"""An answer by kecamatan as tiles."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from layouts.drawing.canvas import Canvas
from layouts.drawing.tile_map import PAGE_RATIO, tiles_of
from layouts.exploring.cells import exact
from layouts.exploring.columns import one


def tiles(asked: Asked, canvas: Canvas) -> Markup:
    """The SVG of the column "value" by the column "code"."""
    code, value = one(asked.answer, "code"), one(asked.answer, "value")
    values = {row[code.key]: row.get(value.key) for row in asked.answer.rows}
    numbers = {key: None if cell is None else float(exact(cell)) for key, cell in values.items()}
    width = min(canvas.width, 560.0)
    return tiles_of(asked.question.title, value.unit, numbers, canvas.sized(width, width * PAGE_RATIO))
