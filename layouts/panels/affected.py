"""Which kecamatan a warning covers, in words that fit: never fewer than it covers, and never only their number."""

from __future__ import annotations

from collections.abc import Sequence

from datasources.region import by_code, kecamatan
from layouts.drawing.canvas import Canvas
from layouts.drawing.text_size import text_width

ALL = "seluruh kecamatan"


def affected(codes: Sequence[str], canvas: Canvas, room: float) -> str:
    """Full names on a page. Across a room the fullest of: names, all but a few, three letters each, all but those."""
    ours = [by_code()[code] for code in codes if code in by_code()]
    if len(ours) == len(kecamatan()):
        return ALL
    names = ", ".join(one.name for one in ours)
    if not canvas.on_wall:
        return names
    others = [one for one in kecamatan() if one not in ours]
    short = " ".join(one.short for one in ours)
    most = len(ours) > len(others)
    but, but_short = (f"semua kecuali {', '.join(o.name for o in others)}",
                      f"semua kecuali {' '.join(o.short for o in others)}")  # fmt: skip
    said = [names, but, but_short] if most else [names, short]
    return next((words for words in said if text_width(words, canvas.text) <= room), said[-1])
