"""Waiting times by WIB day: exact percentiles and service levels of any period without reading its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    LargeBinary,
    String,
    Table,
    func,
    insert,
    literal_column,
    select,
    type_coerce,
)

from dashboard.store.calls112 import calls
from dashboard.store.database import UtcTime, from_ms, metadata, slot
from dashboard.store.recount_due import DAY_MS, WIB_MS, Due
from dashboard.store.recounted import clear, floor, rows_of

WEEK_MS = 7 * DAY_MS
MONDAY_MS = -3 * DAY_MS - WIB_MS
"""Monday, 29 December 1969, 00.00 WIB."""
PAIR = np.dtype("<i8")
"""Seconds waited in the upper half, number of calls in the lower: sorting the pairs sorts the waits."""
HALF = 32
MOST_COUNTED_S = 10_000

call_waits = Table(
    "call_waits",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("pairs", LargeBinary, nullable=False),
    Index("call_waits_by_time", "day"),
)
"""A day's waits as one block: as rows, a year of them took a tenth of a second to add up."""

Histogram = dict[int, int]
"""Wait in seconds → number of calls."""


def recount_waits(connection: Connection, piece: Due, outcome: Any) -> None:
    """Count the waits of a span again, by the outcome of each call; one transaction of the caller's."""
    clear(connection, call_waits, call_waits.c.day, piece)
    c = calls.c
    day = type_coerce(floor(c.t_enter, DAY_MS, -WIB_MS), BigInteger)
    told = connection.execute(
        select(day, outcome, c.wait_s, func.count())
        .where(rows_of(c.source, c.t_enter, piece), c.wait_s.is_not(None), outcome.is_not(None))
        .group_by(literal_column("1"), literal_column("2"), c.wait_s)
    )
    days: defaultdict[tuple[int, str], Histogram] = defaultdict(dict)
    for begins, word, wait_s, n in told:
        days[begins, word][wait_s] = n
    made = [
        {"source": piece.source, "day": from_ms(begins), "outcome": word, "pairs": packed(waits)}
        for (begins, word), waits in days.items()
    ]
    if made:
        connection.execute(insert(call_waits), made)


def packed(waits: Histogram) -> bytes:
    """A histogram as a block."""
    return np.array([wait_s << HALF | n for wait_s, n in waits.items()], PAIR).tobytes()


def unpacked(blocks: Sequence[bytes]) -> Histogram:
    """The sum of several blocks, the shortest wait first."""
    pairs = np.frombuffer(b"".join(blocks), PAIR)
    waits, n = pairs >> HALF, pairs & (2**HALF - 1)
    if not len(pairs) or int(waits.max()) > MOST_COUNTED_S or int(waits.min()) < 0:
        return _sorted_up(waits, n)
    sums = np.bincount(waits, n)
    there = np.flatnonzero(sums)
    return dict(zip(there.tolist(), sums[there].astype(np.int64).tolist(), strict=True))


def _sorted_up(waits: np.ndarray, n: np.ndarray) -> Histogram:
    """The same where a wait is so long that a place for each second would cost more than sorting."""
    order = np.argsort(waits, kind="stable")
    waits, n = waits[order], n[order]
    first = np.flatnonzero(np.diff(waits, prepend=waits[:1] - 1))
    sums = np.add.reduceat(n, first) if len(n) else n
    return dict(zip(waits[first].tolist(), sums.tolist(), strict=True))


def waits_between(connection: Connection, start: datetime, end: datetime) -> dict[str, Histogram]:
    """Outcome → histogram, of the WIB days that begin in [start, end)."""
    c = call_waits.c
    blocks: defaultdict[str, list[bytes]] = defaultdict(list)
    for outcome, pairs in connection.execute(select(c.outcome, c.pairs).where(c.day >= start, c.day < end)).all():
        blocks[outcome].append(pairs)
    return {outcome: unpacked(told) for outcome, told in blocks.items()}


def weekly_waits(connection: Connection, start: datetime, end: datetime) -> dict[datetime, dict[str, Histogram]]:
    """Monday 00.00 WIB → outcome → histogram, of the WIB days that begin in [start, end)."""
    c = call_waits.c
    weeks: defaultdict[int, defaultdict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    week_of = slot(c.day, WEEK_MS, MONDAY_MS)
    told = connection.execute(select(week_of, c.outcome, c.pairs).where(c.day >= start, c.day < end)).all()
    for week, outcome, pairs in told:
        weeks[week][outcome].append(pairs)
    return {
        moment: {outcome: unpacked(blocks) for outcome, blocks in of_week.items()}
        for week, of_week in weeks.items()
        if (moment := from_ms(week * WEEK_MS + MONDAY_MS))
    }
