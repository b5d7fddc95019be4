"""The 18 kecamatan in their real shapes: five steps of one hue, hatched where nothing is known, warnings over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from datasources.region import Kecamatan, kecamatan
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, svg
from layouts.drawing.outlines import Outlines
from layouts.drawing.rows import status_named
from layouts.drawing.status_icon import status_colour
from layouts.drawing.text_size import text_width
from layouts.drawing.tile_map import known_values, step_of
from layouts.format import plain

KOTA = (-7.4722, 112.4336)
"""Kota Mojokerto: another entity, a hole in our midst."""
INDICATIVE = "batas indikatif"


def region_map(reading: Reading, outlines: Outlines, canvas: Canvas) -> Markup:
    """The SVG of detail["kecamatan"]; canvas.width wide and as high as the kabupaten then is. detail["polygons"] are
    drawn over it as BMKG drew them.
    """
    values = known_values(reading.detail.get("kecamatan") or {})
    words = reading.detail.get("kecamatan_words")
    top = max((value for value in values.values() if value is not None), default=None)
    size = canvas.sized(canvas.width, canvas.width * outlines.height)
    known = sum(value is not None for value in values.values())
    return svg(
        size.width,
        size.height,
        f"{reading.indicator.title}: peta 18 kecamatan, {INDICATIVE}",
        f"{known} dari 18 kecamatan mempunyai nilai.",
        *(_area(one, values[one.code], top, outlines, size) for one in kecamatan()),
        _warnings(reading.detail.get("polygons") or (), outlines, size),
        *(_label(one, _said(one, values, words), values[one.code], top, outlines, size) for one in kecamatan()),
        _kota(outlines, size),
    )


def _said(one: Kecamatan, values: Mapping[str, float | None], words: Mapping[str, str] | None) -> str:
    if words is not None:
        return words.get(one.code, "")
    return plain(values[one.code])


def _area(one: Kecamatan, value: float | None, top: float | None, outlines: Outlines, canvas: Canvas) -> Markup:
    theme, missing = canvas.theme, value is None or top is None
    fill = theme.band if value is None or top is None else theme.steps[step_of(value, top)]
    path = "".join(_path(ring, canvas) for ring in outlines.rings[one.code])
    look = {"d": path, "fill": fill, "fill-rule": "evenodd", "stroke": theme.dim, "stroke-width": 1.0,
            "stroke-dasharray": "3 3" if missing else None, "stroke-linejoin": "round"}  # fmt: skip
    said = "tidak ada data" if missing else plain(value)
    return el("g", {"data-kecamatan": one.code, "data-missing": missing}, el("title", {}, f"{one.name}: {said}"),
              el("path", look))  # fmt: skip


def _path(ring: Sequence[tuple[float, float]], canvas: Canvas) -> str:
    points = (f"{x * canvas.width:.1f},{y * canvas.width:.1f}" for x, y in ring)
    return "M" + "L".join(points) + "Z"


def _warnings(polygons: Sequence[Mapping[str, Any]], outlines: Outlines, canvas: Canvas) -> Markup:
    """Lines without a fill, so that values stay legible below them."""
    parts = []
    for polygon in polygons:
        corners = [tuple(float(n) for n in pair.split(",")) for pair in str(polygon["ring"]).split()]
        ring = [outlines.place(lat, lon) for lat, lon in corners]
        colour = status_colour(status_named(polygon.get("status")) or Status.WASPADA, canvas.theme)
        look = {"d": _path(ring, canvas), "fill": colour, "fill-opacity": "0.12", "stroke": colour,
                "stroke-width": canvas.stroke, "stroke-linejoin": "round"}  # fmt: skip
        parts.append(el("path", look))
    return el("g", {"data-warnings": len(parts)}, el("title", {}, "Poligon peringatan BMKG"), *parts)


def _label(
    one: Kecamatan, said: str, value: float | None, top: float | None, outlines: Outlines, canvas: Canvas
) -> Markup:
    """Name over value in the middle; three letters where the name would reach into its neighbours."""
    x, y = (part * canvas.width for part in outlines.place(one.lat, one.lon))
    room = (one.area_km2**0.5) / 111 / outlines.degrees * canvas.width
    name = one.name if text_width(one.name, canvas.text) < 0.8 * room else one.short
    ink = canvas.theme.ink if value is None or top is None else canvas.theme.on_steps[step_of(value, top)]
    look = {"x": x, "text-anchor": "middle", "font-size": canvas.text, "fill": ink}
    below = el("text", {**look, "y": y + 1.0 * canvas.text, "font-weight": 600}, said) if said else None
    return join(el("text", {**look, "y": y + (0.0 if said else 0.35) * canvas.text}, name), below)


def _kota(outlines: Outlines, canvas: Canvas) -> Markup:
    x, y = (part * canvas.width for part in outlines.place(*KOTA))
    look = {"x": x, "y": y + 0.35 * canvas.text, "text-anchor": "middle", "font-size": canvas.text}
    return el("text", {**look, "fill": canvas.theme.dim}, "Kota")
