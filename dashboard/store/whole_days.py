"""Counts of a span of time: read from whole WIB days as far as there are, and from hours at its ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Subquery, Table, bindparam, select, union_all

from dashboard.store.database import UtcTime
from dashboard.store.recount_due import DAY, wib_day

MS = timedelta(milliseconds=1)
START, END, FIRST, LAST = (bindparam(name, type_=UtcTime) for name in ("start", "end", "first", "last"))


def parts(hours: Table, days: Table, names: Sequence[str]) -> Subquery:
    """The columns of these names beside "at", the hour or day; to be asked with what `span` says.

    `hours` has a column "hour" and `days` a column "day", the 00.00 WIB of it; both have the columns of `names`.
    """
    hour, day = hours.c.hour, days.c.day
    each = select(hour.label("at"), *(hours.c[name] for name in names))
    whole = select(day.label("at"), *(days.c[name] for name in names))
    return union_all(
        each.where(hour >= START, hour < FIRST),
        whole.where(day >= FIRST, day < LAST),
        each.where(hour >= LAST, hour < END),
    ).subquery()


def span(start: datetime, end: datetime) -> dict[str, datetime]:
    """What `parts` is asked with for [start, end); a span without a whole day is all hours."""
    first, last = wib_day(start - MS) + DAY, wib_day(end)
    return {
        "start": start,
        "end": end,
        **({"first": first, "last": last} if first < last else {"first": end, "last": end}),
    }
