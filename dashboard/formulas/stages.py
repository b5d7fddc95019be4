"""The life cycle of an incident: how long each stage took, and what cannot be counted and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Literal

LIMIT = timedelta(minutes=15)
"""Permendagri 114/2018 Pasal 4: from receipt of the report until arrival, fire and rescue."""
FORGOTTEN = timedelta(hours=24)
"""A ticket open for longer is a forgotten closing."""
TYPED_BY_HAND = Fraction(1, 2)
"""More minutes than this on 00 or 30 (chance gives 1 in 30) were typed afterwards: show no seconds and no p90."""

Stage = Literal["answer", "processing", "turnout", "travel", "response", "handling", "total"]

INTERVALS: dict[Stage, tuple[str, str]] = {
    "answer": ("received", "answered"),
    "processing": ("answered", "dispatched"),
    "turnout": ("dispatched", "en_route"),
    "travel": ("en_route", "arrived"),
    "response": ("received", "arrived"),
    "handling": ("arrived", "closed"),
    "total": ("received", "closed"),
}
CLOCKS: dict[Stage, str] = {
    "answer": "panggilan masuk → dijawab",
    "processing": "dijawab → diteruskan ke OPD",
    "turnout": "diteruskan ke OPD → berangkat",
    "travel": "berangkat → tiba di lokasi",
    "response": "laporan diterima → tiba di lokasi",
    "handling": "tiba di lokasi → selesai",
    "total": "laporan diterima → selesai",
}
"""The name of each clock, to be printed on the panel: times from different starts must not be compared."""


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The moments t0…t8 of one incident, or of one unit sent to it. None: not known."""

    received: datetime
    answered: datetime | None = None
    created: datetime | None = None
    dispatched: datetime | None = None
    acknowledged: datetime | None = None
    en_route: datetime | None = None
    arrived: datetime | None = None
    controlled: datetime | None = None
    closed: datetime | None = None
    cancelled: bool = False
    outside: bool = False


ORDER = ("received", "answered", "created", "dispatched", "acknowledged", "en_route", "arrived", "controlled", "closed")


@dataclass(frozen=True, slots=True)
class StageTimes:
    """One stage of many incidents. Zeros are among the times and counted; negative ones are faults, counted only."""

    times: Sequence[timedelta] = ()
    zero: int = 0
    negative: int = 0
    missing: int = 0

    @property
    def mean(self) -> timedelta | None:
        """The mean, as Permendagri 114/2018 asks of the response."""
        return sum(self.times, timedelta(0)) / len(self.times) if self.times else None


@dataclass(frozen=True, slots=True)
class WithinLimit:
    """Incidents reached in time, all that count, and those that do not, by reason. Add periods; never average them."""

    within: int = 0
    counted: int = 0
    excluded: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: WithinLimit) -> WithinLimit:
        return WithinLimit(self.within + other.within, self.counted + other.counted, self.excluded + other.excluded)

    def __mul__(self, times: int) -> WithinLimit:
        """So many incidents of the same kind."""
        excluded = Counter({reason: n * times for reason, n in self.excluded.items()})
        return WithinLimit(self.within * times, self.counted * times, excluded)

    @property
    def share(self) -> Fraction | None:
        """The pooled share; None when nothing counts."""
        return Fraction(self.within, self.counted) if self.counted else None


def stage_times(cycles: Iterable[LifeCycle], stage: Stage) -> StageTimes:
    """How long a stage took in each incident; one value per incident, see `first_arriving`."""
    begin, end = INTERVALS[stage]
    times, negative, missing = [], 0, 0
    for cycle in cycles:
        start, stop = getattr(cycle, begin), getattr(cycle, end)
        if start is None or stop is None:
            missing += 1
        elif stop < start:
            negative += 1
        else:
            times.append(stop - start)
    return StageTimes(tuple(times), sum(not time for time in times), negative, missing)


def first_arriving(units: Sequence[LifeCycle]) -> LifeCycle:
    """One incident from the units sent to it: the unit that arrived first, else the one sent first.

    The clock starts at the first call and stops for good when the last unit is done. Raises ValueError without units.
    """
    if not units:
        raise ValueError("kejadian tanpa unit")
    arrived = [unit for unit in units if unit.arrived is not None and not unit.cancelled]
    first = (
        min(arrived, key=lambda unit: unit.arrived or unit.received)
        if arrived
        else min(units, key=lambda unit: (unit.cancelled, unit.dispatched is None, unit.dispatched or unit.received))
    )
    ends = [unit.closed for unit in units if unit.closed is not None]
    closed = max(ends) if len(ends) == len(units) else None
    return replace(first, received=min(unit.received for unit in units), closed=closed)


def within_limit(cycles: Iterable[LifeCycle], now: datetime, limit: timedelta = LIMIT) -> WithinLimit:
    """Who was reached within the limit of the report; one that is late and still open counts as late at once."""
    within, counted, excluded = 0, 0, Counter[str]()
    for cycle in cycles:
        reason = _excluded(cycle, now, limit)
        if reason:
            excluded[reason] += 1
            continue
        counted += 1
        within += cycle.arrived is not None and cycle.arrived - cycle.received <= limit
    return WithinLimit(within, counted, excluded)


def _excluded(cycle: LifeCycle, now: datetime, limit: timedelta) -> str | None:
    if cycle.cancelled:
        return "dibatalkan"
    if cycle.outside:
        return "luar wilayah atau bantuan ke tetangga"
    if cycle.arrived is not None:
        return "tiba sebelum laporan (salah catat)" if cycle.arrived < cycle.received else None
    if cycle.closed is not None:
        return "ditutup tanpa waktu tiba"
    age = now - cycle.received
    if age <= limit:
        return f"masih dalam {int(limit.total_seconds() // 60)} menit pertama"
    return "tiket > 24 jam belum ditutup" if age > FORGOTTEN else None


def out_of_order(cycle: LifeCycle) -> list[tuple[str, str]]:
    """Pairs of known moments of which the later one stands before the earlier: faults of the data."""
    known = [(name, getattr(cycle, name)) for name in ORDER if getattr(cycle, name) is not None]
    return [(a, b) for (a, earlier), (b, later) in combinations(known, 2) if later < earlier]


def typed_by_hand(moments: Sequence[datetime]) -> bool | None:
    """Whether most moments stand on a full or half hour, so that only "median, dibulatkan 30 menit" may be shown."""
    if not moments:
        return None
    return Fraction(sum(moment.minute in (0, 30) for moment in moments), len(moments)) > TYPED_BY_HAND
