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
    bindparam,
    func,
    insert,
    literal_column,
    select,
    type_coerce,
)

from dashboard.store.calls112 import calls
from dashboard.store.database import IN_BINARY, UtcTime, from_ms, metadata, slot
from dashboard.store.recount_due import DAY_MS, WIB_MS, Due
from dashboard.store.recounted import clear, floor, rows_of

WEEK_MS = 7 * DAY_MS
MONDAY_MS = -3 * DAY_MS - WIB_MS
"""Monday, 29 December 1969, 00.00 WIB."""
PAIR = np.dtype("<i8")
"""Seconds waited in the upper half, number of calls in the lower: sorting the pairs sorts the waits."""
HALF = 32
MOST_CELLS = 2_000_000

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
Blocks = tuple[tuple[str, bytes], ...]
"""Outcome and its block."""
_BOUNDS = (call_waits.c.day >= bindparam("start", type_=UtcTime), call_waits.c.day < bindparam("end", type_=UtcTime))
_WEEK = slot(call_waits.c.day, WEEK_MS, MONDAY_MS)
BLOCKS = select(call_waits.c.outcome, call_waits.c.pairs).where(*_BOUNDS)
WEEKLY_BLOCKS = select(_WEEK, call_waits.c.outcome, call_waits.c.pairs).where(*_BOUNDS).order_by(call_waits.c.day)


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
    if not len(pairs):
        return {}
    waits = pairs >> HALF
    low = int(waits.min())
    places, sums = _added_up(waits - low, pairs & (2**HALF - 1))
    return dict(zip((places + low).tolist(), sums.tolist(), strict=True))


def _added_up(places: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each place once, in order, and the sum there; sorted where a cell for each place would cost more."""
    if int(places.max()) < MOST_CELLS:
        sums = np.bincount(places, n).astype(np.int64)
        there = np.flatnonzero(sums)
        return there, sums[there]
    there, which = np.unique(places, return_inverse=True)
    return there, np.bincount(which, n).astype(np.int64)


def waits_between(connection: Connection, start: datetime, end: datetime) -> dict[str, Histogram]:
    """Outcome → histogram, of the WIB days that begin in [start, end)."""
    blocks: defaultdict[str, list[bytes]] = defaultdict(list)
    for outcome, pairs in connection.execute(BLOCKS, {"start": start, "end": end}, execution_options=IN_BINARY).all():
        blocks[outcome].append(pairs)
    return {outcome: unpacked(told) for outcome, told in blocks.items()}


def weekly_blocks(connection: Connection, start: datetime, end: datetime) -> dict[datetime, Blocks]:
    """Monday 00.00 WIB → the blocks of its days, joined by outcome, of the WIB days that begin in [start, end)."""
    weeks: defaultdict[int, defaultdict[str, bytes]] = defaultdict(lambda: defaultdict(bytes))
    for week, outcome, pairs in connection.execute(
        WEEKLY_BLOCKS, {"start": start, "end": end}, execution_options=IN_BINARY
    ).all():
        weeks[week][outcome] += pairs
    return {
        moment: tuple(sorted(of_week.items()))
        for week, of_week in weeks.items()
        if (moment := from_ms(week * WEEK_MS + MONDAY_MS))
    }
