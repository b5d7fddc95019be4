"""Ordinary days of calls with the spread of a real centre: 69 a day, variance 2.3 times the mean (Alexandria)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import exp

MEAN_OF_DAY, DISPERSION = 69.46, 2.30
DAY_SPREAD = (DISPERSION - 1) / MEAN_OF_DAY
"""Variance of a day's own factor: a gamma mixture of Poisson days has variance mean + spread * mean**2."""
SHAPE_OF_DAY = (16, 12, 9, 8, 9, 14, 24, 34, 42, 46, 48, 49, 47, 45, 46, 49, 51, 52, 53, 52, 48, 40, 30, 22)
WEEKEND = {5: 0.95, 6: 0.88}


def usual_mean(day: date, hour: int) -> float:
    """Calls expected in an hour of an ordinary day."""
    return MEAN_OF_DAY * SHAPE_OF_DAY[hour] / sum(SHAPE_OF_DAY) * WEEKEND.get(day.weekday(), 1.0)


def ordinary_days(first: date, days: int, seed: int) -> dict[date, list[int]]:
    """Calls of each hour; some days are busy as a whole, none is a storm."""
    dice = random.Random(seed)
    found = {}
    for day in (first + timedelta(days=place) for place in range(days)):
        busy = dice.gammavariate(1 / DAY_SPREAD, DAY_SPREAD)
        found[day] = [poisson(dice, busy * usual_mean(day, hour)) for hour in range(24)]
    return found


def poisson(dice: random.Random, mean: float) -> int:
    """By Knuth's multiplication, for small means."""
    limit, product, count = exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
