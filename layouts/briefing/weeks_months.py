"""Six weeks and twelve months on one axis: the year before faint, the target as dots, every tone told by its form."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from dashboard.briefings.figure import Figure, Slot
from layouts.drawing.markup import el, join, path, svg
from layouts.drawing.text_size import text_width
from layouts.format import number, plain
from layouts.theme import CETAK

SMALLEST = 10.5
"""Points; no text on paper is smaller."""
WIDTH, HEIGHT = 238.0, 100.0
TOP, FOOT = 12.0, 15.0
WEEK_SHARE = 0.45
"""Of the width: weeks stand further apart than months, for the week is what is decided by."""
BETWEEN = 16.0
LEAST_SPAN = 0.1
"""Of the largest value."""
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A slot with its place on the paper, x in points."""

    slot: Slot
    x: float


@dataclass(frozen=True, slots=True)
class Axis:
    """What the height is worth, and where the weeks and months stand."""

    floor: float
    ceiling: float
    left: float
    weeks: tuple[Place, ...]
    months: tuple[Place, ...]

    def y(self, value: Decimal) -> float:
        """Points from the top."""
        share = (float(value) - self.floor) / (self.ceiling - self.floor)
        return HEIGHT - FOOT - share * (HEIGHT - FOOT - TOP)


def weeks_and_months(figure: Figure) -> str:
    """The chart as SVG, `WIDTH` × `HEIGHT` points, in the font of the page."""
    axis = _axis(figure)
    parts = (
        _frame(axis),
        *(_line(axis, part, "year_before") for part in (axis.weeks, axis.months)),
        _targets(axis, figure.of.target),
        *(_line(axis, part, "value") for part in (axis.weeks, axis.months)),
        _last(axis, figure),
    )
    return str(svg(WIDTH, HEIGHT, figure.of.title, "", *parts))


def _axis(figure: Figure) -> Axis:
    shown = [v for s in (*figure.weeks, *figure.months) for v in (s.value, s.year_before) if v is not None]
    shown += [figure.of.target] if figure.of.target is not None else []
    floor, ceiling = _limits([float(v) for v in shown])
    left = max(text_width(_short(v), SMALLEST) for v in (floor, ceiling)) + 5
    room = WIDTH - left - 8 - BETWEEN
    weeks = _places(figure.weeks, left + 6, room * WEEK_SHARE)
    months = _places(figure.months, left + 6 + room * WEEK_SHARE + BETWEEN, room * (1 - WEEK_SHARE) - 4)
    return Axis(floor, ceiling, left, weeks, months)


def _short(value: float) -> str:
    """An end of the scale: millions as 'jt', so that the chart keeps its width."""
    return plain(value) if abs(value) < MILLION else f"{plain(value / MILLION)} jt"


def _places(slots: Sequence[Slot], start: float, width: float) -> tuple[Place, ...]:
    step = width / max(1, len(slots) - 1)
    return tuple(Place(slot, start + step * place) for place, slot in enumerate(slots))


def _limits(values: Sequence[float]) -> tuple[float, float]:
    """Round ends that hold all values; from zero where that costs less than half of the height."""
    low, high = min(values), max(values)
    if 0 <= low <= 0.6 * high or low == high:
        low, high = min(0.0, low), max(0.0, high)
    elif high - low < LEAST_SPAN * abs(high):
        # What hardly moves is drawn so: a scale of one per cent would make a cliff of it.
        middle, half = (low + high) / 2, LEAST_SPAN * abs(high) / 2
        low, high = middle - half, middle + half
    step = _nice((high - low) / 2 or 1.0)
    floor = math.floor(low / step) * step
    ceiling = math.ceil(high / step) * step
    return floor, ceiling if ceiling > floor else floor + step


def _nice(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)


def _words(x: float, y: float, words: str, anchor: str, bold: bool = False) -> Markup:
    attrs = {"x": x, "y": y, "font-size": SMALLEST, "fill": CETAK.ink if bold else CETAK.dim, "text-anchor": anchor,
             "font-weight": 700 if bold else 400}  # fmt: skip
    return el("text", attrs, words)


def _frame(axis: Axis) -> Markup:
    """A base line under each part, the ends of the scale, every second week and every third month."""
    base = HEIGHT - FOOT
    parts = []
    for part in (axis.weeks, axis.months):
        look = {"x1": part[0].x - 4, "x2": part[-1].x + 4, "y1": base, "y2": base, "stroke": CETAK.dim}
        parts.append(el("line", {**look, "stroke-width": 0.6}))
    for value, y in ((axis.floor, base + 3.5), (axis.ceiling, TOP + 3.5)):
        parts.append(_words(axis.left - 2, y, _short(value), "end"))
    weeks = [place for at, place in enumerate(axis.weeks) if at % 2]
    months = [place for at, place in enumerate(axis.months) if at % 3 == 2]
    parts += [_words(place.x, HEIGHT - 2, f"M{place.slot.label}", "middle") for place in weeks]
    parts += [_words(min(place.x, WIDTH - 10), HEIGHT - 2, place.slot.label, "middle") for place in months]
    return join(*parts)


def _line(axis: Axis, part: Sequence[Place], which: str) -> Markup:
    """A line through what is known; a gap where nothing is, a dot where it stands alone."""
    faint = which == "year_before"
    look = {"fill": "none", "stroke": "#9aa3ab" if faint else CETAK.ink, "stroke-width": 1.0 if faint else 1.6,
            "stroke-linejoin": "round", "stroke-linecap": "round"}  # fmt: skip
    shapes = []
    for run in _runs(part, which):
        points = [(place.x, axis.y(getattr(place.slot, which))) for place in run]
        if len(points) > 1:
            shapes.append(el("path", {"d": path(points), **look, "stroke-dasharray": "1.5 2.5" if faint else None}))
        if not faint:
            shapes += [el("circle", {"cx": x, "cy": y, "r": 1.5, "fill": CETAK.ink}) for x, y in points]
    return join(*shapes)


def _runs(part: Sequence[Place], which: str) -> list[list[Place]]:
    runs: list[list[Place]] = [[]]
    for place in part:
        if getattr(place.slot, which) is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _targets(axis: Axis, target: Decimal | None) -> Markup | None:
    """The target as small rings at every slot: seen in grey, and never taken for a value."""
    if target is None:
        return None
    look = {"r": 1.5, "fill": "#ffffff", "stroke": CETAK.dim, "stroke-width": 0.7}
    places = (*axis.weeks, *axis.months)
    return join(*(el("circle", {"cx": place.x, "cy": axis.y(target), **look}) for place in places))


def _last(axis: Axis, figure: Figure) -> Markup | None:
    """The value of the week in bold, above its dot or, at the top of the chart, below it."""
    place = axis.weeks[-1]
    if place.slot.value is None:
        return None
    words = number(place.slot.value, figure.of.decimals)
    y = axis.y(place.slot.value)
    above = y - 5 if y - 5 > SMALLEST * 0.75 else y + 13
    x = min(place.x, place.x + 4)
    box = {"x": x - text_width(words, SMALLEST) / 2 - 1, "y": above - 8.5, "width": text_width(words, SMALLEST) + 2,
           "height": 10, "fill": "#ffffff", "fill-opacity": "0.85"}  # fmt: skip
    dot = {"cx": place.x, "cy": y, "r": 2.6, "fill": CETAK.ink}
    return join(el("circle", dot), el("rect", box), _words(x, above, words, "middle", bold=True))


def smallest_text(drawn: str) -> float:
    """The smallest letters of a drawing, in points."""
    return min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn))
