"""Percentiles that were observed, the limits that few values allow, and what may be shown of them."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.percentile import (
    limit_ranks,
    nearest_rank,
    nearest_rank_of_counts,
    percentile_limits,
    summary,
)


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


@given(st.lists(st.integers(0, 9)), st.integers(1, 100))
def test_counting_the_values_first_changes_nothing(values: list[int], percent: int) -> None:
    counts = {value: values.count(value) for value in range(10)}
    assert nearest_rank_of_counts(counts, percent) == nearest_rank(values, percent)


@pytest.mark.parametrize(
    ("n", "percent", "ranks"),
    [
        (28, 90, (22, None)),  # 0.9**28 = 0.0523
        (29, 90, (23, 29)),  # 0.9**29 = 0.0471: the first n with an upper limit
        (4, 50, (None, None)),  # 0.5**4 = 0.0625
        (5, 50, (1, 5)),  # 0.5**5 = 0.0313
        (10, 50, (2, 9)),  # P(X <= 1) = 11/1024, P(X <= 8) = 1013/1024
        (0, 90, (None, None)),
    ],
)
def test_the_ranks_of_the_limits(n: int, percent: int, ranks: tuple[int | None, int | None]) -> None:
    assert limit_ranks(n, percent) == ranks


@given(st.integers(1, 120), st.integers(1, 99))
def test_each_limit_holds_with_ninety_five_per_cent_and_the_next_would_not(n: int, percent: int) -> None:
    def below(rank: int) -> int:
        """Times 100**n: the chance that fewer than `rank` values lie below the true percentile."""
        return sum(comb(n, k) * percent**k * (100 - percent) ** (n - k) for k in range(rank))

    low, high = limit_ranks(n, percent)
    least, most = 5 * 100 ** (n - 1), 95 * 100 ** (n - 1)
    if low is not None:
        assert below(low) <= least
    assert below((low or 0) + 1) > least
    if high is not None:
        assert below(high) >= most
        assert below(high - 1) < most
    else:
        assert below(n) < most


def test_limits_are_observed_values() -> None:
    limits = percentile_limits([10 * place for place in range(30, 0, -1)], 90)
    assert limits is not None
    assert (limits.value, limits.low, limits.high, limits.n) == (270, 240, 300, 30)
    assert percentile_limits([], 90) is None


def test_the_largest_value_has_no_limits() -> None:
    with pytest.raises(ValueError, match="persentil 100 tidak mempunyai batas; tulis 1 sampai 99"):
        percentile_limits([1, 2], 100)


@pytest.mark.parametrize(
    ("n", "shown", "median", "p90"),
    [
        (0, "terlalu sedikit", None, None),
        (4, "terlalu sedikit", None, None),
        (5, "median dan rentang", 3, None),
        (29, "median dan rentang", 15, None),
        (30, "p90", 15, 27),
    ],
)
def test_what_may_be_said_of_so_many_values(n: int, shown: str, median: int | None, p90: int | None) -> None:
    found = summary(list(range(1, n + 1)))
    assert (found.n, found.shown, found.median, found.p90 and found.p90.value) == (n, shown, median, p90)
    assert (found.lowest, found.highest) == ((1, n) if n >= 5 else (None, None))
