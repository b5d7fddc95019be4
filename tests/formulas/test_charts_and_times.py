"""Control charts, percentiles and times that are still running."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.percentile import nearest_rank
from dashboard.formulas.survival import kaplan_meier
from dashboard.formulas.xmr import laney_u, signals, xmr

SHARED = Path(__file__).parents[2] / "../shared/data/stat_vectors.json"
TWELVE_POINTS = [39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40]
OPEN_AND_CLOSED = ([4, 6, 7, 7, 9, 10, 12, 15, 15, 20, 25, 30], [1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1])
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")


def test_xmr_limits_of_twelve_points() -> None:
    found = xmr(TWELVE_POINTS)
    assert found is not None
    assert (found.mean, found.mean_range) == pytest.approx((41.41667, 1.72727), abs=0.00001)
    assert (found.low, found.high) == pytest.approx((36.82212, 46.01121), abs=0.00001)
    assert found.range_high == pytest.approx(5.64473, abs=0.00001)


def test_eleven_points_have_no_limits() -> None:
    assert xmr(TWELVE_POINTS[:11]) is None


@pytest.mark.parametrize(
    ("later", "positions"),
    [([], []), ([41, 60], [13]), ([42] * 8, list(range(12, 20))), ([42] * 7, [])],
)
def test_a_signal_is_a_point_outside_or_eight_on_one_side(later: list[int], positions: list[int]) -> None:
    limits = xmr(TWELVE_POINTS)
    assert limits is not None
    assert signals([*TWELVE_POINTS, *later], limits) == positions


def test_laney_limits_widen_with_the_spread() -> None:
    counts = [12, 15, 9, 22, 14, 18, 11, 30, 13, 16]
    exposure = [1.0, 1.1, 0.9, 1.2, 1.0, 1.0, 0.95, 1.3, 1.0, 1.05]
    found = laney_u(counts, exposure, least=10)
    assert found is not None
    assert (found.rate, found.sigma_z) == pytest.approx((15.238095, 1.36471198), abs=0.000001)
    assert found.limits[3] == pytest.approx((0.64871, 29.82748), abs=0.00001)
    assert found.limits[0][0] == 0
    assert laney_u(counts, exposure) is None
    assert laney_u([0] * 12, [1.0] * 12) is None


@needs_shared
def test_the_shared_charts_are_reproduced() -> None:
    shared = json.loads(SHARED.read_text(encoding="utf-8"))
    limits = xmr(shared["xmr"]["x"])
    assert limits is not None
    assert (limits.low, limits.high) == pytest.approx((shared["xmr"]["LNPL"], shared["xmr"]["UNPL"]))
    vector = shared["laney_u"]
    laney = laney_u(vector["counts"], vector["exposure"], least=10)
    assert laney is not None
    assert laney.sigma_z == pytest.approx(vector["sigma_z"])
    assert [low for low, _ in laney.limits] == pytest.approx(vector["LCL"], abs=0.000001)
    assert [high for _, high in laney.limits] == pytest.approx(vector["UCL"], abs=0.000001)


def test_kaplan_meier_counts_those_who_still_wait() -> None:
    found = kaplan_meier(*OPEN_AND_CLOSED)
    assert found.steps == tuple(
        (time, Fraction(share))
        for time, share in [
            (4, "11/12"), (6, "5/6"), (7, "3/4"), (9, "21/32"), (10, "9/16"), (12, "15/32"), (15, "3/8"),
            (20, "1/4"), (30, "0"),
        ]
    )  # fmt: skip
    assert (found.median, found.percentile(90), found.n, found.arrived) == (12, 30, 12, 9)


@needs_shared
def test_the_shared_survival_is_reproduced() -> None:
    vector = json.loads(SHARED.read_text(encoding="utf-8"))["kaplan_meier"]
    found = kaplan_meier(vector["time_min"], vector["arrived"])
    assert found.steps == tuple((time, Fraction(share)) for time, share in vector["S"])
    assert found.median == vector["km_median"]


@pytest.mark.parametrize(
    ("durations", "observed", "median"),
    [
        ([], [], None),
        ([5, 9], [False, False], None),
        ([5, 60, 60], [True, False, False], None),
        ([5], [True], 5),
    ],
)
def test_with_too_many_open_the_median_stays_unknown(
    durations: list[float], observed: list[bool], median: float | None
) -> None:
    assert kaplan_meier(durations, observed).median == median


def test_a_negative_duration_is_a_fault_of_the_data() -> None:
    with pytest.raises(ValueError, match="lama waktu negatif tidak mungkin: -3"):
        kaplan_meier([5, -3], [True, True])


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        (range(1, 11), 90, 9), (range(1, 101), 7, 7), ([4, 9, 15, 16, 20, 2, 7, 6, 12], 90, 20),
        ([8, 1, 3], 50, 3), ([5], 1, 5), ([5, 6], 100, 6), ([], 90, None),
    ],
)  # fmt: skip
def test_nearest_rank_is_always_an_observed_value(values: list[int], percent: int, expected: int | None) -> None:
    assert nearest_rank(values, percent) == expected


@pytest.mark.parametrize("percent", [0, 101, 0.9])
def test_a_percentile_is_a_whole_percent(percent: int) -> None:
    with pytest.raises(ValueError, match="tulis bilangan bulat 1 sampai 100, misalnya 90"):
        nearest_rank([1, 2], percent)
