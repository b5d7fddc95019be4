"""Every stage meets every turn by every side; only the table leads on."""

from __future__ import annotations

from itertools import product

import pytest

from dashboard.formulas.directive_course import COURSE, GIVER, OPD, OutOfTurn, Stage, Turn, after, turns

BOTH = frozenset({GIVER, OPD})


@pytest.mark.parametrize(("stage", "turn"), list(product(Stage, Turn)))
def test_a_turn_is_taken_only_from_where_and_by_whom_the_course_says(stage: Stage, turn: Turn) -> None:
    step = COURSE.get((stage, turn))
    if step is None:
        with pytest.raises(OutOfTurn, match="tidak dapat"):
            after(stage, turn, BOTH)
        return
    side, leads_to = step
    assert after(stage, turn, frozenset({side})) is leads_to
    with pytest.raises(OutOfTurn, match=f"Hanya {side}"):
        after(stage, turn, BOTH - {side})


def test_what_ended_stays_ended_and_only_the_giver_ends_it() -> None:
    assert turns(Stage.DONE, BOTH) == turns(Stage.WITHDRAWN, BOTH) == []
    assert {side for (_, _), (side, to) in COURSE.items() if not to.is_open} == {GIVER}


def test_every_open_stage_can_still_reach_an_end() -> None:
    ways = {stage: {to for (at, _), (_, to) in COURSE.items() if at is stage} for stage in Stage}
    for stage in Stage:
        reached, found = {stage}, {stage}
        while found:
            found = set().union(*(ways[s] for s in found)) - reached
            reached |= found
        assert not stage.is_open or Stage.DONE in reached
