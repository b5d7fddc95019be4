"""Charts of counts per exposure: plain u, Laney u' where counts vary more than Poisson, negative binomial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import Literal

from dashboard.formulas.count_distributions import nb_quantile
from dashboard.formulas.usual_band import ALPHA, POISSON_UP_TO
from dashboard.formulas.xmr import LEAST_POINTS

TAIL = ALPHA / 2
RANGE_TO_SIGMA = 1.128
"""Mean moving range of two over the standard deviation (d2 for n = 2)."""

Model = Literal["Poisson (u)", "Laney u′", "binomial negatif"]


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The pooled rate and (low, high) for each point, both still usual; `len(limits)` points are the window.

    `spread` is 1 for a plain u chart, sigma z for Laney and the ratio of variance to mean for a negative binomial.
    """

    model: Model
    rate: float
    spread: float
    limits: tuple[tuple[float, float], ...]

    def window(self, unit: str = "minggu") -> str:
        """What the limits rest on, in words for the panel."""
        return f"{self.model}, {len(self.limits)} {unit}"


def plain_u(counts: Sequence[int], exposure: Sequence[float], least: int = LEAST_POINTS) -> RateLimits | None:
    """rate -+ 3 sqrt(rate / exposure), never below 0; None from fewer than `least` points or nothing counted."""
    if not _enough(counts, exposure, least):
        return None
    rate = sum(counts) / sum(exposure)
    return RateLimits("Poisson (u)", rate, 1.0, tuple(band(rate, 1.0, size) for size in exposure))


def laney_u(counts: Sequence[int], exposure: Sequence[float], least: int = LEAST_POINTS) -> RateLimits | None:
    """As `plain_u`, widened by sigma z: the mean moving range of z over 1.128 (Laney 2002, as Minitab prints it).

    Raises ValueError when counts and exposure differ in length or an exposure is not positive.
    """
    if not _enough(counts, exposure, least):
        return None
    rate = sum(counts) / sum(exposure)
    sigma_z = fmean(abs(b - a) for a, b in pairwise(standardised(counts, exposure))) / RANGE_TO_SIGMA
    return RateLimits("Laney u′", rate, sigma_z, tuple(band(rate, sigma_z, size) for size in exposure))


def negative_binomial_u(
    counts: Sequence[int], exposure: Sequence[float], least: int = LEAST_POINTS
) -> RateLimits | None:
    """Quantiles 0.00135 and 0.99865 of a negative binomial round the expected count, over the exposure.

    Its alpha is the moment estimate (dispersion - 1) / mean count; without extra spread the limits are Poisson's.
    """
    if not _enough(counts, exposure, least):
        return None
    rate, phi = sum(counts) / sum(exposure), dispersion(counts, exposure)
    alpha = max(0.0, (phi - 1) / fmean(counts))
    limits = tuple(
        tuple(nb_quantile(rate * size, alpha, chance) / size for chance in (TAIL, 1 - TAIL)) for size in exposure
    )
    return RateLimits("binomial negatif", rate, phi, tuple((low, high) for low, high in limits))


def chart(counts: Sequence[int], exposure: Sequence[float], least: int = LEAST_POINTS) -> RateLimits | None:
    """Plain u where the counts spread like Poisson (ratio up to 1.3), Laney u' where they spread more."""
    if not _enough(counts, exposure, least):
        return None
    plain = dispersion(counts, exposure) <= POISSON_UP_TO
    return plain_u(counts, exposure, least) if plain else laney_u(counts, exposure, least)


def outside(counts: Sequence[int], exposure: Sequence[float], limits: RateLimits) -> list[int]:
    """Positions of the points beyond their limits."""
    points = zip(counts, exposure, limits.limits, strict=True)
    return [place for place, (count, size, (low, high)) in enumerate(points) if not low <= count / size <= high]


def standardised(counts: Sequence[int], exposure: Sequence[float]) -> list[float]:
    """Each rate's distance from the pooled rate in Poisson standard deviations."""
    rate = sum(counts) / sum(exposure)
    return [(count / size - rate) / sqrt(rate / size) for count, size in zip(counts, exposure, strict=True)]


def dispersion(counts: Sequence[int], exposure: Sequence[float]) -> float:
    """Variance over mean, exposure allowed for: the Pearson statistic over n - 1. Poisson counts give 1."""
    return sum(z * z for z in standardised(counts, exposure)) / (len(counts) - 1)


def band(rate: float, spread: float, exposure: float) -> tuple[float, float]:
    """Limits at one exposure: three standard deviations round the rate, widened by `spread`, never below 0."""
    reach = 3 * spread * sqrt(rate / exposure)
    return max(0.0, rate - reach), rate + reach


def _enough(counts: Sequence[int], exposure: Sequence[float], least: int) -> bool:
    if len(counts) != len(exposure) or any(size <= 0 for size in exposure):
        raise ValueError(f"{len(counts)} jumlah dan {len(exposure)} paparan: harus sama banyak dan paparan di atas 0")
    return len(counts) >= max(least, 2) and sum(counts) > 0
