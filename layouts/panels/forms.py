"""The forms a panel can take, by name."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.panels import (
    alarms,
    bullet_panel,
    counts,
    headline,
    region_map_panel,
    river_panel,
    service_board,
    source_health,
    state_panel,
    strip_panel,
    table_panel,
    tile,
    tile_map_panel,
    trend_panel,
    warnings_panel,
    weather_table,
)

Draw = Callable[[Reading, Canvas], Markup]

FORMS: dict[str, Draw] = {
    "tile": tile.draw,
    "trend": trend_panel.draw,
    "bullet": bullet_panel.draw,
    "table": table_panel.draw,
    "tile_map": tile_map_panel.draw,
    "region_map": region_map_panel.draw,
    "river": river_panel.draw,
    "weather_table": weather_table.draw,
    "warnings": warnings_panel.draw,
    "source_health": source_health.draw,
    "state": state_panel.draw,
    "strip": strip_panel.draw,
    "service_board": service_board.draw,
    "counts": counts.draw,
    "headline": headline.draw,
    "alarms": alarms.draw,
}
