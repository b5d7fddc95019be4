"""Two counts compared: exact chances and words that do not exaggerate."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.two_periods import change, two_sided_p


def test_fourteen_against_eight_in_equal_weeks_is_not_unusual() -> None:
    p = two_sided_p(14, 8)
    assert p is not None
    assert round(float(p), 3) == 0.286
    assert p == Fraction(2 * sum(comb(22, k) for k in range(14, 23)), 2**22)


@pytest.mark.parametrize(
    ("k1", "k2", "t1", "t2", "expected"),
    [
        (1, 2, 1, 1, "1"),
        (5, 0, 1, 1, "1/16"),
        (6, 0, 1, 1, "1/32"),
        (0, 3, 1, 2, "5/9"),  # (8 + 6 + 1) / 27; only the split 1 to 2, 12/27, is more likely
        (2, 0, 1, 3, "1/16"),
        (2, 0, 7, 21, "1/16"),
        (0, 0, 1, 1, None),
    ],
)
def test_chances_worked_out_by_hand(k1: int, k2: int, t1: int, t2: int, expected: str | None) -> None:
    assert two_sided_p(k1, k2, t1, t2) == (None if expected is None else Fraction(expected))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9), st.integers(1, 9))
def test_the_order_of_the_periods_does_not_matter(k1: int, k2: int, t1: int, t2: int) -> None:
    p = two_sided_p(k1, k2, t1, t2)
    assert p == two_sided_p(k2, k1, t2, t1)
    assert p is None or 0 < p <= 1


def test_thousands_of_calls_are_compared_exactly() -> None:
    p = two_sided_p(2_600, 2_400, 168, 167)
    assert p is not None
    assert 0.004 < p < 0.05


@pytest.mark.parametrize(
    ("fewer", "more"), [(1_000, 1_001), (1_000, 1_100), (950, 1_100), (2_000, 3_000), (3_000, 3_150), (900, 1_900)]
)
def test_large_counts_are_added_up_to_ten_digits_of_the_exact_chance(fewer: int, more: int) -> None:
    total = fewer + more
    exact = Fraction(sum(comb(total, k) for k in range(fewer + 1)), 2 ** (total - 1))
    p = two_sided_p(fewer, more)
    assert p is not None
    assert abs(p - exact) <= exact * Fraction(1, 10**10)


@pytest.mark.parametrize(("k1", "k2", "t1", "t2"), [(-1, 2, 1, 1), (1, 2, 0, 1)])
def test_counts_and_lengths_that_cannot_be_are_refused(k1: int, k2: int, t1: int, t2: int) -> None:
    with pytest.raises(ValueError, match=f"jumlah {k1} dan {k2} dalam masa {t1} dan {t2} tidak mungkin"):
        two_sided_p(k1, k2, t1, t2)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (1, 2, "naik 1, dari 1 menjadi 2; tidak berbeda nyata"),
        (9, 30, "naik 21, dari 9 menjadi 30; berbeda nyata"),
        (10, 14, "naik 4 (40 %), dari 10 menjadi 14; tidak berbeda nyata"),
        (200, 120, "turun 80 (40 %), dari 200 menjadi 120; berbeda nyata"),
        (8, 8, "tetap 8"),
        (0, 0, "tetap 0"),
        (0, 3, "naik 3, dari 0 menjadi 3; tidak berbeda nyata"),
    ],
)
def test_a_change_is_said_in_per_cent_only_from_a_base_of_ten(before: int, now: int, words: str) -> None:
    assert change(before, now).words == words


@given(st.integers(0, 40), st.integers(0, 40))
def test_equally_long_periods_add_every_split_that_is_no_more_likely(k1: int, k2: int) -> None:
    ways = [comb(k1 + k2, k) for k in range(k1 + k2 + 1)]
    expected = Fraction(sum(w for w in ways if w <= ways[k1]), 2 ** (k1 + k2)) if k1 + k2 else None
    assert two_sided_p(k1, k2) == expected
