"""How much of a wall cell is left for the graphic. panel.css sets the same sizes in minutes of arc."""

from __future__ import annotations

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import CAP_HEIGHT, Canvas
from layouts.drawing.status_icon import FRESH_WORDS
from layouts.drawing.text_size import lines_of, text_width
from layouts.panels.figure import is_degraded, is_judged, missing_words, since_words, status_word, target_words
from layouts.panels.frame import foot_lines

LINE = 1.08
STATUS_LINE = 1.04
MIXED_LINE = 1.18
"""Of a line on which a status word and smaller text share a baseline."""
STATUS_ARCMIN = 20
FIGURE_ARCMIN = 46
FIGURE_LINE = 0.8
BELOW_FIGURE_AM = 5
ICON_EM = 1.15
GAP_AM = 1
"""Between the parts of a panel."""


def status_size(canvas: Canvas) -> float:
    """Font size of a status word in px."""
    return STATUS_ARCMIN * canvas.am / CAP_HEIGHT


def title_height(reading: Reading, canvas: Canvas) -> float:
    """Px of the title; the shape of a raised status stands beside it while the freshness has taken its place."""
    shape = 1.6 * canvas.text if is_degraded(reading) and reading.status is not Status.NORMAL else 0
    return lines_of(reading.indicator.title, canvas.text, canvas.width - shape) * LINE * canvas.text


def state_height(reading: Reading, canvas: Canvas) -> float:
    """Px of the status; of the freshness and its moment when the data are not fresh."""
    size = status_size(canvas)
    if is_degraded(reading):
        if since_beside(reading, canvas):
            return MIXED_LINE * size
        return LINE * (size + canvas.text * lines_of(since_words(reading, canvas), canvas.text, canvas.width))
    if not is_judged(reading):
        return 0
    return STATUS_LINE * size * lines_of(status_word(reading), size, canvas.width - ICON_EM * size)


def since_beside(reading: Reading, canvas: Canvas) -> bool:
    """Whether the moment fits beside the longest word of freshness."""
    word = text_width(FRESH_WORDS[FreshState.LATE], status_size(canvas)) + (ICON_EM + 0.5) * status_size(canvas)
    return word + text_width(since_words(reading, canvas), canvas.text) <= canvas.width


def foot_height(reading: Reading, canvas: Canvas) -> float:
    """Px of the footer."""
    return foot_lines(reading, canvas) * LINE * canvas.text


def figure_height(canvas: Canvas) -> float:
    """Px of the key figure and of the comma that hangs below it."""
    return (FIGURE_LINE * FIGURE_ARCMIN / CAP_HEIGHT + BELOW_FIGURE_AM) * canvas.am


def below_figure(reading: Reading, canvas: Canvas) -> float:
    """Px that title, figure, status and footer leave to the rest of the panel."""
    parts = [title_height(reading, canvas), state_height(reading, canvas), foot_height(reading, canvas)]
    if reading.value is None:
        lines = lines_of(missing_words(reading, canvas), canvas.text, canvas.width)
        parts.append(lines * LINE * canvas.text)
    else:
        parts.append(figure_height(canvas))
    return canvas.height - sum(parts) - GAP_AM * canvas.am * len(parts)


def moment_fits(reading: Reading, canvas: Canvas) -> bool:
    """Whether the moment since when the data are late has room; across a room the word alone must do otherwise."""
    return not canvas.on_wall or below_figure(reading, canvas) >= 0


def target_fits(reading: Reading, canvas: Canvas, left: float) -> bool:
    """Whether the sentence about the target has room in `left` px."""
    words = target_words(reading)
    return not words or lines_of(words, canvas.text, canvas.width) * LINE * canvas.text <= left
