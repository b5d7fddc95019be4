"""River samples judged by class 2: pollution index, what exceeds, and what could not be judged and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.dissolved_oxygen import ASSUMED_C, saturation
from dashboard.formulas.pollution_index import PollutionIndex, pollution_index
from dashboard.formulas.water_standards import Standard, usable
from dashboard.store.water import Sample, confirmed_limits, samples_between, unpacked

Confirmed = tuple[tuple[str, tuple[Decimal, str]], ...]
"""Parameter, limit and regulation of what an office has confirmed, in a fixed order."""

CURRENT = timedelta(days=400)
"""A sample older than a year and a month says nothing about the river today."""


@dataclass(frozen=True, slots=True)
class JudgedSample:
    """`index` is None with fewer than two judged parameters. `unclear`: detection limits above the standard."""

    sample: Sample
    index: PollutionIndex | None
    exceeding: tuple[str, ...]
    unclear: tuple[str, ...]
    assumed_temperature: bool

    @property
    def judged(self) -> frozenset[str]:
        """The parameters behind the index: two indices compare only where these agree."""
        return frozenset(self.index.ratios) if self.index else frozenset()

    @property
    def meets(self) -> bool | None:
        """Whether every judged parameter keeps its limit; None when nothing could be judged."""
        return None if self.index is None else not self.exceeding


def standards_at(connection: Connection, at: datetime) -> Mapping[str, Standard]:
    """The limits that may judge: read in the regulation, or confirmed by then."""
    return _standards(_confirmed(connection, at))


def _confirmed(connection: Connection, at: datetime) -> Confirmed:
    return tuple(sorted(confirmed_limits(connection, wib(at).date()).items()))


@lru_cache(maxsize=64)
def _standards(confirmed: Confirmed) -> Mapping[str, Standard]:
    return usable(dict(confirmed))


def judged_between(connection: Connection, first: date, last: date, at: datetime) -> list[JudgedSample]:
    """Every sample of those days, by station and day."""
    confirmed = _confirmed(connection, at)
    return [judge(sample, confirmed) for sample in samples_between(connection, first, last)]


def newest_judged(connection: Connection, at: datetime) -> list[JudgedSample]:
    """The newest sample of each station that can be judged, of the last 400 days."""
    today = wib(at).date()
    found = judged_between(connection, today - CURRENT, today, at)
    return list({one.sample.station: one for one in found if one.index is not None}.values())


def judge(sample: Sample, confirmed: Confirmed = ()) -> JudgedSample:
    """One sample. A value under a detection limit counts as that limit, unless the limit lies above the standard."""
    index, exceeding, unclear, assumed = _judgement(sample.packed, confirmed)
    return JudgedSample(sample, index, exceeding, unclear, assumed)


@lru_cache(maxsize=8192)
def _judgement(
    packed: str, confirmed: Confirmed
) -> tuple[PollutionIndex | None, tuple[str, ...], tuple[str, ...], bool]:
    """Judged once for the same values and limits: logarithms and roots of decimals are slow."""
    told, below = unpacked(packed)
    standards = _standards(confirmed)
    unclear = tuple(p for p in below if p in standards and not standards[p].met_by(told[p]))
    values = {p: value for p, value in told.items() if p not in unclear}
    celsius = told.get("temperature")
    index = pollution_index(values, standards, saturation(ASSUMED_C if celsius is None else celsius))
    exceeding = tuple(p for p in values if p in standards and not standards[p].met_by(values[p]))
    return index, exceeding, unclear, celsius is None and "do" in values


def by_station(judged: Iterable[JudgedSample]) -> dict[str, list[JudgedSample]]:
    """Station → its samples in their order."""
    stations: dict[str, list[JudgedSample]] = {}
    for one in judged:
        stations.setdefault(one.sample.station, []).append(one)
    return stations


def worst_of(judged: Iterable[JudgedSample]) -> JudgedSample | None:
    """The sample with the highest index."""
    known = [one for one in judged if one.index is not None]
    return max(known, key=lambda one: one.index.value if one.index else Decimal(0), default=None)
