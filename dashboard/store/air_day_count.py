"""The days and years of a station, counted again from its hours and from what its owner published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, select

from dashboard import clock
from dashboard.formulas.air_day import Published, computed_day, of_the_day
from dashboard.formulas.ispu import BREAKPOINTS, ispu
from dashboard.store.air_days import AirDay, days_between, recount_year, replace_days
from dashboard.store.air_due import AirDue
from dashboard.store.air_hours import station_hours
from dashboard.store.air_region import keep_region_days
from dashboard.store.doubles import exact
from dashboard.store.observations import observations

DAY, PIECE = timedelta(days=1), timedelta(days=31)
CRITICAL = "kritis:"
"""How a reader writes down which parameter its owner names critical."""
TOO_EARLY = "publikasi terakhir hari itu terlalu awal; kurang dari bagian yang disyaratkan"


def recount_days(connection: Connection, due: AirDue, share: Decimal) -> None:
    """Count the WIB days and years that `due` touches."""
    start, end = _days(due.first, due.last)
    count_days(connection, due, start, end, share)
    for year in range(clock.wib(start).year, clock.wib(end - DAY).year + 1):
        begins, over = (datetime(y, 1, 1, tzinfo=clock.WIB) for y in (year, year + 1))
        recount_year(connection, due.source, due.station, year, begins, over)


def count_days(connection: Connection, due: AirDue, start: datetime, end: datetime, share: Decimal) -> None:
    """Count the days of a station that begin in [start, end)."""
    published = _published(connection, due, start, end)
    found = list(_official(due, published, start, end, share) if published
                 else _computed(connection, due, start, end, share))  # fmt: skip
    found = found or list(_from_means(connection, due, start, end, share))
    replace_days(connection, due.source, due.station, start, end, found)


def count_region_days(connection: Connection, first: datetime, last: datetime) -> None:
    """Count the days of the regency that two moments span, a month at a time."""
    start, end = _days(first, last)
    while start < end:
        over = min(start + PIECE, end)
        keep_region_days(connection, days_between(connection, start, over))
        start = over


def _days(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """The WIB days in which these moments end something: what ends at 24.00 belongs to the day before."""
    moment = timedelta(milliseconds=1)
    return clock.day_start(first - moment), clock.day_start(last - moment) + DAY


def _published(connection: Connection, due: AirDue, start: datetime, end: datetime) -> list[Published]:
    c = observations.c
    rows = connection.execute(
        select(c.observed_at, c.value, c.flags).where(
            c.source == due.source, c.station == due.station, c.parameter == "ispu", c.averaging == "PT24H",
            c.observed_at > start, c.observed_at <= end,
        )
    )  # fmt: skip
    return [Published(at, round(value), _critical(flags)) for at, value, flags in rows]


def _critical(flags: str) -> str:
    return next((flag.removeprefix(CRITICAL) for flag in flags.split() if flag.startswith(CRITICAL)), "")


def _official(
    due: AirDue, published: list[Published], start: datetime, end: datetime, share: Decimal
) -> Iterable[AirDay]:
    by_day: dict[datetime, list[Published]] = {}
    for one in published:
        by_day.setdefault(clock.day_start(one.end - timedelta(milliseconds=1)), []).append(one)
    for day, found in sorted(by_day.items()):
        last = of_the_day(found, day, share)
        if last is None:
            newest = max(one.end for one in found)
            yield AirDay(due.source, due.station, day, "resmi", None, hours=len(found), window_end=newest,
                         reason=TOO_EARLY)  # fmt: skip
        else:
            yield AirDay(due.source, due.station, day, "resmi", last.index, last.critical, hours=len(found),
                         window_end=last.end)  # fmt: skip


def _computed(connection: Connection, due: AirDue, start: datetime, end: datetime, share: Decimal) -> Iterable[AirDay]:
    hours = station_hours(connection, due.source, due.station, start, end)
    by_day: dict[datetime, dict[str, dict[datetime, Decimal]]] = {}
    for parameter, known in hours.items():
        for at, mean in known.items():
            of_day = by_day.setdefault(clock.day_start(at - timedelta(milliseconds=1)), {})
            of_day.setdefault(parameter, {})[at] = mean
    for day, known_hours in sorted(by_day.items()):
        found = computed_day(known_hours, day, share)
        if not found.means and not found.left_out:
            continue
        yield AirDay(
            due.source, due.station, day, "hitungan",
            found.ispu.index if found.ispu else None, found.ispu.critical if found.ispu else "",
            found.means.get("pm25"), len(known_hours.get("pm25", {})), day + DAY,
            "; ".join(f"{p}: {why}" for p, why in found.left_out.items()),
        )  # fmt: skip


def _from_means(
    connection: Connection, due: AirDue, start: datetime, end: datetime, share: Decimal
) -> Iterable[AirDay]:
    """Days of a station that tells 24-hour means and no index: from the day's last window that ends late enough."""
    c = observations.c
    rows = connection.execute(
        select(c.observed_at, c.parameter, c.value).where(
            c.source == due.source, c.station == due.station, c.averaging == "PT24H", c.quality != "invalid",
            c.parameter.in_(BREAKPOINTS), c.observed_at > start, c.observed_at <= end,
        ).order_by(c.observed_at)
    )  # fmt: skip
    windows: dict[datetime, dict[str, Decimal]] = {}
    for at, parameter, value in rows:
        windows.setdefault(at, {})[parameter] = exact(value)
    last = {clock.day_start(at - timedelta(milliseconds=1)): at for at in windows}
    for day, at in last.items():
        found = ispu(windows[at]) if at >= day + float(share) * DAY else None
        pm25 = windows[at].get("pm25")
        yield AirDay(due.source, due.station, day, "hitungan", found.index if found else None,
                     found.critical if found else "", pm25, 24, at, "" if found else TOO_EARLY)  # fmt: skip
