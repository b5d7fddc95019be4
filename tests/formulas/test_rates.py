"""Rates per 10,000 inhabitants: what few events in small places may and may not say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.count_distributions import poisson_cdf
from dashboard.formulas.rates import NOT_DIFFERENT, Rate, funnel_limits, pooled_rate, rate, shrunk_rates


def of(count: int, population: int) -> Rate:
    found = rate(count, population)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("count", "population", "value", "low", "high"),
    [
        # Limits of the counts: Garwood, as published in tables of the exact Poisson interval.
        (0, 10_000, "0", 0, 3.6889),
        (1, 10_000, "1", 0.0253, 5.5716),
        (3, 20_000, "3/2", 0.30935, 4.38365),
        (10, 50_000, "2", 0.95908, 3.67808),
        (100, 100_000, "10", 8.1364, 12.16268),
    ],
)
def test_a_rate_has_the_scaled_limits_of_its_count(
    count: int, population: int, value: str, low: float, high: float
) -> None:
    found = of(count, population)
    assert found.value == Fraction(value)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("count", "mean", "verdict"),
    [
        (10, "2", NOT_DIFFERENT),
        (10, "0.95", "di atas rata-rata kabupaten"),
        (10, "3.7", "di bawah rata-rata kabupaten"),
        (0, "0", NOT_DIFFERENT),
    ],
)
def test_a_place_is_called_different_only_when_its_interval_leaves_the_mean_out(
    count: int, mean: str, verdict: str
) -> None:
    assert of(count, 50_000).verdict(Fraction(mean)) == verdict


@pytest.mark.parametrize("population", [None, 0, -5])
def test_without_a_population_there_is_no_rate_rather_than_zero(population: int | None) -> None:
    assert rate(4, population) is None


def test_the_mean_of_the_regency_is_pooled_over_places_with_a_population() -> None:
    assert pooled_rate([30, 10, 99], [60_000, 20_000, None]) == 5
    assert pooled_rate([1], [None]) is None


def test_small_places_keep_less_of_their_own_rate() -> None:
    counts, populations = [6, 0, 40], [2_000, 20_000, 20_000]
    mean = Fraction(10_000 * 46, 42_000)
    kept = [
        (found - mean) / (Fraction(10_000 * k, p) - mean)
        for found, k, p in zip(shrunk_rates(counts, populations), counts, populations, strict=True)
        if found is not None
    ]
    assert 0 < kept[0] < kept[1] == kept[2] < 1


def test_three_places_worked_out_by_hand() -> None:
    """m = 100/100,000; s2 = (1e-6 * 40,000 + 0 + 1e-6 * 40,000) / 100,000 = 8e-7; A = 8e-7 - 3e-8 = 7.7e-7.

    The places of 40,000 keep 7.7e-7 / (7.7e-7 + 2.5e-8) = 154/159 of their difference.
    """
    found = shrunk_rates([80, 20, 0], [40_000, 20_000, 40_000])
    assert found == [10 + 10 * Fraction(154, 159), 10, 10 - 10 * Fraction(154, 159)]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1_000, 90_000)), min_size=2, max_size=18),
)
def test_shrinking_is_the_gamma_poisson_posterior_and_stays_between_rate_and_mean(
    places: list[tuple[int, int]],
) -> None:
    counts, populations = [k for k, _ in places], [p for _, p in places]
    people = sum(populations)
    mean = Fraction(sum(counts), people)
    spread = sum(p * (Fraction(k, p) - mean) ** 2 for k, p in places) / people
    between = spread - mean * len(places) / people
    for (k, p), found in zip(places, shrunk_rates(counts, populations), strict=True):
        assert found is not None
        own = Fraction(10_000 * k, p)
        assert min(own, 10_000 * mean) <= found <= max(own, 10_000 * mean)
        if between > 0:
            shape, exposure = mean**2 / between, mean / between
            assert found == 10_000 * (k + shape) / (p + exposure)


@pytest.mark.parametrize(
    ("counts", "populations", "expected"),
    [
        ([5, 5, 5], [10_000, 10_000, 10_000], [5, 5, 5]),  # no spread at all
        ([4, 6, 5], [10_000, 10_000, 10_000], [5, 5, 5]),  # less spread than Poisson
        ([0, 0], [10_000, 30_000], [0, 0]),
        ([7], [10_000], [7]),
        ([5, 5, 9], [10_000, 10_000, None], [5, 5, None]),
        ([1, 2], [None, None], [None, None]),
    ],
)
def test_without_more_spread_than_chance_all_places_get_the_mean(
    counts: list[int], populations: list[int | None], expected: list[int | None]
) -> None:
    assert shrunk_rates(counts, populations) == expected


@pytest.mark.parametrize(
    ("mean", "population", "counts_95"),
    [("7", 10_000, (2, 13)), ("10", 20_000, (12, 29)), ("20", 50_000, (81, 120)), ("1", 5_000, (0, 2))],
)
def test_funnel_limits_are_exact_poisson_quantiles(mean: str, population: int, counts_95: tuple[int, int]) -> None:
    limits = funnel_limits(Fraction(mean), population)
    assert limits.counts_95 == counts_95
    low, high = limits.counts_998
    expected = float(limits.expected)
    assert low <= counts_95[0]
    assert high >= counts_95[1]
    assert poisson_cdf(low - 1, expected) < 0.001 <= poisson_cdf(low, expected)
    assert poisson_cdf(high - 1, expected) < 0.999 <= poisson_cdf(high, expected)


def test_the_funnel_narrows_as_the_population_grows() -> None:
    widths = [
        limits.rates_95[1] - limits.rates_95[0]
        for limits in (funnel_limits(Fraction(5), 10_000 * n) for n in (1, 4, 9))
    ]
    assert widths == sorted(widths, reverse=True)
    small = funnel_limits(Fraction(7), 10_000)
    assert small.rates_95 == (Fraction(2), Fraction(13))
    assert small.rates_998 == tuple(Fraction(count) for count in small.counts_998)


@pytest.mark.parametrize(
    ("count", "place"),
    [(2, "di dalam batas 95 %"), (13, "di dalam batas 95 %"), (14, "di luar batas 95 %"), (40, "di luar batas 99,8 %")],
)
def test_a_count_has_its_place_in_the_funnel(count: int, place: str) -> None:
    assert funnel_limits(Fraction(7), 10_000).place(count) == place
