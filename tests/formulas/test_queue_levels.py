"""The call queue: twelve constructed calls whose figures were worked out by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.formulas.queue_levels import Over, QueueCall, queue_levels

EXPECTED = Path(__file__).parents[2] / "../shared/data/asterisk_samples/expected.json"
TWELVE_CALLS = [
    QueueCall("answered", 4, 95),
    QueueCall("abandoned", 3),
    QueueCall("answered", 9, 40),
    QueueCall("answered", 15, 120),
    QueueCall("answered", 16, 60),
    QueueCall("abandoned", 25),
    QueueCall("answered", 20, 5),
    QueueCall("timeout", 60),
    QueueCall("answered", 2, 0),
    QueueCall("answered", 7, 200),
    QueueCall(None, 6),
    QueueCall("answered", 12, 70),
]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("offered", "12"), ("answered", "9"), ("abandoned", "2"), ("short_abandoned", "1"), ("timeout", "1"),
        ("waiting", "0"), ("answer_rate", "3/4"), ("asa_s", "91/9"), ("abandon_rate", "1/6"),
        ("abandon_rate_without_short", "1/11"), ("aht_s", "295/4"), ("aht_without_zero_s", "590/7"),
        ("longest_wait_s", "60"),
    ],
)  # fmt: skip
def test_the_figures_of_twelve_calls(figure: str, expected: str) -> None:
    assert getattr(queue_levels(TWELVE_CALLS), figure) == Fraction(expected)


@pytest.mark.parametrize(
    ("threshold_s", "over", "expected"),
    [
        (15, "answered", "7/9"), (15, "offered", "7/12"), (15, "without_short", "7/11"),
        (10, "answered", "5/9"), (20, "answered", "1"), (25, "without_short", "9/10"),
    ],
)  # fmt: skip
def test_the_three_service_levels(threshold_s: int, over: Over, expected: str) -> None:
    assert queue_levels(TWELVE_CALLS).service_level(threshold_s, over) == Fraction(expected)


def test_the_wait_of_nine_in_ten_is_a_wait_that_happened() -> None:
    assert queue_levels(TWELVE_CALLS).wait_percentile_s(90) == 20


@pytest.mark.skipif(not EXPECTED.exists(), reason="the shared figures are not on this machine")
def test_the_shared_figures_agree() -> None:
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    found = queue_levels(TWELVE_CALLS)
    for name in ("offered", "answered", "abandoned", "timeout"):
        assert getattr(found, name) == expected[name]
    for name, threshold_s in (("answered_le_10", 10), ("answered_le_15", 15), ("answered_le_20", 20)):
        assert found.answered_within(threshold_s) == expected[name]
    assert found.short_abandoned == expected["short_abandoned_le_5s"]
    assert found.service_level(15, "answered") == Fraction(expected["sl15_over_answered"])
    assert found.service_level(15, "offered") == Fraction(expected["sl15_over_offered"])
    assert found.service_level(15) == Fraction(expected["sl15_excl_short_abandon"])
    assert found.abandon_rate == Fraction(expected["abandon_rate_all"])
    assert found.abandon_rate_without_short == Fraction(expected["abandon_rate_excl_short"])
    assert found.asa_s == Fraction(expected["asa_s"])
    assert found.aht_s == Fraction(expected["aht_talk_s"])
    assert found.aht_without_zero_s == Fraction(expected["aht_excl_zero_talk"])
    assert found.wait_percentile_s(90) == expected["p90_wait_nearest_rank"]
    assert found.longest_wait_s == expected["longest_wait_any"]


def test_a_call_that_still_waits_is_offered_but_lowers_no_share() -> None:
    found = queue_levels([*TWELVE_CALLS, QueueCall(None)])
    assert (found.offered, found.waiting) == (13, 1)
    assert found.answer_rate == Fraction(3, 4)


def test_without_calls_there_are_no_shares_rather_than_zeros() -> None:
    found = queue_levels([])
    assert found.offered == 0
    assert (found.answer_rate, found.service_level(15), found.asa_s, found.aht_s) == (None, None, None, None)
    assert (found.longest_wait_s, found.wait_percentile_s(90)) == (None, None)


def test_a_queue_of_pocket_dials_has_no_service_level() -> None:
    found = queue_levels([QueueCall("abandoned", 2), QueueCall("abandoned", 3)])
    assert found.abandon_rate == 1
    assert (found.abandon_rate_without_short, found.service_level(15)) == (None, None)
