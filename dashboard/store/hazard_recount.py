"""Summing up what a batch touched: hours out of readings, days out of hours, months out of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from dashboard import clock
from dashboard.formulas.quality_flags import Sample
from dashboard.formulas.river_course import Reading, course
from dashboard.formulas.river_limits import LIMITS
from dashboard.store.bmkg import forecast
from dashboard.store.database import slot, to_ms
from dashboard.store.hazard_spans import Span, hazard_spans
from dashboard.store.observations import observations
from dashboard.store.warning_terms import recount_terms
from datasources.bmkg.records import ForecastSlot
from datasources.observation import Observation

RAIN, FORECAST_RAIN = "rain", "rain_forecast"
"""What a gauge measured, by post; what BMKG foretells, by kecamatan code."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BESIDE = timedelta(minutes=30)
"""Readings before and after an hour that tell whether its first and last are spikes."""
Row = dict[str, Any]


class Post(NamedTuple):
    """What is summed up: a quantity at a place, and what the place is called."""

    parameter: str
    place: str
    name: str


def recount_readings(connection: Connection, records: Sequence[Observation]) -> None:
    """The hours that river and rain readings fell into, then their days and months."""
    touched: dict[Post, set[datetime]] = defaultdict(set)
    names: dict[tuple[str, str], str] = {}
    for record in records:
        if record.averaging == "inst" and (record.parameter in LIMITS or record.parameter == RAIN):
            key = (record.parameter, record.station)
            names[key] = record.station_name or names.get(key) or _known_name(connection, *key)
            touched[Post(*key, "")].add(_hour(record.observed_at))
    for bare, hours in touched.items():
        post = bare._replace(name=names[bare.parameter, bare.place])
        for start, end in _runs(hours):
            _replace(connection, post, "hour", start, end, _hours(connection, post, start, end))
        days = {clock.day_start(hour) for hour in hours}
        for day in days:
            _sum_up(connection, post, ("hour", "day"), day, day + DAY)
        _months(connection, post, days)


