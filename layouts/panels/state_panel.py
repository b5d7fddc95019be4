"""One word for the whole service, large; below it why, and on a page the rule by which it is said."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import CAP_HEIGHT, Canvas
from layouts.drawing.markup import el
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of
from layouts.panels.figure import is_degraded, missing, staleness, status_word
from layouts.panels.frame import foot, head, section
from layouts.panels.room import GAP_AM, ICON_EM, LINE, foot_height, state_height, title_height

VERDICT_ARCMIN = 28
"""Cap height of the word across a room; panel.css says the same."""


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a word; what nobody can tell is a reason, as everywhere."""
    word, why, rule = None, None, None
    if reading.value is not None:
        word = el("p", {"class": "verdict"}, status_icon(reading.status), el("span", {}, status_word(reading)))
        why = _why(reading, canvas)
    if not canvas.on_wall and reading.indicator.basis:
        rule = el("details", {"class": "rule"}, el("summary", {}, "Aturannya"), el("p", {}, reading.indicator.basis))
    late = staleness(reading, canvas, dated=not canvas.on_wall or _left(reading, canvas) >= 0)
    parts = (word, missing(reading, canvas), late, why, rule)
    return section("state", reading, head(reading, canvas), *parts, foot(reading, canvas))


def _why(reading: Reading, canvas: Canvas) -> Markup | None:
    """The hours behind the word; across a room only where they fit."""
    words = str(reading.detail.get("why") or "")
    if not words or (canvas.on_wall and lines_of(words, canvas.text, canvas.width) > _lines_left(reading, canvas)):
        return None
    return el("p", {"class": "target"}, words)


def _lines_left(reading: Reading, canvas: Canvas) -> int:
    return int(_left(reading, canvas) / (LINE * canvas.text))


def _left(reading: Reading, canvas: Canvas) -> float:
    """Px that title, word, freshness with its moment, and footer leave."""
    size = VERDICT_ARCMIN * canvas.am / CAP_HEIGHT
    verdict = lines_of(status_word(reading), size, canvas.width - ICON_EM * size) * LINE * size
    late = state_height(reading, canvas) if is_degraded(reading) else 0
    taken = title_height(reading, canvas) + verdict + late + foot_height(reading, canvas) + 5 * GAP_AM * canvas.am
    return canvas.height - taken
