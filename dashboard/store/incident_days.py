"""Incidents packed by WIB day, kept true by recounting, so that a year behind a question costs no more than its blocks.

A block is a column of a day: whole numbers side by side instead of a row per incident. Nothing is rounded or grouped,
so every percentile, mean and share stays exact, and what is counted from a block is what is counted from the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Column, Connection, Index, LargeBinary, String, Table, insert, select, type_coerce

from dashboard.store.calls112 import incidents
from dashboard.store.database import UtcTime, from_ms, metadata, to_ms
from dashboard.store.incident_cases import LINKED, first_calls
from dashboard.store.incident_links import incident_links
from dashboard.store.incident_words import NO_WORD, number_all
from dashboard.store.recount_due import DAY_MS, WIB_MS, Due
from dashboard.store.recounted import clear, rows_of

ABSENT = -(2**63)
"""Where a moment is not known."""
UNCOUNTED = -1
"""Where a source does not say how many calls told of an incident."""
WORDS = ("category_raw", "class_raw", "opd", "kecamatan_code")
STATES = (None, "diusulkan", "diterima", "ditolak")
"""What was decided about an incident as a duplicate, by number."""
MOMENTS = ("dispatched", "acknowledged", "enroute", "arrived", "closed", "reopened")
CALL_MOMENTS = ("call_entered", "call_answered")
TOLD = "told"
POINT = "point"
BLOCKS: Mapping[str, np.dtype] = {
    TOLD: np.dtype(
        [
            ("received", "<i8"),
            *((name, "<u4") for name in WORDS),
            ("link", "u1"),
            ("cancelled", "?"),
            ("n_calls", "<i4"),
        ]
    ),
    POINT: np.dtype([("lat", "<f8"), ("lon", "<f8")]),
    **dict.fromkeys((*MOMENTS, *CALL_MOMENTS), np.dtype("<i8")),
}
"""The columns of the table and what a cell of each holds for an incident: moments in ms, a point in degrees or NaN."""

incident_days = Table(
    "incident_days",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    *(Column(name, LargeBinary, nullable=False) for name in BLOCKS),
    Index("incident_days_by_time", "day"),
)

Packed = dict[str, np.ndarray]
"""Block → its cells, one for each incident."""
Row = Sequence[Any]


def recount_incidents(connection: Connection, piece: Due) -> None:
    """Pack the incidents of a span again; one transaction of the caller's."""
    clear(connection, incident_days, incident_days.c.day, piece)
    rows = rows_within(connection, piece)
    numbers = number_all(connection, words_in(rows))
    days: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        days[(row[0] + WIB_MS) // DAY_MS].append(row)
    made = [
        {"source": piece.source, "day": from_ms(day * DAY_MS - WIB_MS)}
        | {name: cells.tobytes() for name, cells in packed(connection, of_day, numbers, BLOCKS).items()}
        for day, of_day in days.items()
    ]
    if made:
        connection.execute(insert(incident_days), made)


def rows_within(connection: Connection, span: Due) -> list[Row]:
    """The incidents of a source received in a span, oldest first, as `packed` takes them."""
    c = incidents.c
    moments = [type_coerce(c[f"t_{name}"], BigInteger) for name in MOMENTS]
    statement = (
        select(
            type_coerce(c.t_received, BigInteger), *(c[name] for name in WORDS), incident_links.c.state, c.cancelled,
            c.n_calls, c.lat, c.lon, c.first_call_id, *moments,
        )
        .select_from(LINKED)
        .where(rows_of(c.source, c.t_received, span))
        .order_by(c.t_received)
    )  # fmt: skip
    return list(connection.execute(statement).all())


def words_in(rows: Sequence[Row]) -> set[str]:
    """Every word those rows carry."""
    return {word for row in rows for word in row[1 : 1 + len(WORDS)] if word is not None}


def packed(connection: Connection, rows: Sequence[Row], numbers: Mapping[str, int], wanted: Collection[str]) -> Packed:
    """Rows as blocks; `numbers` knows each of their words."""
    state = {word: number for number, word in enumerate(STATES)}
    told = [
        (
            row[0],
            *(NO_WORD if word is None else numbers[word] for word in row[1:5]),
            state[row[5]],
            bool(row[6]),
            UNCOUNTED if row[7] is None else row[7],
        )
        for row in rows
    ]
    made: dict[str, Any] = {TOLD: told}
    if POINT in wanted:
        made[POINT] = [tuple(np.nan if axis is None else axis for axis in row[8:10]) for row in rows]
    for place, name in enumerate(MOMENTS, start=11):
        made[name] = [ABSENT if row[place] is None else row[place] for row in rows]
    if not set(CALL_MOMENTS).isdisjoint(wanted):
        found = first_calls(connection, {row[10] for row in rows if row[10]})
        told_of = [found.get(row[10], (None, None)) for row in rows]
        for place, name in enumerate(CALL_MOMENTS):
            made[name] = [ABSENT if (at := pair[place]) is None else to_ms(at) for pair in told_of]
    return {name: np.array(made[name], dtype=BLOCKS[name]) for name in {TOLD, *wanted}}
