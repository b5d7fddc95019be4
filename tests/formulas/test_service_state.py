"""Flapping control: incidents open after N failures in a row, close after M successes, and seconds are never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.availability import by_day, watched
from dashboard.formulas.service_state import Check, Limits, Spell, Standing, after

T0 = datetime(2026, 11, 23, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTERS = {"+": True, "-": False, "?": None}


def run(marks: str, limits: Limits = Limits(3, 2), every: timedelta = MINUTE) -> list[Spell]:  # noqa: B008 - frozen
    """The spells after a check per mark: + good, - bad, ? nobody can tell; a space is a check that never came."""
    standing: Standing | None = None
    spells: list[Spell] = []
    for place, mark in enumerate(marks):
        if mark == " ":
            continue
        check = Check(T0 + place * every, LETTERS[mark], 2 * every, f"sebab {place}")
        standing, ended = after(standing, check, limits)
        spells += ended
    return [*spells, standing.spell] if standing else []


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ("+++++", [("berjalan", 0, 4)]),
        ("++-++", [("berjalan", 0, 4)]),
        ("++--++", [("berjalan", 0, 5)]),
        ("++---+", [("berjalan", 0, 2), ("gagal", 2, 5)]),
        ("++---++", [("berjalan", 0, 2), ("gagal", 2, 5), ("berjalan", 5, 6)]),
        ("++---+-++", [("berjalan", 0, 2), ("gagal", 2, 7), ("berjalan", 7, 8)]),
        ("+-+-+-+-+", [("berjalan", 0, 8)]),
        ("---", [("gagal", 0, 2)]),
        ("++??++", [("berjalan", 0, 2), ("tidak diketahui", 2, 4), ("berjalan", 4, 5)]),
        ("++-??+", [("berjalan", 0, 2), ("tidak diketahui", 3, 5), ("berjalan", 5, 5)]),
        ("---?--", [("gagal", 0, 3), ("tidak diketahui", 3, 4), ("gagal", 4, 5)]),
        ("++    ++", [("berjalan", 0, 3), ("berjalan", 6, 7)]),
        ("---    -", [("gagal", 0, 4), ("gagal", 7, 7)]),
    ],
)
def test_spells(marks: str, told: list[tuple[str, int, int]]) -> None:
    spells = [(s.state, (s.start - T0) // MINUTE, (s.end - T0) // MINUTE) for s in run(marks)]
    assert spells == told


def test_an_incident_has_the_cause_of_its_first_failure() -> None:
    assert [s.cause for s in run("++---")] == ["", "sebab 2"]


@given(st.text("+-", min_size=1, max_size=60), st.integers(1, 4), st.integers(1, 4))
def test_the_state_is_that_of_the_last_run_that_was_long_enough(marks: str, failures: int, successes: int) -> None:
    """Against an oracle that looks for runs in the whole text, not one check after another."""
    limits = Limits(failures, successes)
    spells = run(marks, limits)
    state = "berjalan" if marks[0] == "+" else "tidak diketahui"
    for end in range(1, len(marks) + 1):
        so_far = marks[:end]
        if so_far.endswith("-" * failures):
            state = "gagal"
        elif so_far.endswith("+" * successes) or (so_far.endswith("+") and state != "gagal"):
            state = "berjalan"
    assert spells[-1].state == state


@given(st.text("+-? ", min_size=1, max_size=80), st.integers(1, 4), st.integers(1, 4))
def test_spells_follow_each_other_and_neighbours_differ(marks: str, failures: int, successes: int) -> None:
    spells = run(marks, Limits(failures, successes))
    for one, next_one in pairwise(spells):
        assert one.start < one.end <= next_one.start
        assert one.state != next_one.state or one.end < next_one.start


@given(st.text("+-?", min_size=1, max_size=40))
def test_a_check_told_twice_changes_nothing(marks: str) -> None:
    standing: Standing | None = None
    for place, mark in enumerate(marks):
        check = Check(T0 + place * MINUTE, LETTERS[mark], 2 * MINUTE)
        standing, _ = after(standing, check, Limits())
        assert after(standing, check, Limits()) == (standing, ())


def spell(state: str, start: int, end: int) -> Spell:
    return Spell(T0 + start * MINUTE, T0 + end * MINUTE, state)  # type: ignore[arg-type]


def test_availability_is_pooled_over_services_and_not_averaged() -> None:
    """A day of 99 % and an hour of 50 % are not 74.5 %."""
    long = watched([spell("berjalan", 0, 1426), spell("gagal", 1426, 1440)], T0, T0 + 1440 * MINUTE)
    short = watched([spell("berjalan", 0, 30), spell("gagal", 30, 60)], T0, T0 + 60 * MINUTE)
    assert (long + short).share == pytest.approx(1456 / 1500)


def test_maintenance_is_left_out_and_overlapping_windows_count_once() -> None:
    windows = [(T0 + 10 * MINUTE, T0 + 30 * MINUTE), (T0 + 20 * MINUTE, T0 + 40 * MINUTE)]
    found = watched([spell("berjalan", 0, 20), spell("gagal", 20, 60)], T0, T0 + 100 * MINUTE, windows)
    assert [ms // 60_000 for ms in (found.up, found.down, found.maintenance, found.total)] == [10, 20, 30, 100]
    assert found.seen == pytest.approx(30 / 70)


def test_nothing_seen_is_no_share() -> None:
    assert watched([], T0, T0 + MINUTE).share is None
    assert watched([spell("tidak diketahui", 0, 1)], T0, T0 + MINUTE).share is None


@given(st.lists(st.tuples(st.integers(1, 500), st.sampled_from(["berjalan", "gagal", "tidak diketahui"])), max_size=20))
def test_days_add_up_to_the_whole(parts: list[tuple[int, str]]) -> None:
    spells, at = [], 0
    for minutes, state in parts:
        spells.append(spell(state, at, at + minutes))
        at += minutes
    days = [(T0 + n * 1440 * MINUTE, T0 + (n + 1) * 1440 * MINUTE) for n in range(8)]
    closed = [(T0 + 100 * MINUTE, T0 + 2000 * MINUTE)]
    whole = watched(spells, T0, days[-1][1], closed)
    added = by_day(spells, days, closed)
    assert sum(d.up for d in added) == whole.up
    assert sum(d.down for d in added) == whole.down
    assert sum(d.maintenance for d in added) == whole.maintenance
