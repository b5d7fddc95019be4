"""Intervals, quantiles and limits for few cases, to the digits printed in publications."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.formulas.count_distributions import nb_quantile, poisson_cdf, poisson_quantile
from dashboard.formulas.small_numbers import garwood, wilson
from dashboard.formulas.usual_band import hourly_bands, usual_band

SHARED = Path(__file__).parents[2] / "../shared/data/stat_vectors.json"
CHANCES = (0.00135, 0.025, 0.975, 0.99865)
# Statistics in Medicine 1998, intervals for a proportion, Table I (the first four); statsmodels 0.15.0 gives the same.
SHARES = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
          (9, 10, 0.5958, 0.9821), (45, 50, 0.7864, 0.9565), (27, 30, 0.7438, 0.9654)]  # fmt: skip
# Chi-squared quantiles by scipy 1.17.1; 10 is the standard published 4.795 to 18.39.
EVENTS = [(0, 0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (10, 4.7954, 18.3904), (25, 16.1787, 36.9049),
          (100, 81.364, 121.6268)]  # fmt: skip
# scipy.stats.poisson.ppf
POISSON = [(0.5, (0, 0, 2, 4)), (2, (0, 0, 5, 7)), (7, (1, 2, 13, 16)), (20, (8, 12, 29, 35)),
           (100, (71, 81, 120, 131))]  # fmt: skip
# scipy.stats.nbinom.ppf, variance mean + alpha mean**2
NEGATIVE_BINOMIAL = [(20, 0.05, (5, 9, 34, 43)), (100, 0.02, (55, 68, 136, 159)), (7, 0.2, (0, 1, 17, 24))]


@pytest.mark.parametrize(("k", "n", "low", "high"), [*SHARES, (5, 5, 0.5655, 1)])
def test_wilson_gives_the_published_interval(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(("k", "low", "high"), EVENTS)
def test_garwood_gives_the_published_interval(k: int, low: float, high: float) -> None:
    assert garwood(k) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(("mean", "counts"), [*POISSON, (0, (0, 0, 0, 0))])
def test_poisson_quantiles(mean: float, counts: tuple[int, ...]) -> None:
    assert tuple(poisson_quantile(mean, chance) for chance in CHANCES) == counts


@pytest.mark.parametrize(("mean", "alpha", "counts"), [*NEGATIVE_BINOMIAL, (7, 0, (1, 2, 13, 16))])
def test_negative_binomial_quantiles(mean: float, alpha: float, counts: tuple[int, ...]) -> None:
    assert tuple(nb_quantile(mean, alpha, chance) for chance in CHANCES) == counts


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")
def test_the_tables_hold_every_shared_vector() -> None:
    shared = json.loads(SHARED.read_text(encoding="utf-8"))
    assert [tuple(row) for row in shared["wilson_95"]["vectors"]] == SHARES
    assert [tuple(row) for row in shared["garwood_poisson_95"]["vectors"]] == EVENTS
    assert [(mean, tuple(counts)) for mean, *counts in shared["poisson_quantiles"]["vectors"]] == POISSON
    rows = [(mean, alpha, tuple(counts)) for mean, alpha, *counts in shared["negbin_quantiles"]["vectors"]]
    assert rows == NEGATIVE_BINOMIAL


def test_large_means_neither_underflow_nor_overflow() -> None:
    assert 3_800 < poisson_quantile(4_209, 0.00135) < 4_209 < poisson_quantile(4_209, 0.99865) < 4_600
    assert poisson_cdf(4_209, 4_209.0) == pytest.approx(0.504, abs=0.001)


def test_shares_and_counts_that_cannot_be_are_refused() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="bagian 3 dari 2 tidak mungkin"):
        wilson(3, 2)
    with pytest.raises(ValueError, match="jumlah -1 tidak mungkin"):
        garwood(-1)
    with pytest.raises(ValueError, match=r"peluang 1\.0 tidak mungkin"):
        poisson_quantile(5, 1.0)


@pytest.mark.parametrize(
    ("counts", "low", "high", "model"),
    [
        ([20, 17, 24, 19, 22, 16, 21, 21], 8, 35, "poisson"),
        ([0] * 8, 0, 0, "poisson"),
        ([10, 30, 14, 26, 18, 22, 20, 20], 5, 43, "binomial negatif"),
    ],
)
def test_the_usual_band_follows_the_spread_of_like_days(counts: list[int], low: int, high: int, model: str) -> None:
    band = usual_band(counts)
    assert band is not None
    assert (band.low, band.high, band.days, band.model) == (low, high, 8, model)


def test_seven_like_days_are_no_habit() -> None:
    assert usual_band([20] * 7) is None


@pytest.mark.parametrize(
    ("counts", "count", "word"),
    [([20] * 8, 35, "biasa"), ([20] * 8, 36, "di atas kebiasaan"), ([20] * 8, 7, "di bawah kebiasaan"),
     ([0] * 8, 4, "biasa"), ([0] * 8, 5, "di atas kebiasaan")],
)  # fmt: skip
def test_a_count_is_judged_and_few_calls_are_never_alarming(counts: list[int], count: int, word: str) -> None:
    band = usual_band(counts)
    assert band is not None
    assert band.judge(count) == word


def test_every_hour_has_its_own_band_and_unknown_hours_do_not_count() -> None:
    days = [[2, 10, None if day == 0 else 3] for day in range(8)]
    bands = hourly_bands(days)
    assert [band and band.median for band in bands] == [2.0, 10.0, None]


@pytest.mark.parametrize("mean", [0.3, 7.0, 99.5, 640.0, 5_000.0])
@pytest.mark.parametrize("chance", [1e-20, 1e-9, 0.001, 0.5, 0.999])
def test_a_poisson_quantile_is_the_first_count_that_reaches_its_chance(mean: float, chance: float) -> None:
    k = poisson_quantile(mean, chance)
    assert poisson_cdf(k, mean) >= chance * (1 - 1e-9)
    assert poisson_cdf(k - 1, mean) < chance * (1 + 1e-9)
