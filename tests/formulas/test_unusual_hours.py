"""An ordinary day raises no alarm, a storm does within its hour."""

from __future__ import annotations

import random
from datetime import date, timedelta
from statistics import fmean, variance

import pytest

from dashboard.formulas.unusual_hours import FALSE_DAYS, UsualDay, unusual_hours, usual_day
from dashboard.formulas.usual_band import ALPHA
from dashboard.like_days import like_days
from tests.dashboard.simulated_days import DISPERSION, ordinary_days, poisson, usual_mean

FIRST = date(2026, 5, 18)
WINDOW = 91


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_98_ordinary_days_raise_no_false_alarm(seed: int) -> None:
    assert [day for day, _ in alarms(ordinary_days(FIRST, WINDOW + 98, seed))] == []


def test_over_twenty_seeds_an_ordinary_day_raises_an_alarm_less_than_once_in_two_years() -> None:
    found = sum(len(alarms(ordinary_days(FIRST, WINDOW + 98, seed))) for seed in range(100, 120))
    assert found / (20 * 98) <= 1 / 730


def test_the_simulated_days_spread_as_widely_as_real_ones() -> None:
    totals = [sum(hours) for hours in ordinary_days(FIRST, 2000, 9).values()]
    assert variance(totals) / fmean(totals) == pytest.approx(DISPERSION, abs=0.4)


@pytest.mark.parametrize("hour", [9, 13, 16, 19])
def test_a_storm_of_six_times_the_calls_shows_within_its_hour(hour: int) -> None:
    world, dice = ordinary_days(FIRST, WINDOW + 98, 7), random.Random(hour)
    shown = 0
    for day in list(world)[WINDOW:]:
        usual = usual_of(world, day)
        counts: list[int | None] = [*world[day][:hour], poisson(dice, 6 * usual_mean(day, hour))]
        counts += [None] * (24 - len(counts))
        shown += unusual_hours(counts, usual, running=hour) == [hour]
    assert shown >= 90, "of 98; the others are storms that chance made small"


def test_seven_like_days_are_no_habit() -> None:
    assert usual_day([[3] * 24] * 7) is None


@pytest.mark.parametrize(
    ("count", "running", "unusual"),
    [(9, False, False), (30, False, True), (30, True, True), (0, False, True), (0, True, False)],
)
def test_an_hour_that_still_runs_can_be_too_many_but_not_too_few(count: int, running: bool, unusual: bool) -> None:
    usual = UsualDay((12.0,) * 24, 60, 0.0)
    assert usual.outside(10, count, ALPHA, running) is unusual


def test_fewer_than_five_calls_are_never_too_many() -> None:
    usual = UsualDay((0.05,) * 24, 60, 0.0)
    assert [usual.outside(3, count) for count in (1, 3, 4, 5)] == [False, False, False, True]


def test_a_storm_among_the_like_days_does_not_hide_the_next_one() -> None:
    ordinary = [[3 + (day + hour) % 3 for hour in range(24)] for day in range(12)]
    usual, stormy = usual_day(ordinary), usual_day([*ordinary, [40] * 24])
    assert usual
    assert stormy
    assert stormy.means == usual.means


def test_one_hour_at_the_edge_is_forgiven_among_24_but_not_a_whole_morning() -> None:
    usual = UsualDay((10.0,) * 24, 1000, 0.0)
    edge = usual.limits(0, FALSE_DAYS)[1] + 1
    assert unusual_hours([edge] + [10] * 23, usual) == []
    assert unusual_hours([edge] * 24, usual) == list(range(24))


def alarms(world: dict[date, list[int]]) -> list[tuple[date, list[int]]]:
    """A day's alarms after its last hour: no earlier look can raise more."""
    found = [(day, unusual_hours(world[day], usual_of(world, day))) for day in list(world)[WINDOW:]]
    return [(day, hours) for day, hours in found if hours]


def usual_of(world: dict[date, list[int]], day: date) -> UsualDay:
    window = [earlier for earlier in world if timedelta(0) < day - earlier <= timedelta(days=WINDOW)]
    usual = usual_day([world[like] for like in like_days(day, window)[0]])
    assert usual
    return usual
