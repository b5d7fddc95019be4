"""The clock of the simulated regency, and chance that always falls the same way."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import lru_cache

SEED = "mojokerto"
HOUR = 3600
WIB_HOURS = 7
RAINY_MONTHS = frozenset((10, 11, 12, 1, 2, 3, 4))


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


def year_of(moment: float) -> int:
    """The year in WIB of a Unix second."""
    return as_utc(moment + WIB_HOURS * HOUR).year


@lru_cache(maxsize=4096)
def date_of(day: int) -> datetime:
    """The date of a WIB day."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


@lru_cache(maxsize=4096)
def month_of(day: int) -> int:
    """1..12, of a WIB day."""
    return date_of(day).month
