"""What is usual for an hour, from the same hour of earlier days of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles, variance
from typing import Literal

from dashboard.formulas.count_distributions import nb_quantile, poisson_quantile

ALPHA = 0.0027
"""Two-sided chance of a false alarm; that of three standard deviations."""
LEAST_DAYS = 8
POISSON_UP_TO = 1.3
"""Up to this ratio of variance to mean the counts pass for Poisson; beyond it Poisson limits cry wolf."""
LEAST_COUNT = 5
"""No count below this is called unusually high, whatever the limits say."""

LEAST_SPREAD = 2.0
"""Small counts have a middle half of width zero; two calls up or down are never a storm."""


@dataclass(frozen=True, slots=True)
class UsualBand:
    """Median and limits (both still usual) of a count; `days` says how many like days they rest on."""

    median: float
    low: int
    high: int
    days: int
    dispersion: float
    model: Literal["poisson", "binomial negatif"]

    def judge(self, count: int) -> Literal["di bawah kebiasaan", "biasa", "di atas kebiasaan"]:
        """The word for a count of a whole hour."""
        if count < self.low:
            return "di bawah kebiasaan"
        return "di atas kebiasaan" if count > self.high and count >= LEAST_COUNT else "biasa"


def usual_band(counts: Sequence[int], alpha: float = ALPHA) -> UsualBand | None:
    """The usual band of one hour from its counts on like days; None when these are fewer than eight.

    The negative binomial's alpha is the moment estimate (variance - mean) / mean**2.
    """
    counts = without_storms(counts)
    if len(counts) < LEAST_DAYS:
        return None
    mean = fmean(counts)
    spread = variance(counts)
    dispersion = spread / mean if mean else 0.0
    poisson = dispersion <= POISSON_UP_TO
    extra = 0.0 if poisson else (spread - mean) / mean**2
    low, high = (
        poisson_quantile(mean, chance) if poisson else nb_quantile(mean, extra, chance)
        for chance in (alpha / 2, 1 - alpha / 2)
    )
    model: Literal["poisson", "binomial negatif"] = "poisson" if poisson else "binomial negatif"
    return UsualBand(float(median(counts)), low, high, len(counts), dispersion, model)


def without_storms(counts: Sequence[int]) -> list[int]:
    """Without counts far above the middle half: one storm among twelve days would hide the next one."""
    if len(counts) < LEAST_DAYS:
        return list(counts)
    lower, _, upper = quantiles(counts, n=4, method="inclusive")
    return [count for count in counts if count <= upper + 3 * max(upper - lower, LEAST_SPREAD)]


def hourly_bands(like_days: Sequence[Sequence[int | None]], alpha: float = ALPHA) -> list[UsualBand | None]:
    """The band of each hour of the day; `like_days` holds one row of counts per day, None where unknown."""
    return [
        usual_band([count for count in counts if count is not None], alpha) for counts in zip(*like_days, strict=True)
    ]
