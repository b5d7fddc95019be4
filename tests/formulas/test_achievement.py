"""Achievement by direction, and what may be averaged: a target of 0 and a missing figure are no 0 % and no 100 %."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.achievement import (
    NO_REALISATION,
    NO_TARGET,
    ZERO_TARGET,
    Pooled,
    Progress,
    Weighted,
    achievement,
    parsed,
    pooled,
    progress,
)
from dashboard.formulas.not_computable import NotComputable

D = Decimal
NUMBERS = st.decimals(0, 10**6, places=2)


@pytest.mark.parametrize(
    ("direction", "target", "realised", "achieved"),
    [
        ("naik", "40", "20", "50"), ("naik", "40", "40", "100"), ("naik", "40", "44", "110"),
        ("naik", "40", "80", "120"), ("naik", "40", "0", "0"),
        ("turun", "20", "20", "100"), ("turun", "20", "15", "125"), ("turun", "20", "10", "120"),
        ("turun", "20", "30", "50"), ("turun", "20", "50", "0"), ("turun", "20", "0", "120"),
        ("rentang", "40..60", "40", "100"), ("rentang", "40..60", "60", "100"), ("rentang", "40..60", "20", "50"),
        ("rentang", "40..60", "75", "75"), ("rentang", "0..60", "0", "100"),
    ],
)  # fmt: skip
def test_by_direction_with_the_cap_of_120(direction: str, target: str, realised: str, achieved: str) -> None:
    expected = min(D(achieved), D(120))
    assert achievement(direction, parsed(target), D(realised)) == expected


@pytest.mark.parametrize(
    ("target", "realised", "why"),
    [(None, "5", NO_TARGET), ("40", None, NO_REALISATION), ("0", "5", ZERO_TARGET), ("0", "0", ZERO_TARGET)],
)
@pytest.mark.parametrize("direction", ["naik", "turun"])
def test_what_cannot_be_computed_says_why(
    direction: str, target: str | None, realised: str | None, why: NotComputable
) -> None:
    given_target = None if target is None else parsed(target)
    assert achievement(direction, given_target, None if realised is None else D(realised)) is why


def test_another_cap_is_that_of_the_document() -> None:
    assert achievement("naik", parsed("10"), D(40), D(100)) == 100
    assert achievement("naik", parsed("10"), D(40), D(300)) == 300


@given(st.sampled_from(["naik", "turun", "rentang"]), NUMBERS, NUMBERS, NUMBERS)
def test_never_outside_of_nothing_and_the_cap(direction: str, low: Decimal, width: Decimal, realised: Decimal) -> None:
    text = f"{low}..{low + width + 1}" if direction == "rentang" else f"{low}"
    found = achievement(direction, parsed(text), realised)
    assert isinstance(found, NotComputable) or 0 <= found <= 120


def test_an_average_pools_what_can_be_computed_and_says_of_how_many() -> None:
    assert pooled([D(100), ZERO_TARGET, D(50), NO_REALISATION]) == Pooled(D(75), 2, 4)
    assert pooled([ZERO_TARGET]) == Pooled(None, 0, 1)
    assert pooled([]) == Pooled(None, 0, 0)


@pytest.mark.parametrize(
    ("work", "found"),
    [
        ([], Progress(None, None, 0, 0, 0)),
        ([(3, True, 100), (1, False, None)], Progress(D(75), D(75), 0, 0, 2)),
        ([(3, True, 60), (1, False, 20)], Progress(D(75), D(50), 1, 0, 2)),
        ([(3, True, None), (1, False, 20)], Progress(D(75), None, 0, 1, 2)),
        ([(3, True, 0)], Progress(D(100), D(0), 1, 0, 1)),
    ],
    ids=["no actions", "as planned", "late", "due and unreported", "nothing done"],
)
def test_progress_by_weight_against_the_days_of_the_document(
    work: list[tuple[int, bool, int | None]], found: Progress
) -> None:
    assert progress(Weighted(D(w), due, None if p is None else D(p)) for w, due, p in work) == found
