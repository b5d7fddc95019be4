"""Each hour of PM2.5 against the other stations of that hour. A suspect hour stays; medians over stations omit it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection

from dashboard.formulas.air_limits import LEAST_DEPARTURE
from dashboard.formulas.company_test import against_neighbours
from dashboard.formulas.quality_flags import Flag
from dashboard.store.air_hours import StationHour, hours_between, judge_hours
from dashboard.store.air_region import keep_region_hours

PARAMETER = "pm25"
PIECE = timedelta(days=31)


def judge_among_neighbours(connection: Connection, first: datetime, last: datetime) -> None:
    """Judge the hours that end from `first` to `last` again: a new neighbour can change what the others are worth."""
    start = first - timedelta(hours=1)
    while start < last:
        end = min(start + PIECE, last)
        hours = hours_between(connection, PARAMETER, start, end)
        judged = [one for _, same in groupby(hours, key=lambda hour: hour.hour) for one in _judged(list(same))]
        judge_hours(connection, PARAMETER, judged)
        keep_region_hours(connection, [replace(hour, flag=flag) for hour, flag, _ in judged])
        start = end


def _judged(together: list[StationHour]) -> list[tuple[StationHour, Flag, str]]:
    found = []
    for place, hour in enumerate(together):
        others = [other.mean for other in together[:place] + together[place + 1 :]]
        judged = against_neighbours(hour.mean, others, least_departure=LEAST_DEPARTURE)
        found.append((hour, judged.flag, "; ".join(judged.reasons) if judged.flag is Flag.SUSPECT else ""))
    return found
