"""The weather of chance: which hours are busy, which afternoons storm, all decided by a seed and the hour."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import exp
from typing import NamedTuple

from datasources.region import kecamatan

SEED = "mojokerto"
HOUR = 3600
WIB_HOURS = 7
CALLS_BY_HOUR = (
    1.6, 1.2, 0.9, 0.8, 0.9, 1.4, 2.4, 3.4, 4.2, 4.6, 4.8, 4.9,
    4.7, 4.5, 4.6, 4.9, 5.1, 5.2, 5.3, 5.2, 4.8, 4.0, 3.0, 2.2,
)  # fmt: skip
"""Calls expected in each hour of a working day in WIB, 85 in all: the size of Indonesian peers of 1-2 million."""
DAY_FACTOR = (1.0, 0.98, 0.97, 1.0, 1.05, 0.92, 0.86)
"""Monday to Sunday."""
RAINY_MONTHS = frozenset((10, 11, 12, 1, 2, 3, 4))
STORM_CHANCE_RAINY, STORM_CHANCE_DRY = 0.3, 0.05


class Storm(NamedTuple):
    """Heavy rain over some kecamatan: calls arrive `factor` times as often from `start`, for `hours` hours."""

    start: int
    hours: int
    factor: float
    kecamatan: tuple[str, ...]

    @property
    def end(self) -> int:
        """Unix hour in which it is over."""
        return self.start + self.hours


def dice(seed: str, *subject: object) -> random.Random:
    """Chance that falls the same way each time it is asked about the same subject."""
    return random.Random(":".join((seed, *map(str, subject))))  # noqa: S311 - a repeatable world, no secret


def hour_of(moment: float) -> int:
    """The Unix hour that a Unix second lies in."""
    return int(moment // HOUR)


def day_of(hour: int) -> int:
    """The day in WIB of a Unix hour, counted from 1 January 1970."""
    return (hour + WIB_HOURS) // 24


def wib_hour(hour: int) -> int:
    """0..23."""
    return (hour + WIB_HOURS) % 24


def midnight(day: int) -> int:
    """The Unix hour at which a WIB day begins."""
    return day * 24 - WIB_HOURS


def as_utc(moment: float) -> datetime:
    """A Unix second as a date."""
    return datetime.fromtimestamp(moment, UTC)


@lru_cache(maxsize=4096)
def month_of(day: int) -> int:
    """1..12, of a WIB day."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).month


@lru_cache(maxsize=4096)
def storm_of_day(seed: str, day: int) -> Storm | None:
    """The storm of that afternoon or evening, if there is one."""
    rng = dice(seed, "storm", day)
    chance = STORM_CHANCE_RAINY if month_of(day) in RAINY_MONTHS else STORM_CHANCE_DRY
    if rng.random() > chance:
        return None
    start = midnight(day) + rng.randint(13, 19)
    centre = rng.choice(kecamatan())
    near = sorted(kecamatan(), key=lambda k: (k.lat - centre.lat) ** 2 + (k.lon - centre.lon) ** 2)
    places = tuple(k.code for k in near[: rng.randint(3, 6)])
    return Storm(start, rng.randint(2, 4), round(rng.uniform(3, 6), 1), places)


def storm_at(seed: str, hour: int) -> Storm | None:
    """The storm that rages in this Unix hour."""
    storm = storm_of_day(seed, day_of(hour))
    return storm if storm and storm.start <= hour < storm.end else None


def expected_calls(seed: str, hour: int) -> float:
    """Calls that a usual hour of this kind brings, times the storm."""
    day = day_of(hour)
    storm = storm_at(seed, hour)
    return CALLS_BY_HOUR[wib_hour(hour)] * DAY_FACTOR[(day + 3) % 7] * (storm.factor if storm else 1)


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson number by Knuth's multiplication; for means below a few hundred."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
