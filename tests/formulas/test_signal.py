"""Target state and signal: two questions with two answers, judged at the edges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.formulas.signal import Aim, Signal, aim, judged, verdict
from dashboard.formulas.two_periods import differs

TWELVE = (39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40)
"""The published XmR example: mean 41.41667, limits 36.82212 and 46.01121."""
COUNTS = (50, 61, 48, 55, 52, 58, 47, 53, 60, 49, 51)


@pytest.mark.parametrize(
    ("better", "value", "state"),
    [
        ("up", "90", Aim.MET), ("up", "89.9999", Aim.MISSED), ("up", "90.0001", Aim.MET),
        ("down", "90", Aim.MET), ("down", "90.0001", Aim.MISSED), ("none", "95", Aim.NONE),
    ],
)  # fmt: skip
def test_a_target_is_judged_by_the_unrounded_value_and_exactly_on_it_is_met(better: str, value: str, state: Aim):
    assert aim(Decimal(value), Decimal(90), better) is state  # type: ignore[arg-type]


def test_a_target_inside_the_interval_cannot_be_told_from_the_value():
    assert aim(Decimal(88), Decimal(90), "up", (82.0, 93.0)) is Aim.CHANCE
    assert aim(Decimal(80), Decimal(90), "up", (75.0, 84.0)) is Aim.MISSED
    assert aim(Decimal(91), Decimal(90), "up", (82.0, 93.0)) is Aim.MET


def test_eleven_points_say_nothing_and_twelve_speak():
    assert judged(TWELVE[:11], "up").signal is Signal.TOO_FEW
    found = judged(TWELVE, "up")
    assert found.signal is Signal.STEADY
    assert (found.mean, found.low, found.high) == pytest.approx((41.41667, 36.82212, 46.01121), abs=1e-4)


@pytest.mark.parametrize(
    ("last", "better", "signal"),
    [
        (60, "up", Signal.BETTER), (60, "down", Signal.WORSE), (60, "none", Signal.CHANGED),
        (20, "up", Signal.WORSE), (20, "down", Signal.BETTER), (42, "up", Signal.STEADY),
    ],
)  # fmt: skip
def test_which_way_is_good_decides_the_word(last: float, better: str, signal: Signal):
    assert judged([*TWELVE, last], better).signal is signal  # type: ignore[arg-type]


def test_a_fall_that_ends_no_rule_is_no_signal_however_far_the_target():
    found = judged(TWELVE, "up")
    assert verdict(Aim.MISSED, "up", found.signal) == "di bawah target, tanpa perubahan berarti"
    assert "memburuk" not in verdict(Aim.MISSED, "up", found.signal)


def test_counts_are_judged_by_a_chart_of_counts():
    assert judged([*COUNTS, 54], "none", counts=True).signal is Signal.STEADY
    assert judged([*COUNTS, 130], "none", counts=True).signal is Signal.CHANGED
    assert judged([*COUNTS, 54], "none", counts=True).low == pytest.approx(53.17 - 3 * 53.17**0.5, abs=0.1)


def test_a_year_of_zeros_is_steady():
    assert judged([0] * 14, "down", counts=True).signal is Signal.STEADY


def test_a_changed_definition_begins_again():
    found = judged([*TWELVE, 90, 91, 92], "up", marks=[12])
    assert (found.signal, found.points) == (Signal.TOO_FEW, 3)


@pytest.mark.parametrize(
    ("before", "now", "different"),
    [(14, 8, False), (30, 60, True), (31, 32, False), (3, 9, False), (900, 1100, True), (2_000_000, 2_001_000, False),
     (2_000_000, 2_010_000, True)],
)  # fmt: skip
def test_two_counts_differ_only_beyond_chance(before: int, now: int, different: bool):
    assert differs(before, now) is different
