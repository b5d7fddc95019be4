"""What stands where a panel could not be drawn: the others go on, and nobody takes an old picture for a new one."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.panels.frame import head, section

WORDS = "Panel ini gagal digambar; sudah dicatat untuk Diskominfo."


def draw(form: str, reading: Reading, canvas: Canvas) -> Markup:
    """A frame with the title and one sentence."""
    unknown = replace(reading, status=Status.UNKNOWN, detail={})
    return section(form, unknown, head(unknown, canvas), el("p", {"class": "missing"}, WORDS))
