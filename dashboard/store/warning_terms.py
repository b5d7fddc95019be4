"""From when to when each of BMKG's warnings held and over which kecamatan, decided when a message comes.

Ten years of warnings are read as three columns of whole numbers; who replaced whom is not looked up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, delete, func, insert, select, type_coerce

from dashboard.store.bmkg import warnings
from dashboard.store.database import UtcTime, metadata
from dashboard.store.warnings_in_force import replaced_at
from datasources.bmkg.records import Warning

warning_terms = Table(
    "warning_terms",
    metadata,
    Column("identifier", String(96), primary_key=True),
    Column("sent", UtcTime, nullable=False),
    Column("start", UtcTime, nullable=False),
    Column("end", UtcTime, nullable=False),
    Column("places", BigInteger, nullable=False),
    Index("warning_terms_by_end", "end"),
    Index("warning_terms_by_start", "start"),
)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Terms:
    """Warnings that held some time in a period: begin and end in ms, and the kecamatan of each by `bit_of`."""

    start: np.ndarray
    end: np.ndarray
    places: np.ndarray

    def __len__(self) -> int:
        return len(self.start)

    def over(self, kecamatan: str) -> Terms:
        """Those over one kecamatan."""
        there = self.places & bit_of(kecamatan) != 0
        return Terms(self.start[there], self.end[there], self.places[there])


def bit_of(kecamatan: str) -> int:
    """The bit of a kecamatan, by the last number of its code ('35.16.07' → bit 7)."""
    return 1 << int(kecamatan.rsplit(".", 1)[-1])


def recount_terms(connection: Connection, records: Sequence[Warning]) -> None:
    """Decide again about the warnings of a batch and those that its messages replace."""
    touched = sorted({r.identifier for r in records}.union(*(r.references for r in records)))
    for piece in (touched[n : n + AT_ONCE] for n in range(0, len(touched), AT_ONCE)):
        connection.execute(delete(warning_terms).where(warning_terms.c.identifier.in_(piece)))
        made = _terms(connection, piece)
        if made:
            connection.execute(insert(warning_terms), made)


def _terms(connection: Connection, identifiers: Sequence[str]) -> list[dict[str, Any]]:
    c = warnings.c
    rows = connection.execute(
        select(c.identifier, c.sent, c.effective, c.expires, c.kecamatan)
        .where(c.identifier.in_(identifiers), c.message_type != "Cancel", c.kecamatan != "")
    ).all()  # fmt: skip
    replaced = replaced_at(connection, min((row.sent for row in rows), default=FOREVER), FOREVER)
    made = [
        {"identifier": row.identifier, "sent": row.sent, "start": row.effective,
         "end": min(row.expires, replaced.get(row.identifier, row.expires)),
         "places": reduce(int.__or__, map(bit_of, row.kecamatan.split()))}
        for row in rows
    ]  # fmt: skip
    return [term for term in made if term["start"] < term["end"]]


def terms_between(connection: Connection, start: datetime, end: datetime, at: datetime) -> Terms:
    """Of the warnings sent until `at` that held some time in [start, end) over a kecamatan of ours."""
    c = warning_terms.c
    columns = (type_coerce(c.start, BigInteger), type_coerce(c.end, BigInteger), c.places)
    rows = connection.execute(select(*columns).where(*_within(start, end, at))).all()
    return Terms(*np.array([*zip(*rows, strict=True)], np.int64).reshape(3, -1))


def newest_terms(
    connection: Connection, start: datetime, end: datetime, at: datetime, kecamatan: str | None, most: int
) -> tuple[list[Any], int]:
    """The newest of them with event, severity, kecamatan, expires and when they ended, and how many there are."""
    c, w = warning_terms.c, warnings.c
    within = list(_within(start, end, at))
    within += [] if kecamatan is None else [c.places.op("&")(bit_of(kecamatan)) != 0]
    count = connection.execute(select(func.count()).select_from(warning_terms).where(*within)).scalar_one()
    chosen = select(c.identifier, c.start, c.end).where(*within).order_by(c.start.desc(), c.identifier.desc())
    newest = chosen.limit(most).subquery()
    rows = connection.execute(
        select(newest.c.start, newest.c.end, w.expires, w.event, w.severity, w.kecamatan)
        .select_from(newest.join(warnings, w.identifier == newest.c.identifier))
        .order_by(newest.c.start.desc(), newest.c.identifier.desc())
    ).all()
    return list(rows), int(count)


def _within(start: datetime, end: datetime, at: datetime) -> tuple[Any, ...]:
    c = warning_terms.c
    return c.end > start, c.start < end, c.sent <= at
