"""The 18 kecamatan as equal tiles that keep their neighbours: five steps of one hue, hatched where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from datasources.region import Kecamatan, kecamatan
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, svg
from layouts.drawing.text_size import text_width
from layouts.format import plain

COLUMNS, ROWS = 5, 6
PAGE_RATIO = 0.78
"""Height over width of the map on a page: tall enough for a name and a value in every tile."""
LOWEST = 0.71
"""A tile this many text heights tall still holds capitals (0.698) without touching its edge."""
NOTHING_KNOWN = "Belum ada kecamatan yang mempunyai nilai."
KOTA = (2, 1)
"""Kota Mojokerto, another entity in our midst: a dashed tile without a value."""
LEGIBLE_VALUE = 2.15
"""A tile this many text heights tall holds the name and the value below it."""


def tile_map(reading: Reading, canvas: Canvas) -> Markup:
    """The SVG of detail["kecamatan"] = {code: number or null}; a code that is absent is missing, not zero."""
    detail, indicator = reading.detail, reading.indicator
    least = float(indicator.scale[1]) if indicator.scale else 0.0
    numbers, words = detail.get("kecamatan") or {}, detail.get("kecamatan_words")
    return tiles_of(indicator.title, indicator.unit, numbers, canvas, least, words)


def tiles_of(
    title: str,
    unit: str,
    numbers: Mapping[str, Any],
    canvas: Canvas,
    least_top: float = 0.0,
    words: Mapping[str, str] | None = None,
) -> Markup:
    """The SVG of numbers by kecamatan code; `words` stand in place of the numbers where they are given. The darkest
    step stands for the highest value, and for no less than `least_top`: one case against none is no contrast.
    """
    values = known_values(numbers)
    highest = max((v for v in values.values() if v is not None), default=None)
    top = None if highest is None else max(highest, least_top)
    known = sum(value is not None for value in values.values())
    return svg(
        canvas.width,
        canvas.height,
        f"{title}: peta petak 18 kecamatan",
        f"{known} dari 18 kecamatan mempunyai nilai; tertinggi {plain(highest)} {unit}." if known else NOTHING_KNOWN,
        *(_tile(one, values[one.code], top, canvas, words) for one in kecamatan()),
        _kota(canvas),
    )


def known_values(raw: Mapping[str, Any]) -> dict[str, float | None]:
    """Finite numbers of all 18 kecamatan; None for one that is missing."""
    found = {one.code: raw.get(one.code) for one in kecamatan()}
    return {code: float(v) if v is not None and math.isfinite(float(v)) else None for code, v in found.items()}


def step_of(value: float, top: float) -> int:
    """Which of the five steps, 0 to 4, on a scale from zero to the highest value; zero itself is the lowest."""
    if value <= 0 or top <= 0:
        return 0
    return min(4, math.ceil(5 * value / top) - 1)


def _box(row: int, column: int, canvas: Canvas) -> tuple[float, float, float, float]:
    """Left, top, width, height of a tile in px."""
    gap = max(2.0, 0.007 * canvas.width)
    width, height = (canvas.width + gap) / COLUMNS, (canvas.height + gap) / ROWS
    return column * width, row * height, width - gap, height - gap


def has_names(canvas: Canvas) -> bool:
    """Whether the tiles are tall enough for letters."""
    return _box(0, 0, canvas)[3] >= LOWEST * canvas.text


def _tile(
    one: Kecamatan, value: float | None, top: float | None, canvas: Canvas, words: Mapping[str, str] | None
) -> Markup:
    box = _box(one.tile_row, one.tile_column, canvas)
    theme, missing = canvas.theme, value is None or top is None
    step = 0 if value is None or top is None else step_of(value, top)
    fill, ink = (theme.panel, theme.dim) if missing else (theme.steps[step], theme.on_steps[step])
    told = plain(value) if words is None or missing else words.get(one.code, "")
    said = "tidak ada data" if missing else told or plain(value)
    return el(
        "g",
        {"data-kecamatan": one.code, "data-missing": missing},
        el("title", {}, f"{one.name}: {said}"),
        _rect(box, {"fill": fill, "stroke": theme.line, "stroke-width": max(1.0, canvas.stroke / 3)}),
        _hatch(box, canvas) if missing else None,
        _names(one, told, box, canvas, ink),
    )


def _rect(box: tuple[float, float, float, float], look: Mapping[str, object]) -> Markup:
    x, y, width, height = box
    size = {"x": x, "y": y, "width": width, "height": height, "rx": min(6.0, height * 0.1)}
    return el("rect", {**size, **look})


def _names(
    one: Kecamatan, said: str, box: tuple[float, float, float, float], canvas: Canvas, ink: str
) -> Markup | None:
    """The full name where it fits, else the three letters; the value below when there is room. Never smaller text:
    a tile too low for it keeps its colour and its title only.
    """
    x, y, width, height = box
    text = canvas.text
    name = one.name if text_width(one.name, text) < width - 0.4 * text else one.short
    middle = {"x": x + width / 2, "text-anchor": "middle", "fill": ink}
    if height < LEGIBLE_VALUE * text or not said:
        if not has_names(canvas):
            return None
        return el("text", {**middle, "y": y + height / 2 + 0.35 * text, "font-size": text}, name)
    upper = el("text", {**middle, "y": y + height / 2 - 0.2 * text, "font-size": text}, name)
    size = 1.1 * text if text_width(said, 1.1 * text) < width - 0.4 * text else text
    below = {**middle, "y": y + height / 2 + 0.95 * text, "font-size": size, "font-weight": 600}
    return join(upper, el("text", below, said))


def _hatch(box: tuple[float, float, float, float], canvas: Canvas) -> Markup:
    """Diagonals cut to the tile by arithmetic: a pattern would need an id that is unique on the page."""
    x, y, width, height = box
    lines = []
    for place in range(1, int((width + height) / (0.75 * height)) + 1):
        reach = place * 0.75 * height
        start = (x + min(reach, width), y + max(0.0, reach - width))
        end = (x + max(0.0, reach - height), y + min(reach, height))
        lines.append(f"M{start[0]:.1f},{start[1]:.1f} L{end[0]:.1f},{end[1]:.1f}")
    look = {"stroke": canvas.theme.hatch, "stroke-width": max(1.0, canvas.stroke / 2), "fill": "none"}
    return el("path", {"d": " ".join(lines), **look})


def _kota(canvas: Canvas) -> Markup:
    box = _box(*KOTA, canvas)
    x, y, width, height = box
    dashes = {"stroke": canvas.theme.stale, "stroke-dasharray": f"{2.5 * canvas.stroke:.1f} {2 * canvas.stroke:.1f}"}
    named = el("text", {"x": x + width / 2, "y": y + height / 2 + 0.35 * canvas.text, "text-anchor": "middle",
                        "font-size": canvas.text, "fill": canvas.theme.dim}, "Kota")  # fmt: skip
    return el(
        "g",
        {"data-kota": True},
        el("title", {}, "Kota Mojokerto: entitas lain, bukan wilayah kabupaten"),
        _rect(box, {"fill": "none", "stroke-width": max(1.0, canvas.stroke / 2), **dashes}),
        named if height >= 0.95 * canvas.text else None,
    )
