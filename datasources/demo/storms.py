"""Storms: one or two afternoons a month by chance, and those that somebody ordered to see what the screens do."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from datasources.demo.world import HOUR, RAINY_MONTHS, date_of, day_of, dice, hour_of, midnight
from datasources.region import kecamatan

FACTOR = 6.0
"""Calls in a storm, in multiples of the usual."""
DAYS_OF_MONTH = (5, 25)
"""Between these lies the storm of each month, so that any 60 days hold one."""
SECOND_IN_RAINY_MONTH = 0.4
ORDERED_HOURS = 3


class Storm(NamedTuple):
    """Heavy rain over some kecamatan: calls arrive `factor` times as often from Unix hour `start`, for `hours` hours.

    Nobody calls because of it before the Unix second `since`.
    """

    start: int
    hours: int
    factor: float
    kecamatan: tuple[str, ...]
    since: int

    @property
    def end(self) -> int:
        """Unix hour in which it is over."""
        return self.start + self.hours


_ordered: list[Storm] = []


def order(seed: str, since: int) -> Storm:
    """Let a storm break out at this Unix second, whatever chance says. To be called before the world is asked."""
    rng = dice(seed, "ordered storm", since)
    storm = Storm(hour_of(since), ORDERED_HOURS, FACTOR, _places(rng.randrange(18), rng.randint(3, 6)), since)
    _ordered.append(storm)
    return storm


def withdraw_orders() -> None:
    """Back to the storms of chance."""
    _ordered.clear()


def storm_of_day(seed: str, day: int) -> Storm | None:
    """The storm that breaks out on that WIB day, if one does."""
    return next((s for s in _ordered if day_of(s.start) == day), None) or _by_chance(seed, day)


def storm_at(seed: str, hour: int) -> Storm | None:
    """The storm that rages in this Unix hour."""
    for storm in (*_ordered, _by_chance(seed, day_of(hour))):
        if storm and storm.start <= hour < storm.end:
            return storm
    return None


@lru_cache(maxsize=4096)
def _by_chance(seed: str, day: int) -> Storm | None:
    date = date_of(day)
    if date.day not in _days_of_month(seed, date.year, date.month):
        return None
    rng = dice(seed, "storm", day)
    start = midnight(day) + rng.randint(13, 19)
    return Storm(start, rng.randint(2, 4), FACTOR, _places(rng.randrange(18), rng.randint(3, 6)), start * HOUR)


@lru_cache(maxsize=256)
def _days_of_month(seed: str, year: int, month: int) -> frozenset[int]:
    rng = dice(seed, "storms", year, month)
    days = {rng.randint(*DAYS_OF_MONTH)}
    if month in RAINY_MONTHS and rng.random() < SECOND_IN_RAINY_MONTH:
        days.add(rng.randint(*DAYS_OF_MONTH))
    return frozenset(days)


def _places(centre: int, how_many: int) -> tuple[str, ...]:
    """Codes of the kecamatan around one of them."""
    middle = kecamatan()[centre]
    near = sorted(kecamatan(), key=lambda k: (k.lat - middle.lat) ** 2 + (k.lon - middle.lon) ** 2)
    return tuple(k.code for k in near[:how_many])
