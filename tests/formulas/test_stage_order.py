"""Stages that run backwards are counted by pair; stages that took no time are counted apart."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.formulas.stage_order import Pair, StageOrder, stage_order
from dashboard.formulas.stages import LifeCycle

START = datetime(2026, 11, 23, 1, tzinfo=UTC)


def cycle(**minutes: int) -> LifeCycle:
    """Received at minute 0 and whatever else is said, in minutes."""
    return LifeCycle(**{"received": START, **{name: START + timedelta(minutes=m) for name, m in minutes.items()}})


@pytest.mark.parametrize(
    ("incident", "backwards", "zero"),
    [
        (cycle(dispatched=1, en_route=2, arrived=9, closed=30), [], []),
        (cycle(closed=-5), [("received", "closed")], []),
        (cycle(arrived=-1, closed=20), [("received", "arrived")], []),
        (cycle(dispatched=3, arrived=-1), [("received", "arrived"), ("dispatched", "arrived")], []),
        (cycle(dispatched=50, en_route=4, arrived=9),
         [("dispatched", "en_route"), ("dispatched", "arrived")], []),
        (cycle(dispatched=2, en_route=2, arrived=9), [], [("dispatched", "en_route")]),
        (cycle(dispatched=0, arrived=-3), [("received", "arrived"), ("dispatched", "arrived")],
         [("received", "dispatched")]),
        (cycle(), [], []),
    ],
)  # fmt: skip
def test_each_pair_that_runs_backwards_or_takes_no_time(
    incident: LifeCycle, backwards: list[Pair], zero: list[Pair]
) -> None:
    found = stage_order([incident])
    assert (found.backwards, found.zero) == (Counter(backwards), Counter(zero))
    assert (found.cases, found.zero_cases) == ((0,) if backwards else (), (0,) if zero else ())


def test_zero_is_counted_between_neighbours_only() -> None:
    together = cycle(dispatched=0, en_route=0, arrived=0)
    assert stage_order([together]).zero == Counter(
        {("received", "dispatched"): 1, ("dispatched", "en_route"): 1, ("en_route", "arrived"): 1}
    )


def test_pairs_are_added_up_and_cases_named_by_their_position() -> None:
    good, bad, alone = cycle(closed=9), cycle(closed=-1), cycle()
    found = stage_order([good, bad, alone, bad])
    assert found.backwards == Counter({("received", "closed"): 2})
    assert (found.checked, found.cases) == (3, (1, 3))


def test_without_incidents_nothing_is_wrong() -> None:
    assert stage_order([]) == StageOrder()
