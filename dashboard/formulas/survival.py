"""Kaplan-Meier: times to arrival when some have not arrived yet."""

from __future__ import annotations

from collections.abc import Sequence
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
    if any(duration < 0 for duration in durations):
        raise ValueError(f"lama waktu negatif tidak mungkin: {min(durations)}")
    pairs = sorted(zip(durations, observed, strict=True))
    share, steps = Fraction(1), []
    for time in sorted({duration for duration, seen in pairs if seen}):
        at_risk = sum(duration >= time for duration, _ in pairs)
        ended = sum(duration == time and bool(seen) for duration, seen in pairs)
        share *= 1 - Fraction(ended, at_risk)
        steps.append((time, share))
    return Survival(tuple(steps), len(pairs), sum(bool(seen) for _, seen in pairs))
