"""Kaplan-Meier: times to arrival when some have not arrived yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Survival:
    """The exact share still open after each time at which something arrived; `n` cases, `arrived` of them."""

    steps: tuple[tuple[float, Fraction], ...]
    n: int
    arrived: int

    def percentile(self, percent: int) -> float | None:
        """The smallest time by which `percent` have arrived; None when the open ones leave it unknown."""
        left = 1 - Fraction(percent, 100)
        return next((time for time, share in self.steps if share <= left), None)

    @property
    def median(self) -> float | None:
        """The time by which half have arrived."""
        return self.percentile(50)


def kaplan_meier(durations: Sequence[float], observed: Sequence[bool]) -> Survival:
    """Durations in any one unit; `observed` is False for a case that is still open at its present age.

    Of a closing and a censoring at the same time the closing comes first (the usual convention).
    Raises ValueError when the two differ in length or a duration is negative.
    """
    lasted = Counter(durations)
    ended = Counter(duration for duration, seen in zip(durations, observed, strict=True) if seen)
    return kaplan_meier_of_counts(ended, lasted - ended)


def kaplan_meier_of_counts(ended: Mapping[float, int], running: Mapping[float, int]) -> Survival:
    """The same from how often each duration occurred among those that are over and those that run.

    Raises ValueError when a duration is negative.
    """
    times = sorted({*ended, *running})
    if times and times[0] < 0:
        raise ValueError(f"lama waktu negatif tidak mungkin: {times[0]}")
    n = at_risk = sum(ended.values()) + sum(running.values())
    share, steps = Fraction(1), []
    for time in times:
        over = ended.get(time, 0)
        if over:
            share *= 1 - Fraction(over, at_risk)
            steps.append((time, share))
        at_risk -= over + running.get(time, 0)
    return Survival(tuple(steps), n, sum(ended.values()))
