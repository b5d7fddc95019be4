"""Waiting times by WIB day: exact percentiles and service levels of any period without reading its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

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
from dashboard.store.database import UtcTime, from_ms, metadata, slot
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
Key = TypeVar("Key", bound=Hashable)
_BOUNDS = (call_waits.c.day >= bindparam("start", type_=UtcTime), call_waits.c.day < bindparam("end", type_=UtcTime))
_WEEK = slot(call_waits.c.day, WEEK_MS, MONDAY_MS)
BLOCKS = select(call_waits.c.outcome, call_waits.c.pairs).where(*_BOUNDS)
WEEKLY_BLOCKS = select(_WEEK, call_waits.c.outcome, call_waits.c.pairs).where(*_BOUNDS)


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


def unpacked_by(blocks: Mapping[Key, Sequence[bytes]]) -> dict[Key, Histogram]:
    """The sum of the blocks of each key, the shortest wait first; in one pass, for a year has 1,100 blocks."""
    joined = [b"".join(of_key) for of_key in blocks.values()]
    pairs = np.frombuffer(b"".join(joined), PAIR)
    if not len(pairs):
        return {name: {} for name in blocks}
    waits, lengths = pairs >> HALF, [len(each) // PAIR.itemsize for each in joined]
    low = int(waits.min())
    width = int(waits.max()) - low + 1
    places, sums = _added_up(np.repeat(np.arange(len(joined)) * width, lengths) + waits - low, pairs & (2**HALF - 1))
    ends = np.searchsorted(places, np.arange(len(joined) + 1) * width).tolist()
    seconds, n = (places % width + low).tolist(), sums.tolist()
    spans = zip(blocks, ends, ends[1:], strict=False)
    return {name: dict(zip(seconds[a:b], n[a:b], strict=True)) for name, a, b in spans}


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
    for outcome, pairs in connection.execute(BLOCKS, {"start": start, "end": end}).all():
        blocks[outcome].append(pairs)
    return unpacked_by(blocks)


def weekly_waits(connection: Connection, start: datetime, end: datetime) -> dict[datetime, dict[str, Histogram]]:
    """Monday 00.00 WIB → outcome → histogram, of the WIB days that begin in [start, end)."""
    blocks: defaultdict[tuple[int, str], list[bytes]] = defaultdict(list)
    for week, outcome, pairs in connection.execute(WEEKLY_BLOCKS, {"start": start, "end": end}).all():
        blocks[week, outcome].append(pairs)
    weeks: defaultdict[datetime, dict[str, Histogram]] = defaultdict(dict)
    for (week, outcome), waits in unpacked_by(blocks).items():
        weeks[from_ms(week * WEEK_MS + MONDAY_MS)][outcome] = waits  # type: ignore[index]
    return weeks
