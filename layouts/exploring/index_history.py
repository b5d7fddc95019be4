"""Indices over the years, one line for each instrument on its own predicates; between instruments the line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from dashboard.exploring.asking import Asked
from dashboard.exploring.question import Column
from dashboard.exploring.spbe.published import title_of
from datasources.spbe.instrument_files import instruments
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el, join, path, svg
from layouts.drawing.text_size import text_width
from layouts.exploring.cells import exact
from layouts.exploring.columns import one
from layouts.format import number

TOP, BOTTOM, LEFT, RIGHT = 34.0, 26.0, 26.0, 108.0
LOW, HIGH = 1.0, 5.0
GAP = 0.75
"""Width of a break, in columns of a year."""
CHANGED = "instrumen berganti"


@dataclass(frozen=True, slots=True)
class Spot:
    """One result and where its column stands; y of None: that year has no index."""

    year: int
    instrument: str
    at: float
    index: Decimal | None
    predicate: str


def index_history(asked: Asked, canvas: Canvas) -> Markup:
    """The SVG."""
    spots = list(_spots(asked))
    runs = _runs(spots)
    columns = spots[-1].at + 1
    width = (canvas.width - LEFT - RIGHT) / columns
    drawn = [_run(run, width, canvas) for run in runs]
    cuts = [_cut((a[-1].at + b[0].at) / 2, width, canvas) for a, b in pairwise(runs)]
    said = "; ".join(f"{s.year} {number(s.index, 2)} {s.predicate}" for s in spots)
    return svg(canvas.width, canvas.height, asked.question.title, said, *drawn, *cuts)


def _spots(asked: Asked) -> Iterator[Spot]:
    """Each row in its column; a year without a result keeps an empty column."""
    answer = asked.answer
    year, group, index = one(answer, "x"), one(answer, "group"), one(answer, "y")
    word = one(answer, "label")
    at, before = 0.0, None
    for row in answer.rows:
        here = int(row[year.key])
        if before is not None:
            changed = before.instrument != row[group.key]
            at += max(1, here - before.year) + (GAP if changed else 0)
        before = Spot(here, str(row[group.key]), at, _cell(row, index), str(row.get(word.key) or ""))
        yield before


def _cell(row: Any, column: Column) -> Decimal | None:
    cell = row.get(column.key)
    return None if cell is None else exact(cell)


def _runs(spots: Sequence[Spot]) -> list[list[Spot]]:
    found: list[list[Spot]] = []
    for spot in spots:
        if found and found[-1][-1].instrument == spot.instrument:
            found[-1].append(spot)
        else:
            found.append([spot])
    return found


def _y(value: float, canvas: Canvas) -> float:
    return TOP + (HIGH - value) / (HIGH - LOW) * (canvas.height - TOP - BOTTOM)


def _x(at: float, width: float) -> float:
    return LEFT + (at + 0.5) * width


def _run(run: list[Spot], width: float, canvas: Canvas) -> Markup:
    """One instrument: its predicates as bands, its line where years follow each other, its values in words."""
    left, right = _x(run[0].at - 0.5, width), _x(run[-1].at + 0.5, width)
    known, title = [(s, s.index) for s in run if s.index is not None], title_of(run[0].instrument)
    lines = [
        el("path", {"d": path([(_x(a.at, width), _y(float(v), canvas)), (_x(b.at, width), _y(float(w), canvas))]),
                    "fill": "none", "stroke": canvas.theme.ink, "stroke-width": canvas.stroke})
        for (a, v), (b, w) in pairwise(known) if b.year == a.year + 1
    ]  # fmt: skip
    return join(
        _bands(run[0].instrument, left, right, canvas),
        _text(canvas, _middle(left, right, title, canvas), TOP - 16, title, "middle", bold=True),
        *lines,
        *(_spot(s, v, width, canvas) for s, v in known),
        *(_text(canvas, _x(s.at, width), canvas.height - 8, str(s.year), "middle") for s in run),
    )


def _middle(left: float, right: float, words: str, canvas: Canvas) -> float:
    """The middle of a run, moved so that its words stay within the drawing."""
    half = text_width(words, canvas.text) / 2 + 4
    return min(max((left + right) / 2, half), canvas.width - half)


def _bands(name: str, left: float, right: float, canvas: Canvas) -> Markup:
    found = instruments().get(name)
    frame = {"x": left, "width": right - left}
    if found is None:
        whole = {**frame, "y": _y(HIGH, canvas), "height": _y(LOW, canvas) - _y(HIGH, canvas), "fill": "none"}
        return el("rect", {**whole, "stroke": canvas.theme.line})
    parts, upper = [], HIGH
    for place, band in enumerate(found.predicates):
        low = max(LOW, float(band.start))
        shape = {**frame, "y": _y(upper, canvas), "height": _y(low, canvas) - _y(upper, canvas)}
        parts.append(el("rect", {**shape, "fill": canvas.theme.tracks[place % 2]}))
        if name == list(instruments())[-1] or right > canvas.width - RIGHT - 2:
            parts.append(_text(canvas, right + 6, (_y(upper, canvas) + _y(low, canvas)) / 2 + 5, band.word, "start"))
        upper = low
    return join(*parts)


def _spot(spot: Spot, value: Decimal, width: float, canvas: Canvas) -> Markup:
    x, y = _x(spot.at, width), _y(float(value), canvas)
    dot = el("circle", {"cx": x, "cy": y, "r": 2.0 * canvas.stroke, "fill": canvas.theme.ink})
    above = y - 10 if y - 10 > TOP + 12 else y + 22
    words = number(value, 2) if spot.instrument in instruments() else f"{number(value, 2)} {spot.predicate}"
    return join(dot, _text(canvas, x, above, words.strip(), "middle", bold=True))


def _cut(at: float, width: float, canvas: Canvas) -> Markup:
    """The break: a dashed line through the gap, and its word."""
    x = _x(at, width)
    line = {"x1": x, "x2": x, "y1": TOP - 4, "y2": canvas.height - BOTTOM, "stroke": canvas.theme.dim}
    words = _text(canvas, 0, 0, CHANGED, "middle")
    turned = el(
        "g", {"transform": f"translate({x - 6:.1f} {(TOP + canvas.height - BOTTOM) / 2:.1f}) rotate(-90)"}, words
    )
    return join(el("line", {**line, "stroke-width": 1.5, "stroke-dasharray": "5 5"}), turned)


def _text(canvas: Canvas, x: float, y: float, words: str, anchor: str, bold: bool = False) -> Markup:
    weight = {"font-weight": 600} if bold else {}
    look = {"font-size": canvas.text, "fill": canvas.theme.ink if bold else canvas.theme.dim, "text-anchor": anchor}
    return el("text", {"x": x, "y": y, **look, **weight}, words)
