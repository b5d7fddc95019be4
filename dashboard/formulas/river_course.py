"""The readings of a river post without spikes and leaps, and how fast it rises by a slope that none of them turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from dashboard.formulas.quality_flags import Sample
from dashboard.formulas.river_limits import RiverLimits
from dashboard.formulas.robust_slope import Slope, robust_slope

HOUR = timedelta(hours=1)
WINDOWS = (HOUR, 2 * HOUR, 3 * HOUR)
"""The last hour; where it holds too few readings, two, then three."""
FEWEST = 4
SHORTEST = timedelta(minutes=20)
MOST = 60
"""Readings a slope is drawn through: it costs their square, and the minutes of an hour tell as much as its seconds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A level or a discharge that was measured."""

    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """`good` readings in order of time, how many were `left_out`, and where the newest `leap` came from and led to."""

    good: tuple[Reading, ...]
    left_out: int = 0
    leap: tuple[Reading, Reading] | None = None

    @property
    def since_leap(self) -> tuple[Reading, ...]:
        """The readings on one and the same datum."""
        return self.good if self.leap is None else tuple(r for r in self.good if r.at >= self.leap[1].at)


@dataclass(frozen=True, slots=True)
class Rise:
    """Change per hour with its 95 % limits (None where the readings are too few for any) over a window named by its
    length, or `missing`: why it cannot be told, as a clause.
    """

    per_hour: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    window: timedelta = HOUR
    missing: str = ""


def course(samples: Sequence[Sample], limits: RiverLimits) -> Course:
    """What a post told, in order of time. Missing values are gaps, never zero; nothing is filled in."""
    given = [Reading(s.at, s.value) for s in sorted(samples, key=lambda s: s.at) if s.value is not None]
    low, high = limits.possible
    possible = [r for r in given if r.value.is_finite() and low <= r.value <= high]
    good = tuple(r for place, r in enumerate(possible) if not _is_spike(possible, place, limits.spike))
    leaps = [(a, b) for a, b in pairwise(good) if _is_leap(a, b, limits)]
    return Course(good, len(given) - len(good), leaps[-1] if leaps else None)


def _is_spike(readings: Sequence[Reading], place: int, height: Decimal) -> bool:
    """Above both beside it or below both: the mean of the two would also accuse the foot and the head of a steep rise.
    The newest reading has nothing after it and stands until the next one comes.
    """
    if not 0 < place < len(readings) - 1:
        return False
    before, here, after = (r.value for r in readings[place - 1 : place + 2])
    return here - max(before, after) > height or min(before, after) - here > height


def _is_leap(before: Reading, after: Reading, limits: RiverLimits) -> bool:
    change, hours = abs(after.value - before.value), Decimal(str((after.at - before.at) / HOUR))
    return change >= limits.leap and change >= limits.leap_per_hour * hours


def rise(found: Course) -> Rise:
    """Theil-Sen slope per hour of the readings up to the newest, since the last leap; see WINDOWS."""
    readings = found.since_leap
    for window in WINDOWS:
        inside = [r for r in readings if readings[-1].at - r.at <= window]
        if len(inside) >= FEWEST and inside[-1].at - inside[0].at >= SHORTEST:
            slope = robust_slope([_point(r, readings[-1]) for r in _thinned(inside)])
            if slope is not None:
                return _risen(slope, len(inside), window)
    hours = WINDOWS[-1] // HOUR
    few = len([r for r in readings if readings[-1].at - r.at <= WINDOWS[-1]])
    after = " sesudah lompatan" if found.leap is not None else ""
    return Rise(None, n=few, window=WINDOWS[-1], missing=f"baru {few} bacaan dalam {hours} jam{after}, perlu {FEWEST}")


def _risen(slope: Slope, n: int, window: timedelta) -> Rise:
    return Rise(slope.slope, slope.low, slope.high, n, window)


def _point(reading: Reading, newest: Reading) -> tuple[float, float]:
    return (reading.at - newest.at) / HOUR, float(reading.value)


def _thinned(readings: Sequence[Reading]) -> list[Reading]:
    """At most MOST of them, evenly spread over time, the newest among them."""
    if len(readings) <= MOST:
        return list(readings)
    first, last = readings[0].at, readings[-1].at
    slots = {int((r.at - first) / (last - first) * (MOST - 1)): r for r in readings}
    return list(slots.values())
