"""XmR charts for totals and ratios: natural limits, four rules, and a new start where a definition changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

LEAST_POINTS = 12
"""Limits from fewer points promise more than they know."""
RUN_LENGTH = 8
TREND_LENGTH = 6

Rule = Literal["di luar batas", "8 titik di satu sisi", "6 titik searah", "2 dari 3 dekat batas"]


@dataclass(frozen=True, slots=True)
class XmrLimits:
    """Natural process limits: mean -+ 2.66 mean moving range, and the limit of the range itself."""

    mean: float
    mean_range: float
    low: float
    high: float
    range_high: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Points [start, stop) under one definition; without limits while they are fewer than twelve."""

    start: int
    stop: int
    limits: XmrLimits | None
    signals: dict[int, tuple[Rule, ...]]


def xmr(values: Sequence[float], least: int = LEAST_POINTS) -> XmrLimits | None:
    """Limits in the unit of the values, given in order of time; None when there are fewer than `least`."""
    if len(values) < max(least, 2):
        return None
    mean = fmean(values)
    mean_range = fmean(abs(b - a) for a, b in pairwise(values))
    return XmrLimits(mean, mean_range, mean - 2.66 * mean_range, mean + 2.66 * mean_range, 3.268 * mean_range)


def signals(values: Sequence[float], limits: XmrLimits) -> dict[int, tuple[Rule, ...]]:
    """Positions that ask for a reason, each with the rules it breaks; more rules would only add false alarms.

    A value on a limit is inside, one on the mean ends a run, two equal values end a trend.
    """
    broken: dict[Rule, set[int]] = {
        "di luar batas": _outside(values, limits),
        "8 titik di satu sisi": _runs([_side(value, limits.mean) for value in values], RUN_LENGTH),
        "6 titik searah": _trends(values),
        "2 dari 3 dekat batas": _near_a_limit(values, limits),
    }
    positions = sorted(set().union(*broken.values()))
    return {place: tuple(rule for rule, where in broken.items() if place in where) for place in positions}


def segments(values: Sequence[float], marks: Collection[int] = ()) -> list[Segment]:
    """Limits and signals of each stretch between marks; a mark is the first position under a new definition.

    No run or trend reaches across a mark. Raises ValueError for a mark that is no position.
    """
    wrong = [mark for mark in marks if not 0 <= mark < len(values)]
    if wrong:
        raise ValueError(f"tanda perubahan definisi pada titik {wrong[0]} tidak mungkin; ada {len(values)} titik")
    edges = sorted({0, *marks, len(values)})
    return [_segment(values, start, stop) for start, stop in pairwise(edges)]


def _segment(values: Sequence[float], start: int, stop: int) -> Segment:
    limits = xmr(values[start:stop])
    found = signals(values[start:stop], limits) if limits else {}
    return Segment(start, stop, limits, {start + place: rules for place, rules in found.items()})


def _outside(values: Sequence[float], limits: XmrLimits) -> set[int]:
    return {place for place, value in enumerate(values) if not limits.low <= value <= limits.high}


def _side(value: float, middle: float) -> int:
    return (value > middle) - (value < middle)


def _runs(sides: Sequence[int], length: int) -> set[int]:
    found: set[int] = set()
    for start in range(len(sides) - length + 1):
        run = sides[start : start + length]
        if run[0] and len(set(run)) == 1:
            found.update(range(start, start + length))
    return found


def _trends(values: Sequence[float]) -> set[int]:
    """Six points are five steps in one direction."""
    steps = [_side(later, earlier) for earlier, later in pairwise(values)]
    risen = _runs(steps, TREND_LENGTH - 1)
    return risen | {place + 1 for place in risen}


def _near_a_limit(values: Sequence[float], limits: XmrLimits) -> set[int]:
    """Two of three neighbours in the outer third between mean and limit or beyond, on the same side."""
    reach = (limits.high - limits.mean) * 2 / 3
    far = [_side(value, limits.mean) * (abs(value - limits.mean) > reach) for value in values]
    found: set[int] = set()
    for start in range(len(far) - 2):
        for side in (-1, 1):
            near = [place for place in range(start, start + 3) if far[place] == side]
            found.update(near if len(near) > 1 else ())
    return found
