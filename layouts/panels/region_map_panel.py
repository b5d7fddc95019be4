"""The kecamatan in their real shapes where borders are configured, as tiles where not and across a room."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import PAGE, Canvas
from layouts.drawing.markup import el
from layouts.drawing.outlines import Outlines
from layouts.drawing.region_map import INDICATIVE, region_map
from layouts.panels import tile_map_panel
from layouts.panels.action import action
from layouts.panels.figure import figure, missing, staleness, state
from layouts.panels.frame import foot, head, section

WIDEST = 520


def on(outlines: Outlines | None) -> Callable[[Reading, Canvas], Markup]:
    """The form on these borders. Without any, and on a wall whose letters are too large for them, the tile map."""

    def draw(reading: Reading, canvas: Canvas) -> Markup:
        if outlines is None or canvas.on_wall:
            return tile_map_panel.draw(reading, canvas)
        credit = el("p", {"class": "where"}, f"{INDICATIVE} · {outlines.attribution}")
        parts = (figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas), action(reading))
        return section(
            "region_map",
            reading,
            head(reading, canvas),
            *parts,
            *_drawn(reading, outlines, canvas),
            credit,
            foot(reading, canvas),
        )

    return draw


def _drawn(reading: Reading, outlines: Outlines, canvas: Canvas) -> list[Markup]:
    """On a wide panel twice: letters made for it would shrink on a phone."""
    narrow = region_map(reading, outlines, PAGE)
    if canvas.width <= WIDEST:
        return [el("div", {"class": "graphic map"}, narrow)]
    wide = region_map(reading, outlines, canvas.sized(WIDEST, 0))
    return [el("div", {"class": "graphic region when-wide"}, wide), el("div", {"class": "graphic when-narrow"}, narrow)]


draw = on(None)
"""Before anybody has configured borders."""
