"""Steps of readiness: two readings in a row, and a way back of its own for each step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.river_course import Reading
from dashboard.formulas.siaga import Standing, Step, checked_steps, standing

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
BRANTAS = tuple(Step(Decimal(value)) for value in (1250, 1400, 1600))
"""Rolak Songo in m3/s as the press told in February 2021 (perlu verifikasi)."""
WITH_RETURN = (Step(Decimal(1250), Decimal(1200)), Step(Decimal(1400), Decimal(1300)))


def readings(*values: object) -> list[Reading]:
    return [Reading(NOON + timedelta(minutes=15 * n), Decimal(str(v))) for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("steps", "values", "step", "awaits"),
    [
        (BRANTAS, (), 0, None),
        (BRANTAS, (1249.9, 1249.9), 0, None),
        (BRANTAS, (1250, 1250), 1, None),  # the threshold itself counts
        (BRANTAS, (1200, 1300), 0, 1),  # one reading alone
        (BRANTAS, (1200, 1300, 1200), 0, None),
        (BRANTAS, (1300, 1700), 1, 3),
        (BRANTAS, (1300, 1700, 1650), 3, None),
        (BRANTAS, (1650, 1650, 1399), 3, None),  # nor does one alone lower it
        (BRANTAS, (1650, 1650, 1399, 1380), 1, None),
        (WITH_RETURN, (1260, 1260, 1210, 1205), 1, None),  # held until the agreed return
        (WITH_RETURN, (1260, 1260, 1199, 1199), 0, None),
        (WITH_RETURN, (1450, 1450, 1310, 1305), 2, None),
        (WITH_RETURN, (1450, 1450, 1290, 1290), 1, None),
    ],
)
def test_two_readings_in_a_row_decide(
    steps: tuple[Step, ...], values: tuple[float, ...], step: int, awaits: int | None
) -> None:
    found = standing(readings(*values), steps)
    assert (found.step, found.awaits) == (step, awaits)


def test_since_is_the_reading_that_decided() -> None:
    assert standing(readings(1200, 1260, 1270, 1280), BRANTAS) == Standing(1, NOON + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((Step(Decimal(2)), Step(Decimal(2))), "ambang tingkat 2 (2) harus lebih tinggi dari tingkat 1 (2)"),
        ((Step(Decimal(2), Decimal(3)),), "ambang kembali tingkat 1 (3) harus di bawah ambangnya (2)"),
    ],
)
def test_steps_that_cannot_be_are_refused(steps: tuple[Step, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        checked_steps(steps)


@given(st.lists(st.integers(1100, 1700), max_size=40))
def test_a_step_is_never_entered_nor_left_by_one_reading(values: list[int]) -> None:
    """An oracle that only looks at neighbouring pairs: both at or above enter, both below the return leave."""
    state = [False, False]
    for before, here in pairwise(values):
        for place, step in enumerate(WITH_RETURN):
            if min(before, here) >= step.value:
                state[place] = True
            elif state[place] and max(before, here) < step.held_from:
                state[place] = False
    expected = 2 if state[1] else 1 if state[0] else 0
    assert standing(readings(*values), WITH_RETURN).step == expected
