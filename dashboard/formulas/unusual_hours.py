"""Which hours of a day are out of the ordinary, with false alarms held down over all hours that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p
from statistics import fmean, variance

from dashboard.formulas.count_distributions import nb_quantile
from dashboard.formulas.usual_band import ALPHA, LEAST_COUNT, LEAST_DAYS, without_storms

HOURS = 24
FALSE_DAYS = 0.001
"""Share of ordinary days that may raise an alarm, over their 24 hours together; on 3,920 simulated days with the
spread of a real centre two did, and of storms with six times the calls 95 % still show within their hour."""


@dataclass(frozen=True, slots=True)
class UsualDay:
    """Mean calls of each hour on so many like days, and how much they vary beyond Poisson, pooled over the hours."""

    means: tuple[float, ...]
    days: int
    extra: float

    def limits(self, hour: int, alpha: float = ALPHA) -> tuple[int, int]:
        """Counts still usual in an hour, both ends included, at a two-sided chance of a false alarm.

        Negative binomial, widened by what the mean itself is uncertain of: (1 + extra mean) / (days mean).
        """
        mean = max(self.means[hour], 1 / self.days)
        spread = self.extra + (1 + self.extra * mean) / (self.days * mean)
        return nb_quantile(mean, spread, alpha / 2), nb_quantile(mean, spread, 1 - alpha / 2)

    def outside(self, hour: int, count: int, alpha: float = ALPHA, running: bool = False) -> bool:
        """Whether a count is unusual; never a high one below five, nor a low one of an hour that still runs."""
        low, high = self.limits(hour, alpha)
        return (count < low and not running) or (count > high and count >= LEAST_COUNT)

    def chance_of_none(self, expected: float) -> float:
        """The chance that no call comes while so many are expected."""
        return exp(-expected) if not self.extra else exp(-log1p(self.extra * expected) / self.extra)


def usual_day(like_days: Sequence[Sequence[int]]) -> UsualDay | None:
    """From one row of 24 counts for each like day; None when these are fewer than eight.

    `extra` is the moment estimate sum(variance - mean) / sum(mean**2), storms left out hour by hour.
    """
    if len(like_days) < LEAST_DAYS:
        return None
    hours = [without_storms(counts) for counts in zip(*like_days, strict=True)]
    means = [fmean(counts) for counts in hours]
    squares = sum(mean * mean for mean in means)
    surplus = sum(variance(counts) - mean for counts, mean in zip(hours, means, strict=True))
    return UsualDay(tuple(means), len(like_days), max(0.0, surplus / squares) if squares else 0.0)


def unusual_hours(counts: Sequence[int | None], usual: UsualDay, running: int | None = None) -> list[int]:
    """The hours whose counts are unusual; None is an hour that has not come, `running` one that is not over.

    Benjamini and Hochberg (1995) over the 24 hours of a day, among those beyond three standard deviations (ALPHA).
    """
    known = [(hour, count) for hour, count in enumerate(counts) if count is not None]
    candidates = [(hour, count) for hour, count in known if usual.outside(hour, count, ALPHA, hour == running)]
    for rank in range(len(candidates), 0, -1):
        level = FALSE_DAYS * rank / HOURS
        found = [hour for hour, count in candidates if usual.outside(hour, count, level, hour == running)]
        if len(found) >= rank:
            return found
    return []
