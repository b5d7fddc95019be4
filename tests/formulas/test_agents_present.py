"""Agents are there while they are logged in and not paused, however the log tells it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.agents_present import Spell, present, staffed_by_hour


def login(start: int, end: int | None = None, agent: str = "a") -> Spell:
    return Spell(agent, "login", start, end)


def pause(start: int, end: int | None = None, agent: str = "a") -> Spell:
    return Spell(agent, "pause", start, end)


@pytest.mark.parametrize(
    ("spells", "seconds"),
    [
        ([], 0),
        ([login(0, 3600)], 3600),
        ([login(0)], 7200),
        ([login(-500, 100), login(7100, 9000)], 200),
        ([login(0, 3600), login(1800, 5400)], 5400),
        ([login(0, 3600), pause(600, 1200)], 3000),
        ([login(0, 3600), pause(600, 1200), pause(900, 1500)], 2700),
        ([login(0, 3600), pause(3000)], 3000),
        ([login(0, 3600), pause(-100, 4000)], 0),
        ([login(0, 3600), login(0, 3600, "b"), pause(0, 3600, "b")], 3600),
        ([login(0, 1000), login(2000, 3000), pause(500, 2500)], 1000),
        ([pause(0, 3600)], 0),
        ([login(9000, 9500)], 0),
    ],
)
def test_staffed_time_is_the_union_of_logins_without_pauses(spells: list[Spell], seconds: int) -> None:
    assert staffed_by_hour(spells, 0, 7200).total() == seconds


def test_staffed_time_is_divided_among_the_hours() -> None:
    spells = [login(1800, 9000), login(3600, 7200, "b"), pause(7200, 8100)]
    assert staffed_by_hour(spells, 0, 86400) == Counter({0: 1800, 1: 7200, 2: 900})


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).filter(lambda s: s[0] < s[1])


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_each_second_is_staffed_or_not_as_counted_one_by_one(logins: list[list[int]], pauses: list[list[int]]) -> None:
    spells = [login(*s) for s in logins] + [pause(*s) for s in pauses]
    seconds = {t for a, b in logins for t in range(a, b)} - {t for a, b in pauses for t in range(a, b)}
    spans = present(spells, 0, 60).get("a", [])
    assert {t for a, b in spans for t in range(a, b)} == seconds
    assert sum(b - a for a, b in spans) == len(seconds)
    assert sum(staffed_by_hour(spells, 0, 60).values()) == len(seconds)
