"""The next 24 hours of all kecamatan as a table; across a room the figure alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.status_icon import status_icon
from layouts.format import number, plain
from layouts.panels import tile
from layouts.panels.figure import figure, missing, staleness, state
from layouts.panels.frame import foot, head, section

HEADINGS = ("Kecamatan", "Cuaca terberat", "Hujan (mm)", "Angin (km/jam)", "Suhu (°C)", "Lembap (%)", "Pandang (km)")


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel: a line for every kecamatan, a shape where heavy rain or thunder is foretold."""
    if canvas.on_wall:
        return tile.draw(reading, canvas)
    rows: Sequence[Mapping[str, Any]] = reading.detail.get("weather") or []
    parts = (figure(reading), missing(reading, canvas), state(reading), staleness(reading, canvas))
    listed = _table(rows) if rows and reading.value is not None else None
    return section("weather_table", reading, head(reading, canvas), *parts, listed, foot(reading, canvas))


def _table(rows: Sequence[Mapping[str, Any]]) -> Markup:
    top = el("tr", {}, *(el("th", {"scope": "col", "class": "number" if n > 1 else None}, h)
                         for n, h in enumerate(HEADINGS)))  # fmt: skip
    return el(
        "div", {"class": "table-scroll list"},
        el("table", {"class": "answer"}, el("thead", {}, top), el("tbody", {}, *(_row(row) for row in rows))),
    )  # fmt: skip


def _row(row: Mapping[str, Any]) -> Markup:
    heavy = status_icon(Status.WASPADA) if row.get("heavy") else None
    wind = plain(row.get("wind")) + (f" {row['wind_from']}" if row.get("wind_from") else "")
    cells = (
        _millimetres(row.get("rain")), wind, f"{plain(row.get('coolest'))}–{plain(row.get('warmest'))}",
        plain(row.get("humidity")), _kilometres(row.get("visibility_m")),
    )  # fmt: skip
    return el(
        "tr", {},
        el("th", {"scope": "row"}, str(row["label"])),
        el("td", {"class": "weather-word"}, heavy, f" {row['weather']}" if heavy else str(row["weather"])),
        *(el("td", {"class": "number"}, cell) for cell in cells),
    )  # fmt: skip


def _millimetres(value: Any) -> str:
    """Millimetres with one decimal: 0,0 is a dry day, a dash one of which nothing is known."""
    return plain(None) if value is None else number(Decimal(str(value)), 1)


def _kilometres(metres: Any) -> str:
    return plain(None) if metres is None else number(int(metres) // 1000)
