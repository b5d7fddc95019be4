"""How long agents were at work in each hour, so that a year of logins costs no more than a week.

Kept true by recounting, as calls are. A day that waits for its recount, or was never counted, is read from the logins
themselves: an answer never lags behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, delete, insert, select, type_coerce

from dashboard.formulas.agents_present import HOUR_S, Spell, staffed_by_hour
from dashboard.store import recount_due
from dashboard.store.agent_spells import SPELLS, spells_between
from dashboard.store.database import UtcTime, metadata, to_ms
from dashboard.store.recount_due import DAY, DAY_MS, Due, wib_day
from dashboard.store.recounted import HOUR_MS

DAY_HOURS = 24
SECONDS = np.dtype("<i4")
MS = timedelta(milliseconds=1)

staffed_days = Table(
    "staffed_days",
    metadata,
    Column("day", UtcTime, primary_key=True),
    Column("hours", LargeBinary, nullable=False),
)
"""A WIB day's seconds of work, hour by hour, over all agents of all sources: one agent may stand in two of them."""


def recount_staffed(connection: Connection, piece: Due) -> None:
    """Count the days of a span again, also those on which nobody worked; one transaction of the caller's."""
    c = staffed_days.c
    connection.execute(delete(staffed_days).where(c.day >= piece.start, c.day < piece.end))
    hours = _from_spells(connection, piece.start, piece.end).reshape(-1, DAY_HOURS)
    made = [{"day": piece.start + n * DAY, "hours": of_day.tobytes()} for n, of_day in enumerate(hours)]
    if made:
        connection.execute(insert(staffed_days), made)


def staffed_hours(connection: Connection, start: datetime, end: datetime) -> np.ndarray:
    """Seconds of work of all agents in each hour of [start, end), the last as far as it goes; `start` a whole hour."""
    first, last = wib_day(start), wib_day(end)
    whole = np.zeros((max(0, (last - first) // DAY), DAY_HOURS), SECONDS)
    missing = np.ones(len(whole), bool)
    for place, block in _kept(connection, first, last):
        whole[place] = np.frombuffer(block, SECONDS)
        missing[place] = False
    for span in recount_due.waiting(connection, SPELLS, first, last - MS):
        missing[max(0, (span.start - first) // DAY) : (span.end - first) // DAY] = True
    for begin, over in _runs(missing):
        whole[begin:over] = _from_spells(connection, first + begin * DAY, first + over * DAY).reshape(-1, DAY_HOURS)
    rest = _from_spells(connection, max(first, last), end)
    return np.concatenate([whole.ravel(), rest])[(start - first) // timedelta(hours=1) :]


def _kept(connection: Connection, first: datetime, last: datetime) -> Iterator[tuple[int, bytes]]:
    """The place of each counted day after `first`, and its block."""
    c = staffed_days.c
    day, begin = type_coerce(c.day, BigInteger), to_ms(first)
    for ms, block in connection.execute(select(day, c.hours).where(c.day >= first, c.day < last)).all():
        yield (ms - begin) // DAY_MS, block


def _runs(missing: np.ndarray) -> Iterator[tuple[int, int]]:
    """Where days stand together that are not counted, as [begin, over)."""
    edges = np.flatnonzero(np.diff(missing.astype(np.int8), prepend=0, append=0)).tolist()
    return zip(edges[::2], edges[1::2], strict=True)


def _from_spells(connection: Connection, start: datetime, end: datetime) -> np.ndarray:
    """The same from the logins themselves; `start` a whole hour."""
    first = to_ms(start) // HOUR_MS
    hours = np.zeros(max(0, -(-to_ms(end) // HOUR_MS) - first), SECONDS)
    if not len(hours):
        return hours
    spells = [
        Spell(agent, kind, begin // 1000, None if over is None else over // 1000)
        for agent, kind, begin, over in spells_between(connection, start, end)
    ]
    for hour, seconds in staffed_by_hour(spells, first * HOUR_S, int(end.timestamp())).items():
        hours[hour - first] = seconds
    return hours
