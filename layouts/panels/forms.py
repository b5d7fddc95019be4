"""The forms a panel can take, by name."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.panels import (
    bullet_panel,
    headline,
    source_health,
    table_panel,
    tile,
    tile_map_panel,
    trend_panel,
    warnings_panel,
)

Draw = Callable[[Reading, Canvas], Markup]

FORMS: dict[str, Draw] = {
    "tile": tile.draw,
    "trend": trend_panel.draw,
    "bullet": bullet_panel.draw,
    "table": table_panel.draw,
    "tile_map": tile_map_panel.draw,
    "warnings": warnings_panel.draw,
    "source_health": source_health.draw,
    "headline": headline.draw,
}
