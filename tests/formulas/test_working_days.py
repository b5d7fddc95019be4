"""The working-day clock: worked examples, and what must hold for any holidays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formulas.within_clock import Clock, Tally, judged, tally
from dashboard.formulas.working_days import WorkingCalendar

FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)
DAYS = st.dates(date(2025, 6, 1), date(2026, 6, 30))
HOLIDAYS = st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=60)


def calendar(off: Collection[date] = (), on: Collection[date] = ()) -> WorkingCalendar:
    return WorkingCalendar(off, 2025, 2027, on)


@pytest.mark.parametrize(
    ("start", "days", "off", "due"),
    [
        (FRIDAY, 1, (), date(2026, 11, 23)),
        (FRIDAY, 3, (), date(2026, 11, 25)),
        (FRIDAY, 5, (), date(2026, 11, 27)),
        (FRIDAY, 14, (), date(2026, 12, 10)),
        (date(2026, 11, 21), 1, (), date(2026, 11, 23)),  # arrives on a Saturday
        (FRIDAY, 1, (date(2026, 11, 23), date(2026, 11, 24)), date(2026, 11, 25)),
        (date(2026, 12, 23), 3, (date(2026, 12, 24), date(2026, 12, 25)), date(2026, 12, 30)),
    ],
)
def test_due_days(start: date, days: int, off: tuple[date, ...], due: date) -> None:
    assert calendar(off).due(start, days) == due


def test_a_saturday_that_is_worked_counts() -> None:
    assert calendar(on=(date(2026, 11, 21),)).due(FRIDAY, 1) == date(2026, 11, 21)


@given(DAYS, st.integers(1, 90), HOLIDAYS)
def test_on_the_due_day_exactly_so_many_working_days_are_over(start: date, days: int, off: set[date]) -> None:
    kept = calendar(off)
    due = kept.due(start, days)
    assert kept.is_working(due)
    assert kept.elapsed(start, due) == days
    assert kept.elapsed(start, due - DAY) == days - 1


@given(DAYS, st.integers(1, 90), HOLIDAYS)
def test_counting_day_by_day_comes_to_the_same(start: date, days: int, off: set[date]) -> None:
    day, left = start, days
    while left:
        day += DAY
        left -= day.weekday() < 5 and day not in off
    assert calendar(off).due(start, days) == day


@given(DAYS, st.integers(1, 60), HOLIDAYS, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_one_more_holiday_never_makes_it_earlier(start: date, days: int, off: set[date], more: date) -> None:
    assert calendar(off).due(start, days) <= calendar(off | {more}).due(start, days)


@given(DAYS, DAYS, DAYS, HOLIDAYS)
def test_spans_add_up(a: date, b: date, c: date, off: set[date]) -> None:
    first, middle, last = sorted((a, b, c))
    kept = calendar(off)
    assert kept.elapsed(first, middle) + kept.elapsed(middle, last) == kept.elapsed(first, last)
    assert kept.elapsed(last, first) == 0


@given(DAYS, st.integers(1, 60), HOLIDAYS)
def test_a_later_start_is_never_due_earlier(start: date, days: int, off: set[date]) -> None:
    kept = calendar(off)
    assert kept.due(start, days) <= kept.due(start + DAY, days)


@given(DAYS, st.integers(1, 60), HOLIDAYS)
def test_began_is_the_latest_day_from_which_so_many_are_over(end: date, days: int, off: set[date]) -> None:
    kept = WorkingCalendar(off, 2024, 2027)
    began = kept.began(end, days)
    assert kept.elapsed(began, end) >= days > kept.elapsed(began + DAY, end)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2028, 1, 1)])
def test_outside_the_calendar_nothing_is_known(day: date) -> None:
    with pytest.raises(ValueError, match="kalender"):
        calendar().elapsed(day, FRIDAY)


def test_a_limit_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="paling sedikit 1"):
        calendar().due(FRIDAY, 0)


@pytest.mark.parametrize(
    ("done", "today", "word"),
    [
        (date(2026, 11, 25), date(2026, 12, 30), "tepat"),
        (date(2026, 11, 26), date(2026, 12, 30), "lewat"),
        (None, date(2026, 11, 25), "berjalan"),
        (None, date(2026, 11, 26), "lewat"),  # late at once, not when somebody closes it
    ],
)
def test_cases_against_their_limit(done: date | None, today: date, word: str) -> None:
    assert judged(calendar(), Clock(FRIDAY, done, 3), today) == word


def test_those_that_still_run_are_no_part_of_the_share() -> None:
    cases = [Clock(FRIDAY, date(2026, 11, 24), 3), Clock(FRIDAY, None, 3), Clock(FRIDAY, None, 60)]
    found = tally(calendar(), cases, date(2026, 12, 1))
    assert found == Tally(1, 1, 1)
    assert (found.decided, found.share) == (2, pytest.approx(0.5))
    assert Tally().share is None
