"""Wall panels without a key figure: the status stands beside the title, or below it where that is too long."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.text_size import text_width
from layouts.panels.figure import is_degraded, is_judged, staleness, state, status_word
from layouts.panels.frame import head
from layouts.panels.room import GAP_AM, ICON_EM, MIXED_LINE, foot_height, state_height, status_size, title_height


def heading(reading: Reading, canvas: Canvas) -> list[Markup | None]:
    """Title with the status beside it when both fit on a line, else one below the other; freshness below."""
    if not is_judged(reading):
        return [head(reading, canvas), staleness(reading, canvas)]
    if _beside(reading, canvas):
        return [head(reading, canvas, state(reading)), staleness(reading, canvas)]
    return [head(reading, canvas), state(reading), staleness(reading, canvas)]


def _beside(reading: Reading, canvas: Canvas) -> bool:
    size = status_size(canvas)
    needed = text_width(status_word(reading), size) + (ICON_EM + 0.3) * size
    return needed + text_width(reading.indicator.title, canvas.text) <= canvas.width and not is_degraded(reading)


def rest_height(reading: Reading, canvas: Canvas) -> float:
    """Px between heading and footer."""
    if _beside(reading, canvas) and is_judged(reading):
        top = MIXED_LINE * status_size(canvas)
        return canvas.height - top - foot_height(reading, canvas) - 2 * GAP_AM * canvas.am
    top = title_height(reading, canvas) + state_height(reading, canvas)
    return canvas.height - top - foot_height(reading, canvas) - 3 * GAP_AM * canvas.am
