"""Rare events: the chance of so many, and the days between them."""

from __future__ import annotations

from datetime import date
from math import exp

import pytest

from dashboard.formulas.count_distributions import poisson_cdf
from dashboard.formulas.rare_events import chance_of_at_least, days_between, gap_limits, is_rare


@pytest.mark.parametrize(
    ("k", "mean", "expected"),
    [
        (0, 2.0, 1.0),
        (1, 2.0, 1 - exp(-2)),
        (3, 0.5, 1 - exp(-0.5) * (1 + 0.5 + 0.125)),
        (4, 4.0, 0.5665298796),  # EA05 of the Erlang vectors
        (1, 0.0, 0.0),
        (0, 0.0, 1.0),
    ],
)
def test_the_chance_of_so_many_or_more(k: int, mean: float, expected: float) -> None:
    assert chance_of_at_least(k, mean) == pytest.approx(expected, abs=1e-10)


def test_a_tiny_chance_keeps_its_digits() -> None:
    """By the leading terms: e^-0.01 (0.01**10/10! + 0.01**11/11! + …)."""
    assert chance_of_at_least(10, 0.01) == pytest.approx(exp(-0.01) * (1e-20 / 3628800) * (1 + 0.01 / 11), rel=1e-6)


@pytest.mark.parametrize(("k", "mean"), [(3, 7.0), (7, 7.0), (8, 7.0), (20, 7.0)])
def test_both_ways_of_summing_agree(k: int, mean: float) -> None:
    assert chance_of_at_least(k, mean) == pytest.approx(1 - poisson_cdf(k - 1, mean), abs=1e-12)


def test_a_negative_mean_is_refused() -> None:
    with pytest.raises(ValueError, match="rata-rata -1 tidak mungkin"):
        chance_of_at_least(1, -1)


@pytest.mark.parametrize(("counts", "rare"), [([4, 5, 5], True), ([5, 5, 5], False), ([0], True), ([], None)])
def test_fewer_than_five_in_a_mean_period_is_rare(counts: list[int], rare: bool | None) -> None:
    assert is_rare(counts) is rare


def test_days_between_are_days_without_an_event() -> None:
    days = [date(2026, 3, 9), date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2)]
    assert days_between(days) == [0, 0, 6]
    assert days_between(days[:1]) == []


def test_limits_of_the_gaps_are_exact_quantiles() -> None:
    limits = gap_limits([9] * 12)
    assert limits is not None
    assert (limits.mean, limits.low, limits.gaps) == (9, 0, 12)
    chance_of_longer = 0.9 ** (limits.high + 1)
    assert chance_of_longer <= 0.00135 < chance_of_longer / 0.9


def test_long_quiet_and_crowding_are_told_apart() -> None:
    limits = gap_limits([2_000] * 12)
    assert limits is not None
    assert limits.low == 2
    assert [limits.judge(days) for days in (1, 2, limits.high, limits.high + 1)] == [
        "lebih sering dari biasa", "biasa", "biasa", "lebih jarang dari biasa",
    ]  # fmt: skip


def test_eleven_gaps_have_no_limits_and_events_every_day_have_no_width() -> None:
    assert gap_limits([9] * 11) is None
    limits = gap_limits([0] * 12)
    assert limits is not None
    assert (limits.low, limits.high) == (0, 0)


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="jeda -1 hari tidak mungkin"):
        gap_limits([3, -1])
