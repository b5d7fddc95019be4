"""The load of our own alarms, by hand-counted examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from dashboard.formulas.alarm_load import Raised, alarm_load

START = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def at(minutes: float, rule: str = "a", times: int = 1, ended: float | None = None) -> Raised:
    end = None if ended is None else START + timedelta(minutes=ended)
    return Raised(rule, START + timedelta(minutes=minutes), times, end)


def test_a_quiet_day_has_no_load() -> None:
    load = alarm_load([], START, START + DAY)
    assert (load.raised, load.per_day, load.busiest, load.flood_share, load.top_share) == (0, 0, 0, 0, None)


def test_eleven_in_ten_minutes_are_a_flood_and_ten_are_not() -> None:
    eleven = [at(n * 0.5) for n in range(11)]
    ten = [at(20 + n * 0.5) for n in range(10)]
    load = alarm_load([*eleven, *ten], START, START + DAY)
    assert (load.per_day, load.per_ten_minutes, load.busiest) == (21, Fraction(21, 144), 11)
    assert load.flood_share == Fraction(1, 144)


def test_what_chatters_what_stands_and_who_rings_most_is_told() -> None:
    alarms = [at(-100, "old"), at(-100, "ended", ended=10), at(-2000, "gone", ended=-1000),
              at(5, "a", times=3), at(6, "a"), at(7, "b", times=2)]  # fmt: skip
    load = alarm_load(alarms, START, START + DAY)
    assert (load.raised, load.chattering, load.standing) == (3, 1, 1)
    assert load.top == (("a", 2), ("b", 1))
    assert load.top_share == 1


def test_an_alarm_of_the_last_moment_belongs_to_the_next_period() -> None:
    assert alarm_load([at(24 * 60)], START, START + DAY).raised == 0


def test_a_period_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no length"):
        alarm_load([], START, START)
