"""Minutes that heap on 00 and 30 betray times that were typed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest

from dashboard.formulas.heaping import CHANCE, chance_of_at_least, heaping

HOUR = datetime(2023, 3, 1, 3, tzinfo=UTC)


def at_minutes(minutes: Sequence[int]) -> list[datetime]:
    return [HOUR + timedelta(hours=hour, minutes=minute) for hour, minute in enumerate(minutes)]


def heaps(heaped: int, n: int) -> list[datetime]:
    """So many of n moments on 00 or 30, the others on minutes that are neither."""
    others = [minute for minute in range(60) if minute not in (0, 30)]
    return at_minutes([30 * (i % 2) for i in range(heaped)] + [others[i % 58] for i in range(n - heaped)])


@pytest.mark.parametrize(
    ("heaped", "n", "by_hand"),
    [
        (170, 213, True),  # Kabupaten Sumenep's list: 80 % of the minutes are 00 or 30
        (6, 10, True),
        (107, 213, True),
        (106, 213, False),  # less than half: some were typed, most were not
        (7, 213, False),  # chance gives 7.1
        (4, 4, False),  # four of four may still be chance, among all stages of all sources over the years
        (5, 5, True),
        (0, 0, False),
    ],
)
def test_most_minutes_on_the_half_hour_and_no_chance_means_typed_by_hand(heaped: int, n: int, by_hand: bool) -> None:
    found = heaping(heaps(heaped, n))
    assert (found.n, found.heaped, found.typed_by_hand) == (n, heaped, by_hand)


def test_the_share_is_told_and_without_times_there_is_none() -> None:
    assert heaping(heaps(4, 5)).share == Fraction(4, 5)
    assert heaping([]).share is None


def test_a_clock_that_nobody_touches_does_not_heap() -> None:
    found = heaping(at_minutes([(7 * i) % 60 for i in range(600)]))
    assert found.share == CHANCE
    assert not found.typed_by_hand


def exactly(k: int, n: int) -> Fraction:
    return Fraction(sum(comb(n, i) * 29 ** (n - i) for i in range(k, n + 1)), 30**n)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (3, 3), (6, 10), (12, 200), (170, 213)])
def test_the_chance_is_that_of_the_exact_binomial(k: int, n: int) -> None:
    assert chance_of_at_least(k, n) == pytest.approx(float(exactly(k, n)), rel=1e-9)


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2)])
def test_impossible_counts_are_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{k} dari {n} tidak mungkin"):
        chance_of_at_least(k, n)