def recount_forecast(connection: Connection, records: Sequence[ForecastSlot]) -> None:
    """The days for which rain was foretold, by kecamatan, then their months."""
    days = {clock.day_start(r.valid_at - timedelta(milliseconds=1)) for r in records}
    if not days:
        return
    first, last = min(days), max(days)
    c = forecast.c
    day = slot(c.valid_at, DAY // timedelta(milliseconds=1), to_ms(first) + 1).label("day")
    places = {r.kecamatan_code for r in records}
    found = connection.execute(
        select(c.kecamatan_code, day, func.sum(c.rain_mm), func.max(c.rain_mm), func.count(c.rain_mm))
        .where(c.valid_at > first, c.valid_at <= last + DAY, c.kecamatan_code.in_(places))
        .group_by(c.kecamatan_code, day)
    ).all()
    for place, rows in groupby(sorted(found, key=lambda r: (r[0], r[1])), key=lambda r: r[0]):
        made = [_row(first + DAY * n, None, top, None, total, count) for _, n, total, top, count in rows if count]
        _replace(connection, Post(FORECAST_RAIN, place, ""), "day", first, last + DAY, made)
        _months(connection, Post(FORECAST_RAIN, place, ""), days)


def recount_running(connection: Connection, post: Post, at: datetime, months: Iterable[datetime]) -> None:
    """The hour that a moment lies in or ends, its day, and some months; nothing else is touched."""
    if post.parameter != FORECAST_RAIN:
        hour = _hour(at)
        _replace(connection, post, "hour", hour, hour + HOUR, _hours(connection, post, hour, hour + HOUR))
        day = clock.day_start(hour)
        _sum_up(connection, post, ("hour", "day"), day, day + DAY)
    for start in months:
        _sum_up(connection, post, ("day", "month"), start, month_of(start + 32 * DAY))


def _known_name(connection: Connection, parameter: str, place: str) -> str:
    """What the place was called before: one of two sources may leave its name out."""
    c = hazard_spans.c
    found = connection.execute(
        select(func.max(c.name)).where(c.parameter == parameter, c.span == "month", c.place == place)
    ).scalar()
    return str(found or "")


def _hour(moment: datetime) -> datetime:
    """Begin of the hour that ends with or after the moment: a reading stands for what was before it."""
    return (moment - timedelta(milliseconds=1)).replace(minute=0, second=0, microsecond=0)


def _runs(hours: Iterable[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """Unbroken stretches of hours as [start, end)."""
    ordered = sorted(hours)
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0] * HOUR):
        inside = [hour for _, hour in run]
        yield inside[0], inside[-1] + HOUR


def _hours(connection: Connection, post: Post, start: datetime, end: datetime) -> list[Row]:
    c, parameter = observations.c, post.parameter
    rows = connection.execute(
        select(c.observed_at, c.value)
        .where(c.parameter == parameter, c.averaging == "inst", c.station == post.place, c.quality == "valid")
        .where(c.observed_at > start - BESIDE, c.observed_at <= end + BESIDE)
        .order_by(c.observed_at)
    ).all()
    readings = [Reading(at, Decimal(repr(value))) for at, value in rows]
    good = readings
    if parameter in LIMITS:
        good = list(course([Sample(r.at, r.value) for r in readings], LIMITS[parameter]).good)
    every = {hour: len(list(of)) for hour, of in groupby(readings, key=lambda r: _hour(r.at))}
    made = []
    for hour, of in groupby(good, key=lambda r: _hour(r.at)):
        if start <= hour < end:
            values = [float(r.value) for r in of]
            total = sum(values) if parameter == RAIN else None
            made.append(_row(hour, min(values), max(values), values[-1], total, len(values), every[hour] - len(values)))
    return made


def _months(connection: Connection, post: Post, days: set[datetime]) -> None:
    for start in {month_of(day) for day in days}:
        _sum_up(connection, post, ("day", "month"), start, month_of(start + 32 * DAY))


def month_of(moment: datetime) -> datetime:
    """00.00 WIB of the first day of its month."""
    return clock.day_start(clock.wib(moment).replace(day=1, hour=12))


def _sum_up(connection: Connection, post: Post, spans: tuple[Span, Span], start: datetime, end: datetime) -> None:
    """One stretch out of the shorter ones in it; nothing where there are none."""
    c = hazard_spans.c
    within = (c.parameter == post.parameter, c.span == spans[0], c.place == post.place, c.start >= start, c.start < end)
    low, high, total, n, left_out, newest = connection.execute(
        select(func.min(c.low), func.max(c.high), func.sum(c.total), func.sum(c.n), func.sum(c.left_out),
               func.max(c.start)).where(*within)
    ).one()  # fmt: skip
    last = None
    if newest is not None:
        last = connection.execute(select(c.last).where(*within, c.start == newest)).scalar()
    rows = [_row(start, low, high, last, total, int(n), int(left_out))] if n else []
    _replace(connection, post, spans[1], start, end, rows)


def _row(
    start: datetime, low: float | None, high: float | None, last: float | None, total: float | None, n: int,
    left_out: int = 0,
) -> Row:  # fmt: skip
    return {"start": start, "low": low, "high": high, "last": last, "total": total, "n": n, "left_out": left_out}


def _replace(connection: Connection, post: Post, span: Span, start: datetime, end: datetime, rows: list[Row]) -> None:
    """What stood there goes in the same transaction: a reading that turned out invalid takes its hour with it."""
    c = hazard_spans.c
    key = {"parameter": post.parameter, "span": span, "place": post.place}
    connection.execute(
        delete(hazard_spans).where(*(c[name] == value for name, value in key.items()), c.start >= start, c.start < end)
    )
    if rows:
        connection.execute(insert(hazard_spans), [{**key, "name": post.name or None, **row} for row in rows])


RECOUNTS: Mapping[str, Callable[[Connection, Any], None]] = {
    "observations": recount_readings,
    "forecast": recount_forecast,
    "warnings": recount_terms,
}
"""Topic of a record → what is summed up again once it is kept."""
