"""XmR charts with their four rules, and times that are still running."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.survival import kaplan_meier
from dashboard.formulas.xmr import LEAST_POINTS, XmrLimits, segments, signals, xmr

SHARED = Path(__file__).parents[2] / "../shared/data/stat_vectors.json"
TWELVE_POINTS = [39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40]
OPEN_AND_CLOSED = ([4, 6, 7, 7, 9, 10, 12, 15, 15, 20, 25, 30], [mark == "x" for mark in "xxx.xxxx.x.x"])
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors are not on this machine")
OUTSIDE, RUN, TREND, NEAR = "di luar batas", "8 titik di satu sisi", "6 titik searah", "2 dari 3 dekat batas"
ROUND_TEN = XmrLimits(mean=10, mean_range=3 / 2.66, low=7, high=13, range_high=3.268 * 3 / 2.66)
"""Two thirds of the way to its limits lie at 8 and 12."""


def test_xmr_limits_of_twelve_points() -> None:
    found = xmr(TWELVE_POINTS)
    assert found is not None
    assert (found.mean, found.mean_range) == pytest.approx((41.41667, 1.72727), abs=0.000005)
    assert (found.low, found.high) == pytest.approx((36.82212, 46.01121), abs=0.000005)
    assert found.range_high == pytest.approx(5.64473, abs=0.000005)


def test_eleven_points_have_no_limits() -> None:
    assert xmr(TWELVE_POINTS[:11]) is None


@needs_shared
def test_the_shared_chart_is_reproduced() -> None:
    vector = json.loads(SHARED.read_text(encoding="utf-8"))["xmr"]
    assert vector["x"] == TWELVE_POINTS
    limits = xmr(vector["x"])
    assert limits is not None
    found = (limits.mean, limits.mean_range, limits.high, limits.low)
    assert found == pytest.approx([vector[name] for name in ("mean", "mR_bar", "UNPL", "LNPL")], rel=1e-14)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 13, 7, 10], {}),  # on the limit is inside
        ([10, 13.1, 10], {1: (OUTSIDE,)}),
        ([10, 6.9, 10], {1: (OUTSIDE,)}),
        ([11, 10.5] * 4, dict.fromkeys(range(8), (RUN,))),
        ([11, 10.5] * 3 + [11], {}),  # seven
        ([11, 10.5, 11, 10, 10.5, 11, 10.5, 11, 11], {}),  # a value on the mean ends the run
        ([9, 9.5] * 4 + [11], dict.fromkeys(range(8), (RUN,))),
        ([9.1, 9.3, 9.6, 10.2, 10.4, 10.9], dict.fromkeys(range(6), (TREND,))),
        ([10.9, 10.4, 10.2, 9.6, 9.3, 9.1, 9.4], dict.fromkeys(range(6), (TREND,))),
        ([9.1, 9.3, 9.6, 10.2, 10.4, 10.4], {}),  # five and an equal one
        ([10, 12.5, 10, 12.5], {1: (NEAR,), 3: (NEAR,)}),
        ([10, 12.5, 7.5, 10], {}),  # on different sides
        ([10, 12, 12, 10], {}),  # exactly on two thirds is not beyond
        ([12.5, 10, 10, 12.5], {}),  # four apart
        ([10, 14, 12.5, 10], {1: (OUTSIDE, NEAR), 2: (NEAR,)}),
        ([], {}),
    ],
)
def test_a_signal_names_the_rules_it_breaks(values: list[float], expected: dict[int, tuple[str, ...]]) -> None:
    assert signals(values, ROUND_TEN) == expected


@pytest.mark.parametrize(
    ("later", "positions"),
    [([], []), ([41, 60], [13]), ([42] * 8, list(range(12, 20))), ([42] * 7, [])],
)
def test_later_points_are_judged_by_earlier_limits(later: list[int], positions: list[int]) -> None:
    limits = xmr(TWELVE_POINTS)
    assert limits is not None
    assert list(signals([*TWELVE_POINTS, *later], limits)) == positions


def test_a_new_definition_starts_new_limits_and_ends_every_run() -> None:
    before, after = TWELVE_POINTS, [value + 50 for value in TWELVE_POINTS]
    whole = segments(before + after)
    assert whole[0].signals
    first, second = segments(before + after, marks=[12])
    assert (first.start, first.stop, second.start, second.stop) == (0, 12, 12, 24)
    assert first.limits == xmr(before)
    assert second.limits == xmr(after)
    assert (first.signals, second.signals) == ({}, {})


def test_signals_after_a_mark_keep_their_place_on_the_chart() -> None:
    _, second = segments([*TWELVE_POINTS, *[9, 11] * 10, 40, -20], marks=[12])
    assert second.signals == {32: (OUTSIDE,), 33: (OUTSIDE,)}


def test_fewer_than_twelve_points_since_the_mark_have_neither_limits_nor_signals() -> None:
    _, second = segments([*TWELVE_POINTS, *[900] * (LEAST_POINTS - 1)], marks=[12])
    assert (second.limits, second.signals) == (None, {})


@pytest.mark.parametrize(("marks", "spans"), [([0], [(0, 12)]), ([5, 5, 8], [(0, 5), (5, 8), (8, 12)])])
def test_marks_may_repeat_or_stand_at_the_start(marks: list[int], spans: list[tuple[int, int]]) -> None:
    assert [(part.start, part.stop) for part in segments(TWELVE_POINTS, marks)] == spans


def test_no_values_have_no_segments() -> None:
    assert segments([]) == []


@pytest.mark.parametrize("mark", [-1, 12])
def test_a_mark_beside_the_chart_is_refused(mark: int) -> None:
    with pytest.raises(ValueError, match=f"tanda perubahan definisi pada titik {mark} tidak mungkin; ada 12 titik"):
        segments(TWELVE_POINTS, [mark])


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
    assert (vector["time_min"], [seen == 1 for seen in vector["arrived"]]) == OPEN_AND_CLOSED
    found = kaplan_meier(vector["time_min"], vector["arrived"])
    assert found.steps == tuple((time, Fraction(share)) for time, share in vector["S"])
    assert found.median == vector["km_median"]


def test_counting_only_those_who_arrived_is_too_good() -> None:
    arrived = [time for time, seen in zip(*OPEN_AND_CLOSED, strict=True) if seen]
    assert kaplan_meier(arrived, [True] * 9).median == 10


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
