"""Rates per inhabitant: intervals, shrinkage towards the regency and funnel limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.formulas.count_distributions import poisson_quantile
from dashboard.formulas.small_numbers import garwood

PER = 10_000
NOT_DIFFERENT = "tidak berbeda nyata dari rata-rata kabupaten"


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per 10,000 inhabitants with the exact Poisson limits of the count, scaled."""

    count: int
    population: int
    value: Fraction
    low: float
    high: float

    def differs_from(self, mean: Fraction) -> bool:
        """Whether the interval leaves out the mean of the regency, in the same unit."""
        return not self.low <= mean <= self.high

    def verdict(self, mean: Fraction) -> str:
        """The word for the place beside the mean of the regency."""
        if not self.differs_from(mean):
            return NOT_DIFFERENT
        return f"{'di atas' if self.value > mean else 'di bawah'} rata-rata kabupaten"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """For one population: the counts that are still usual, both ends included, and the same as rates per 10,000."""

    population: int
    expected: Fraction
    counts_95: tuple[int, int]
    counts_998: tuple[int, int]

    @property
    def rates_95(self) -> tuple[Fraction, Fraction]:
        """95 % limits as rates."""
        return _as_rates(self.counts_95, self.population)

    @property
    def rates_998(self) -> tuple[Fraction, Fraction]:
        """99.8 % limits as rates."""
        return _as_rates(self.counts_998, self.population)

    def place(self, count: int) -> str:
        """The word for a count beside these limits."""
        if _inside(count, self.counts_95):
            return "di dalam batas 95 %"
        return "di luar batas 95 %" if _inside(count, self.counts_998) else "di luar batas 99,8 %"


def rate(count: int, population: int | None) -> Rate | None:
    """The rate of one place; None when its population is unknown or 0. Raises ValueError for a negative count."""
    if not population or population < 0:
        return None
    low, high = garwood(count)
    return Rate(count, population, Fraction(PER * count, population), PER * low / population, PER * high / population)


def pooled_rate(counts: Sequence[int], populations: Sequence[int | None]) -> Fraction | None:
    """Events over inhabitants of all places whose population is known, per 10,000."""
    known = _known(counts, populations)
    people = sum(population for _, population in known)
    return Fraction(PER * sum(count for count, _ in known), people) if people else None


def shrunk_rates(counts: Sequence[int], populations: Sequence[int | None]) -> list[Fraction | None]:
    """Rates per 10,000 drawn towards the mean, the more the fewer inhabitants: empirical Bayes, gamma-Poisson.

    Moments by Marshall (1991), Applied Statistics 40: mean m = sum k / sum P, spread s2 = sum P (k/P - m)**2 / sum P,
    between places A = s2 - m / mean P; place i keeps A / (A + m / P_i) of its own. Where the places vary no more than
    Poisson counts do (A <= 0) all get the mean. A place of unknown population stays None.
    """
    known = _known(counts, populations)
    people = sum(population for _, population in known)
    if not people:
        return [None] * len(populations)
    mean = Fraction(sum(count for count, _ in known), people)
    squares = (people_here * (Fraction(count, people_here) - mean) ** 2 for count, people_here in known)
    spread = sum(squares, Fraction(0)) / people
    between = max(Fraction(0), spread - mean * len(known) / people)

    def shrunk(count: int, population: int) -> Fraction:
        kept = between / (between + mean / population) if between else Fraction(0)
        return PER * (mean + kept * (Fraction(count, population) - mean))

    return [shrunk(count, people) if people else None for count, people in zip(counts, populations, strict=True)]


def funnel_limits(mean: Fraction, population: int) -> FunnelLimits:
    """Exact Poisson limits at 95 and 99.8 % round the regency's mean per 10,000, for a place of this population."""
    expected = mean * population / PER
    quantiles = [poisson_quantile(float(expected), chance) for chance in (0.025, 0.975, 0.001, 0.999)]
    return FunnelLimits(population, expected, (quantiles[0], quantiles[1]), (quantiles[2], quantiles[3]))


def _known(counts: Sequence[int], populations: Sequence[int | None]) -> list[tuple[int, int]]:
    return [(count, people) for count, people in zip(counts, populations, strict=True) if people]


def _as_rates(counts: tuple[int, int], population: int) -> tuple[Fraction, Fraction]:
    return Fraction(PER * counts[0], population), Fraction(PER * counts[1], population)


def _inside(count: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= count <= limits[1]
