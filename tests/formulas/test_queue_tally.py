"""Tallies of a queue and their waits: added up, from every kind of source, with nothing invented."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas import queue_levels as levels
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.queue_tally import (
    NO_CALLS,
    QueueCall,
    QueueTally,
    Spent,
    tally_buckets,
    tally_calls,
    tally_histograms,
)
from dashboard.formulas.waits import Bucket, Waits, bucket

HOURLY: dict[Bucket, int] = {(0, 10): 6, (10, 15): 2, (15, 20): 1, (20, None): 1}
calls = st.builds(
    QueueCall,
    st.sampled_from(["answered", "abandoned", "timeout", "unknown", None]),
    st.none() | st.integers(0, 40),
    st.none() | st.integers(0, 9),
)


@given(st.lists(calls), st.lists(calls))
def test_adding_two_tallies_is_counting_their_calls_together(one: list[QueueCall], other: list[QueueCall]) -> None:
    assert tally_calls(one) + tally_calls(other) == tally_calls(one + other)


@given(st.lists(calls))
def test_an_empty_period_adds_nothing(some: list[QueueCall]) -> None:
    tally = tally_calls(some, staffed_s=60)
    assert tally + NO_CALLS == NO_CALLS + tally == tally


def test_a_week_is_the_sum_of_its_hours_and_pools_its_shares() -> None:
    quiet = tally_calls([QueueCall("abandoned", 9)])
    busy = tally_calls([QueueCall("answered", 3)] * 9)
    week = sum([quiet, busy], NO_CALLS)
    assert levels.service_level(week, 5) == Fraction(9, 10)  # not the mean of 0 and 1


def test_what_one_part_does_not_know_the_sum_does_not_know() -> None:
    found = QueueTally(offered=10, answered=8, staffed_s=60) + tally_calls([QueueCall("answered", 3, 20)])
    assert (found.offered, found.answered) == (11, 9)
    assert (found.abandoned, found.answered_waits, found.talk, found.staffed_s) == (None, None, None, None)


def test_zero_talk_is_unknown_once_one_part_does_not_tell_it() -> None:
    assert Spent(10, 2, 1) + Spent(5, 1) == Spent(15, 3, None)


def test_histograms_of_several_days_are_the_calls_themselves() -> None:
    waits = {"answered": [4, 9, 15, 4], "abandoned": [3, 25], "timeout": [60]}
    single = [QueueCall(fate, wait) for fate, each in waits.items() for wait in each]  # type: ignore[arg-type]
    found = tally_histograms(*(Counter(each) for each in waits.values()), talk=Spent(zero=0))
    assert found == tally_calls(single)
    assert found.offered == 7


def test_counts_given_beside_a_histogram_stand() -> None:
    found = tally_histograms({3: 5}, {}, {}, answered=6, unknown=1)
    assert (found.offered, found.answered, found.abandoned) == (7, 6, 0)
    assert levels.asa_s(tally_histograms({3: 5}, {}, {}, answered=6)) == NotComputable(
        "waktu tunggu 1 dari 6 panggilan terjawab tidak tercatat"
    )


@pytest.mark.parametrize(
    ("threshold_s", "within"), [(10, 6), (15, 8), (20, 9), (9, None), (12, None), (0, None), (120, None)]
)
def test_buckets_know_their_edges_only(threshold_s: int, within: int | None) -> None:
    assert Waits.in_buckets(HOURLY).within(threshold_s) == within


def test_buckets_know_no_mean_longest_or_percentile() -> None:
    waits = Waits.in_buckets(HOURLY)
    assert (waits.total, waits.exact) == (10, False)
    assert (waits.mean_s, waits.longest_s, waits.percentile_s(90), waits.total_s) == (None, None, None, None)


def test_exact_waits_know_everything() -> None:
    waits = Waits.of([0, 0, 4, 9])
    assert (waits.within(0), waits.mean_s, waits.longest_s, waits.percentile_s(75)) == (2, Fraction(13, 4), 9, 4)
    assert (Waits().mean_s, Waits().longest_s, Waits().percentile_s(90)) == (None, None, None)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        (Waits.in_buckets(HOURLY), Waits.in_buckets(HOURLY), {10: 12, 15: 16, 20: 18}),
        (Waits.in_buckets(HOURLY), Waits.of([3, 12, 700]), {10: 7, 15: 10, 20: 11}),
        (Waits.in_buckets(HOURLY), Waits.in_buckets({(0, 15): 4, (15, None): 1}), {15: 12}),
        (Waits.in_buckets(HOURLY), Waits(), {10: 6, 15: 8, 20: 9}),
        (Waits.in_buckets({(0, 10): 3, (10, None): 2}), Waits.in_buckets({(0, 15): 4, (15, None): 1}), {}),
    ],
)
def test_sums_know_the_edges_that_both_know(one: Waits, other: Waits, known: dict[int, int]) -> None:
    for found in (one + other, other + one):
        assert {edge: found.within(edge) for edge in (10, 15, 20) if found.knows(edge)} == known
        assert found.total == one.total + other.total


def test_a_missing_bucket_hides_all_edges_after_it() -> None:
    gap: dict[Bucket, int] = {(0, 10): 6, (15, 20): 1, (20, None): 1}
    assert tally_buckets(gap).answered is None
    found = tally_buckets(gap, answered_in_all=11)
    assert found.answered == 11
    assert found.answered_waits is not None
    assert (found.answered_waits.within(10), found.answered_waits.within(20)) == (6, None)


def test_without_the_open_bucket_nobody_knows_how_many_were_answered() -> None:
    closed: dict[Bucket, int] = {(0, 10): 6, (10, 15): 2}
    found = tally_buckets(closed, offered=12, abandoned=2)
    assert found.answered is None
    assert levels.service_level(found, 15, "offered") == Fraction(8, 12)
    assert levels.service_level(found, 15, "answered") == NotComputable("jumlah panggilan terjawab tidak tercatat")


@pytest.mark.parametrize(
    ("buckets", "total", "words"),
    [
        (HOURLY, 8, "kelompok waktu tunggu berisi 9 panggilan, lebih dari jumlahnya, 8"),
        ({(0, 10): 1, (0, 15): 2}, None, "dua kelompok waktu tunggu mulai pada detik yang sama"),
    ],
)
def test_buckets_that_cannot_be_are_refused(buckets: dict[Bucket, int], total: int | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Waits.in_buckets(buckets, total)


@pytest.mark.parametrize(
    ("label", "expected"), [("0-10", (0, 10)), ("10–15", (10, 15)), ("120-", (120, None)), (" 15 - 20 ", (15, 20))]
)
def test_a_label_is_read_as_a_bucket(label: str, expected: Bucket) -> None:
    assert bucket(label) == expected


@pytest.mark.parametrize("label", ["", "-", "abc", "10", "15-10", "10-10", "a-15"])
def test_a_label_that_is_no_bucket_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match=f"'{label}' bukan kelompok waktu tunggu; tulis seperti 10-15 atau 120-"):
        bucket(label)
