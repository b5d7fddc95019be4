"""Where a figure stands against its target, and whether it has really changed: two questions, never one colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import fmean
from typing import Literal

from dashboard.formulas import u_chart
from dashboard.formulas.xmr import LEAST_POINTS, XmrLimits, segments, signals

Better = Literal["up", "down", "none"]


class Aim(StrEnum):
    """The state against the target; `CHANCE`: the target lies within the 95 % interval of the value."""

    MET = "memenuhi target"
    MISSED = "meleset dari target"
    CHANCE = "belum dapat dibedakan dari target"
    NONE = "tanpa target"


class Signal(StrEnum):
    """What the control chart says of the newest point. `CHANGED`: nobody has said which way is good."""

    BETTER = "membaik"
    WORSE = "memburuk"
    CHANGED = "berubah"
    STEADY = "tanpa perubahan berarti"
    TOO_FEW = "belum cukup data"


@dataclass(frozen=True, slots=True)
class Judged:
    """The signal of the newest of `points` values; limits None below twelve. `side`: 1 above the mean, -1 below."""

    signal: Signal
    points: int
    side: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    rules: tuple[str, ...] = ()


def aim(value: Decimal | None, target: Decimal | None, better: Better, interval: Sequence[float] | None = None) -> Aim:
    """The unrounded value against the target; exactly on it is met (NHS tools showed the wrong icon there)."""
    if value is None or target is None or better == "none":
        return Aim.NONE
    if value >= target if better == "up" else value <= target:
        return Aim.MET
    low, high = (Decimal(str(limit)) for limit in interval) if interval else (None, None)
    return Aim.CHANCE if low is not None and high is not None and low <= target <= high else Aim.MISSED


def judged(values: Sequence[float], better: Better, counts: bool = False, marks: Collection[int] = ()) -> Judged:
    """The newest value against all values of its definition, in order of time; `marks` begin a new definition.

    Totals of events by a u or Laney u' chart of equal weeks, everything else by XmR; from twelve points on.
    """
    if not values:
        return Judged(Signal.TOO_FEW, 0)
    segment = segments(values, marks)[-1]
    since = values[segment.start :]
    limits = (_limits_of_counts(since) if counts else None) or segment.limits
    if limits is None:
        return Judged(Signal.TOO_FEW, len(since))
    rules = signals(since, limits).get(len(since) - 1, ())
    side = _side(since, limits, rules)
    known = (len(since), side, limits.mean, limits.low, limits.high, rules)
    if not rules or not side:
        return Judged(Signal.STEADY, *known)
    if better == "none":
        return Judged(Signal.CHANGED, *known)
    return Judged(Signal.BETTER if (side > 0) == (better == "up") else Signal.WORSE, *known)


def _limits_of_counts(values: Sequence[float]) -> XmrLimits | None:
    counts = [round(value) for value in values]
    chart = u_chart.chart(counts, [1.0] * len(counts), LEAST_POINTS)
    if chart is None:
        return None
    low, high = chart.limits[-1]
    ranges = fmean(abs(b - a) for a, b in pairwise(values))
    return XmrLimits(chart.rate, ranges, low, high, 3.268 * ranges)


def _side(values: Sequence[float], limits: XmrLimits, rules: Sequence[str]) -> int:
    """Which way the newest point went: a trend by its last step, everything else by its side of the mean."""
    reference = values[-2] if rules == ("6 titik searah",) else limits.mean
    return (values[-1] > reference) - (values[-1] < reference)


def aim_words(state: Aim, better: Better) -> str:
    """'di bawah target', 'di atas batas', 'memenuhi target', …; empty without a target."""
    if state is Aim.NONE:
        return ""
    if better == "down":
        return {Aim.MET: "di dalam batas", Aim.MISSED: "di atas batas", Aim.CHANCE: "belum beda dari batas"}[state]
    return {Aim.MET: "memenuhi target", Aim.MISSED: "di bawah target", Aim.CHANCE: "belum beda dari target"}[state]


def verdict(state: Aim, better: Better, signal: Signal) -> str:
    """Target state and signal in one phrase: 'di bawah target, tanpa perubahan berarti' is not 'memburuk'."""
    said = [words for words in (aim_words(state, better), str(signal)) if words]
    return ", ".join(said)
