"""How many people ring 112 in an hour."""

from __future__ import annotations

import random
from math import exp

from datasources.demo.world import day_of, dice, wib_hour

CALLS_BY_HOUR = (
    1.6, 1.2, 0.9, 0.8, 0.9, 1.4, 2.4, 3.4, 4.2, 4.6, 4.8, 4.9,
    4.7, 4.5, 4.6, 4.9, 5.1, 5.2, 5.3, 5.2, 4.8, 4.0, 3.0, 2.2,
)  # fmt: skip
"""Calls expected in each hour of a working day in WIB, 85 in all: the size of Indonesian peers of 1-2 million."""
DAY_FACTOR = (1.0, 0.98, 0.97, 1.0, 1.05, 0.92, 0.86)
"""Monday to Sunday."""
DAY_SPREAD = 65.0
"""Shape of the gamma by which whole days are busier or quieter than others: the variance of a day's calls is about 2.3
times its mean, as in Alexandria, Virginia; within a day the hours are Poisson."""
STORM_SPREAD = 50.0
"""The calls that a storm adds are many and steady."""


def usual_calls(hour: int) -> float:
    """Calls expected in this Unix hour without a storm."""
    return CALLS_BY_HOUR[wib_hour(hour)] * DAY_FACTOR[(day_of(hour) + 3) % 7]


def busy_factor(seed: str, hour: int) -> float:
    """By how much the day of this Unix hour is busier than an ordinary one."""
    return dice(seed, "busy day", day_of(hour)).gammavariate(DAY_SPREAD, 1 / DAY_SPREAD)


def how_many(rng: random.Random, mean: float, spread: float) -> int:
    """A number of calls with this mean, over-dispersed."""
    return poisson(rng, rng.gammavariate(spread, mean / spread))


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson number by Knuth's multiplication; for means below a few hundred."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
