"""The last 24 hours of each station as a strip of cells: the category by height, word and legal colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from dashboard.formulas.ispu import category
from layouts.drawing.canvas import Canvas
from layouts.drawing.ispu_scale import Place, cell, legend
from layouts.drawing.markup import el, join, svg
from layouts.drawing.text_size import text_width

ROW, NAME = 2.7, 1.25
"""Heights of a station and of the line with its name, in text heights."""
WALL_ROW, WALL_NAME, WALL_SAID = 1.3, 0.46, 0.28
"""Across a room all stands on one line: its height, and the shares of the width for the names at most and the index."""
LABEL_EVERY = 6
Strip = Mapping[str, Any]


def strip(strips: Sequence[Strip], canvas: Canvas, room: float | None = None) -> Markup:
    """The SVG, as high as its stations need; with `room` px as many stations as fit, and how many are left."""
    text = canvas.text
    foot, row = 1.15 * text, WALL_ROW if canvas.on_wall else ROW
    shown = list(strips)
    if room is not None:
        fitting = max(1, int((room - foot) / (row * text)))
        shown = shown[:fitting]
    names = _names_width(shown, canvas)
    draw = partial(_on_one_line, left=names) if canvas.on_wall else _station
    parts = [draw(one, place * row * text, canvas) for place, one in enumerate(shown)]
    y = len(shown) * row * text
    parts.append(_hours(shown, y, names, canvas))
    if len(shown) < len(strips):  # on the wall alone, where the names leave room below them
        look = {"x": 0, "y": y + 0.85 * text, "font-size": text, "fill": canvas.theme.dim}
        parts.append(el("text", look, f"+ {len(strips) - len(shown)} lagi"))
    y += foot
    if room is None or room - y > 1.6 * text:
        key, high = legend(canvas, y + 0.3 * text)
        parts.append(key)
        y += high + 0.3 * text
    return svg(canvas.width, y, "ISPU 24 jam terakhir per stasiun", _in_words(strips), *parts)


def _station(one: Strip, y: float, canvas: Canvas) -> Markup:
    """The name and the newest index above the cells."""
    text, said = canvas.text, _said(one)
    name = _fitting(str(one["label"]), canvas.width - text_width(said, text) - text, text)
    band = Place(0, y + NAME * text, canvas.width, (ROW - NAME - 0.25) * text)
    return join(*_named(name, said, y + 0.9 * text, canvas), *_cells(one, band, canvas))


def _names_width(shown: Sequence[Strip], canvas: Canvas) -> float:
    """Px that the names take before the cells of a wall; on a page they stand above them."""
    if not canvas.on_wall:
        return 0.0
    longest = max((text_width(str(one["label"]), canvas.text) for one in shown), default=0.0)
    return min(longest + 0.5 * canvas.text, WALL_NAME * canvas.width)


def _on_one_line(one: Strip, y: float, canvas: Canvas, left: float) -> Markup:
    """Name, cells and the newest index beside each other; a doubt takes the place of the word."""
    text, last = canvas.text, _newest(one)
    doubted = one["mark"] != "lolos"
    said = "–" if last is None else f"{last} {one['mark'] if doubted else category(last).capitalize()}"
    said = _fitting(said, WALL_SAID * canvas.width, text)
    name = _shortest(str(one["label"]), left - 0.4 * text, text)
    right = (1 - WALL_SAID) * canvas.width - 0.4 * text
    band = Place(left, y + 0.15 * text, right - left, (WALL_ROW - 0.3) * text)
    return join(*_named(name, said, y + 1.05 * text, canvas), *_cells(one, band, canvas))


def _newest(one: Strip) -> int | None:
    return next((c["value"] for c in reversed(one["cells"]) if c["value"] is not None), None)


def _said(one: Strip) -> str:
    last = _newest(one)
    newest = "data tidak cukup" if last is None else f"{last} {category(last).capitalize()}"
    return newest if one["mark"] == "lolos" else f"{newest} · {one['mark']}"


def _named(name: str, said: str, y: float, canvas: Canvas) -> list[Markup]:
    look = {"y": y, "font-size": canvas.text, "fill": canvas.theme.ink}
    return [
        el("text", {**look, "x": 0}, name),
        el("text", {**look, "x": canvas.width, "text-anchor": "end", "font-weight": 600}, said),
    ]


def _cells(one: Strip, band: Place, canvas: Canvas) -> list[Markup]:
    cells = list(one["cells"])
    width = band.width / max(1, len(cells))
    return [
        cell(Place(band.x + place * width + 0.5, band.y, width - 1, band.height), c["value"],
             f"{one['label']} {c['x']}.00 WIB: {_words(c['value'])}", canvas.theme)
        for place, c in enumerate(cells)
    ]  # fmt: skip


def _fitting(name: str, width: float, text: float) -> str:
    while len(name) > 4 and text_width(name, text) > width:
        name = name[:-2].rstrip() + "…"
    return name


def _shortest(name: str, width: float, text: float) -> str:
    """Across a room nothing is cut: the first words of a name give way, for its last ones tell stations apart."""
    words = name.split(" ")
    while len(words) > 1 and text_width(" ".join(words), text) > width:
        words = words[1:]
    return _fitting(" ".join(words), width, text)


def _words(index: int | None) -> str:
    return "tidak diketahui" if index is None else f"ISPU {index} {category(index).capitalize()}"


def _hours(shown: Sequence[Strip], y: float, left: float, canvas: Canvas) -> Markup:
    """Every sixth hour below its cell, and the newest."""
    cells = list(shown[0]["cells"]) if shown else []
    right = (1 - WALL_SAID) * canvas.width - 0.4 * canvas.text if canvas.on_wall else canvas.width
    width = (right - left) / max(1, len(cells))
    every = 2 * LABEL_EVERY if canvas.on_wall else LABEL_EVERY
    parts = []
    for place in range(len(cells) - 1, -1, -every):
        words = f"{cells[place]['x']}.00"
        half = text_width(words, canvas.text) / 2
        middle = min(max(left + (place + 0.5) * width, half), canvas.width - half)
        look = {"x": middle, "y": y + 0.85 * canvas.text, "font-size": canvas.text, "fill": canvas.theme.dim}
        parts.append(el("text", {**look, "text-anchor": "middle"}, words))
    return join(*parts)


def _in_words(strips: Sequence[Strip]) -> str:
    newest = ((s["label"], next((c["value"] for c in reversed(s["cells"]) if c["value"] is not None), None))
              for s in strips)  # fmt: skip
    return "; ".join(f"{label}: {_words(value)}" for label, value in newest)
