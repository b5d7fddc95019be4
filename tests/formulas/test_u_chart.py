"""Charts of counts per exposure: plain u, Laney u' and negative binomial limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.formulas.u_chart import (
    RateLimits,
    band,
    chart,
    dispersion,
    laney_u,
    negative_binomial_u,
    outside,
    plain_u,
    standardised,
)

SHARED = Path(__file__).parents[2] / "../shared/data/stat_vectors.json"
# Computed with the formula as Minitab prints it.
COUNTS = [12, 15, 9, 22, 14, 18, 11, 30, 13, 16]
EXPOSURE = [1.0, 1.1, 0.9, 1.2, 1.0, 1.0, 0.95, 1.3, 1.0, 1.05]
Z = [-0.829515, -0.430349, -1.273003, 0.868599, -0.317168, 0.707528, -0.913643, 2.289589, -0.573341, 0.0]
UPPER = [31.219966, 30.476211, 32.084466, 29.82748, 31.219966, 31.219966, 31.635148, 29.255123, 31.219966, 30.834804]
LOWER = [0, 0, 0, 0.64871, 0, 0, 0, 1.221068, 0, 0]
CALM = [20, 17, 24, 19, 22, 16, 21, 21, 18, 23, 20, 19]
STORMY = [20, 5, 44, 12, 38, 7, 31, 9, 40, 6, 27, 13]


def of(found: RateLimits | None) -> RateLimits:
    assert found is not None
    return found


def test_laney_limits_to_the_printed_digits() -> None:
    found = of(laney_u(COUNTS, EXPOSURE, least=10))
    assert found.rate == pytest.approx(15.238095238095237, rel=1e-14)
    assert found.spread == pytest.approx(1.3647119837707427, rel=1e-14)
    assert standardised(COUNTS, EXPOSURE) == pytest.approx(Z, abs=5e-7)
    assert [low for low, _ in found.limits] == pytest.approx(LOWER, abs=5e-7)
    assert [high for _, high in found.limits] == pytest.approx(UPPER, abs=5e-7)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")
def test_the_table_is_the_shared_vector() -> None:
    vector = json.loads(SHARED.read_text(encoding="utf-8"))["laney_u"]
    assert (vector["counts"], vector["exposure"], vector["z"]) == (COUNTS, EXPOSURE, Z)
    assert (vector["UCL"], vector["LCL"]) == (UPPER, LOWER)
    found = of(laney_u(vector["counts"], vector["exposure"], least=10))
    assert (found.rate, found.spread) == pytest.approx((vector["ubar"], vector["sigma_z"]), rel=1e-14)


def test_the_plain_limit_of_the_busiest_point_is_narrower_and_holds_it_too() -> None:
    plain, laney = of(plain_u(COUNTS, EXPOSURE, least=10)), of(laney_u(COUNTS, EXPOSURE, least=10))
    assert plain.limits[7][1] == pytest.approx(25.51, abs=0.005)
    assert laney.limits[7][1] == pytest.approx(29.26, abs=0.005)
    assert outside(COUNTS, EXPOSURE, plain) == outside(COUNTS, EXPOSURE, laney) == []


def test_ninety_eight_days_of_a_published_centre() -> None:
    """Alexandria E-911 by day: mean 69.46, sigma z 1.337871, limits 36.01 to 102.91."""
    assert band(69.46, 1.337871, 1) == pytest.approx((36.01, 102.91), abs=0.005)


def test_a_point_beyond_its_limit_is_found() -> None:
    counts, exposure = [*CALM, 45], [1.0] * 13
    assert outside(counts, exposure, of(plain_u(counts, exposure))) == [12]


@pytest.mark.parametrize(("counts", "model"), [(CALM, "Poisson (u)"), (STORMY, "Laney u′")])
def test_the_chart_follows_the_spread(counts: list[int], model: str) -> None:
    assert of(chart(counts, [1.0] * 12)).model == model


def test_dispersion_is_variance_over_mean() -> None:
    assert dispersion([1, 3], [1.0, 1.0]) == pytest.approx(1.0)
    assert dispersion([10, 30], [1.0, 3.0]) == pytest.approx(0.0, abs=1e-12)


def test_negative_binomial_limits_where_asked() -> None:
    """Mean 20 and variance over mean 2 make alpha 0.05, and that 5 to 43 (scipy nbinom)."""
    counts = [20 + step for step in (7, -7, 7, -7, 7, -7, 6, -6, 6, -6, 1, -1)]
    found = of(negative_binomial_u(counts, [1.0] * 12))
    assert found.spread == pytest.approx(2)
    assert found.limits[0] == (5, 43)
    calm = of(negative_binomial_u([20] * 12, [1.0] * 12))
    assert calm.limits[0] == (8, 35)  # Poisson: no extra spread


def test_the_window_is_stated() -> None:
    assert of(plain_u(CALM, [1.0] * 12)).window() == "Poisson (u), 12 minggu"
    assert of(laney_u(STORMY, [1.0] * 12)).window("hari") == "Laney u′, 12 hari"


@pytest.mark.parametrize("make", [plain_u, laney_u, negative_binomial_u, chart])
def test_eleven_points_or_nothing_counted_give_no_limits(make: object) -> None:
    assert callable(make)
    assert make(CALM[:11], [1.0] * 11) is None
    assert make([0] * 12, [1.0] * 12) is None


@pytest.mark.parametrize("exposure", [[1.0] * 11, [1.0] * 11 + [0.0]])
def test_exposure_that_cannot_be_is_refused(exposure: list[float]) -> None:
    with pytest.raises(ValueError, match="harus sama banyak dan paparan di atas 0"):
        plain_u(CALM, exposure)
