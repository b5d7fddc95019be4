"""Every air station at a moment: what it says, how old that is, and how far it may be believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas.completeness import HOURS
from dashboard.formulas.ispu import BREAKPOINTS
from dashboard.formulas.nowcast import HOURS as NOWCAST_HOURS
from dashboard.formulas.nowcast import nowcast
from dashboard.formulas.quality_flags import Flag
from dashboard.store.air_days import Kind, days_between
from dashboard.store.air_drift import drifts
from dashboard.store.air_hours import StationHour, hours_between
from dashboard.store.air_rolling import rolling_between
from dashboard.store.observations import sourced_readings
from dashboard.store.reading_flags import flag_counts
from dashboard.store.stations import Heard, Station, all_stations, heard

HOUR = timedelta(hours=1)
SILENT_AFTER = timedelta(hours=3)
"""Longer than any station of air is usually silent: KLH publishes hourly, a minute after the hour."""
SAMPLED_EVERY = timedelta(days=4)
"""Samples taken by hand rest over a long weekend."""
DOUBTED_FOR = timedelta(hours=6)
"""A flag this young marks the whole station."""
CRITICAL = "kritis:"

Id = tuple[str, str]
"""(source, station)."""


@dataclass(frozen=True, slots=True)
class HourIndex:
    """The ISPU of the 24 hours that end at `hour`; None while too little of them was measured."""

    hour: datetime
    index: int | None
    critical: str = ""


@dataclass(frozen=True, slots=True)
class StationNow:
    """A station: the index of each of the last 24 hours (oldest first), PM2.5 of the last full hour and its NowCast
    in ug/m3, the newest moment heard of, and its mark with the reasons.
    """

    station: Station
    kind: Kind
    hours: tuple[HourIndex, ...]
    pm25: Decimal | None
    nowcast: Decimal | None
    heard_at: datetime
    mark: Flag
    reasons: tuple[str, ...]
    sampled: HourIndex | None = None
    """The newest day of a place where samples are taken by hand, which has no hours."""

    @property
    def newest(self) -> HourIndex | None:
        """The newest hour with an index."""
        return next((hour for hour in reversed(self.hours) if hour.index is not None), self.sampled)

    @property
    def is_silent(self) -> bool:
        """Whether nothing came for so long that nothing is known of the air there."""
        return self.mark is Flag.MISSING


def stations_now(connection: Connection, at: datetime) -> list[StationNow]:
    """Every station of air that was ever heard of, by name; river posts and weather stations are none."""
    measured: dict[Id, list[Heard]] = {}
    for one in heard(connection):
        if one.parameter in BREAKPOINTS or one.parameter == "ispu":
            measured.setdefault((one.source, one.station), []).append(one)
    known = [s for s in all_stations(connection) if (s.source, s.station) in measured]
    full = at.replace(minute=0, second=0, microsecond=0)
    official, computed = _official(connection, full), _computed(connection, full)
    particles, marks = _particles(connection, full), _marks(connection, at)
    brought = {key for key, told in measured.items() if _is_sampled(told)}
    samples = _samples(connection, at) if brought else {}
    found = []
    for station in sorted(known, key=lambda s: s.title):
        key = (station.source, station.station)
        newest = max(min(one.newest_at, at) for one in measured[key])
        published = official.get(key)
        index = published or computed.get(key) or _in_places({}, full)
        pm25 = particles.get(key, {})
        sampled = samples.get(key) if key in brought else None
        silent = at - newest > (SAMPLED_EVERY if key in brought else SILENT_AFTER)
        mark, reasons = (Flag.MISSING, ("tidak ada data baru",)) if silent else marks.get(key, (Flag.PASS, ()))
        found.append(StationNow(
            station, "hitungan" if published is None else "resmi", tuple(index), pm25.get(full),
            nowcast([pm25.get(full - n * HOUR) for n in range(NOWCAST_HOURS - 1, -1, -1)]), newest, mark, reasons,
            sampled,
        ))  # fmt: skip
    return found


def _is_sampled(told: list[Heard]) -> bool:
    """Whether people bring samples to a laboratory there: 24-hour means without an index."""
    return all(one.averaging == "PT24H" and one.parameter != "ispu" for one in told)


def _samples(connection: Connection, at: datetime) -> dict[Id, HourIndex]:
    """The newest computed day of each station in the last days."""
    days = days_between(connection, at - SAMPLED_EVERY - HOURS * HOUR, at)
    return {
        (d.source, d.station): HourIndex(d.window_end, d.ispu, d.critical)
        for d in days if d.kind == "hitungan" and d.ispu is not None and d.window_end is not None
    }  # fmt: skip


def _official(connection: Connection, full: datetime) -> dict[Id, list[HourIndex]]:
    """What owners published for the last 24 full hours, each hour in its place."""
    told: dict[Id, dict[datetime, HourIndex]] = {}
    for source, o in sourced_readings(connection, "ispu", "PT24H", full - HOURS * HOUR, full):
        critical = next((f.removeprefix(CRITICAL) for f in o.flags if f.startswith(CRITICAL)), "")
        told.setdefault((source, o.station), {})[o.observed_at] = HourIndex(o.observed_at, int(o.value), critical)
    return {key: _in_places(known, full) for key, known in told.items()}


def _computed(connection: Connection, full: datetime) -> dict[Id, list[HourIndex]]:
    """The windows of the last 24 full hours that were counted from hours, each in its place."""
    told: dict[Id, dict[datetime, HourIndex]] = {}
    for one in rolling_between(connection, full - HOURS * HOUR, full):
        told.setdefault((one.source, one.station), {})[one.hour] = HourIndex(one.hour, one.ispu, one.critical)
    return {key: _in_places(known, full) for key, known in told.items()}


def _in_places(known: Mapping[datetime, HourIndex], full: datetime) -> list[HourIndex]:
    ends = [full - back * HOUR for back in range(HOURS - 1, -1, -1)]
    return [known.get(end) or HourIndex(end, None) for end in ends]


def _particles(connection: Connection, full: datetime) -> dict[Id, dict[datetime, Decimal]]:
    """Station → end of hour → mean of PM2.5, of the hours behind a NowCast."""
    found: dict[Id, dict[datetime, Decimal]] = {}
    for hour in hours_between(connection, "pm25", full - NOWCAST_HOURS * HOUR, full):
        if hour.mean is not None:
            found.setdefault((hour.source, hour.station), {})[hour.hour] = hour.mean
    return found


def _marks(connection: Connection, at: datetime) -> dict[Id, tuple[Flag, tuple[str, ...]]]:
    """The gravest flag of the last hours, of the newest hour among its neighbours, and of the drift."""
    told: dict[Id, list[tuple[Flag, str]]] = {}
    for count in flag_counts(connection, at - DOUBTED_FOR, at):
        told.setdefault((count.source, count.station), []).append((count.flag, count.example))
    for hour in _newest_hours(connection, at):
        if hour.flag is Flag.SUSPECT:
            told.setdefault((hour.source, hour.station), []).append((hour.flag, hour.reason))
    for kept in drifts(connection):
        if kept.flag is Flag.SUSPECT:
            told.setdefault((kept.source, kept.station), []).append((kept.flag, kept.reason))
    return {
        key: (max(flag for flag, _ in found), tuple(dict.fromkeys(reason for _, reason in found)))
        for key, found in told.items()
    }


def _newest_hours(connection: Connection, at: datetime) -> list[StationHour]:
    full = at.replace(minute=0, second=0, microsecond=0)
    return hours_between(connection, "pm25", full - HOUR, full)
