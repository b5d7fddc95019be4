"""What happened at each source: its state, its runs, and the quarantine of what was refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, Text, func, literal, select, update

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.contract import Cursor, Refused

sources = Table(
    "sources",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("cursor", Text, nullable=False, default="{}"),
    Column("asked_at", UtcTime),
    Column("answered_at", UtcTime),
    Column("newest_data_at", UtcTime),
    Column("failures_in_row", Integer, nullable=False, default=0),
    Column("broken_since", UtcTime),
    Column("last_error", Text, nullable=False, default=""),
    Column("rows_total", BigInteger, nullable=False, default=0),
    Column("refused_total", BigInteger, nullable=False, default=0),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("place", String(256), nullable=False),
    Column("raw", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("times", Integer, nullable=False),
)

RAW_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One refused piece of input and how often it came."""

    source: str
    place: str
    raw: str
    reason: str
    first_seen_at: datetime
    last_seen_at: datetime
    times: int


def cursor_of(connection: Connection, source: str) -> Cursor:
    """Where reading of this source stopped; empty when it never ran."""
    kept = connection.execute(select(sources.c.cursor).where(sources.c.id == source)).scalar()
    cursor: Cursor = json.loads(kept) if kept else {}
    return cursor


def register(connection: Connection, ids: Sequence[str]) -> None:
    """Make a line for each source that has none yet."""
    known = set(connection.execute(select(sources.c.id)).scalars())
    rows = [{"id": i, "cursor": "{}", "failures_in_row": 0, "last_error": "", "rows_total": 0, "refused_total": 0}
            for i in ids if i not in known]  # fmt: skip
    if rows:
        connection.execute(sources.insert(), rows)


def batch_kept(
    connection: Connection, source: str, cursor: Cursor, rows: int, newest: datetime | None, refused: int, at: datetime
) -> None:
    """Move the cursor and count, in the transaction that keeps the batch. `at` is the moment of this contact."""
    c = sources.c
    values: dict[str, Any] = {
        "rows_total": c.rows_total + rows, "refused_total": c.refused_total + refused, "asked_at": at,
    }  # fmt: skip
    if cursor:
        values["cursor"] = json.dumps(dict(cursor), sort_keys=True)
    if newest is not None:
        known = connection.execute(select(c.newest_data_at).where(c.id == source)).scalar()
        values["newest_data_at"] = max(newest, known) if known else newest
    connection.execute(update(sources).where(c.id == source).values(values))


def answered(connection: Connection, source: str, at: datetime) -> None:
    """The source answered completely at `at`."""
    connection.execute(
        update(sources)
        .where(sources.c.id == source)
        .values(asked_at=at, answered_at=at, failures_in_row=0, broken_since=None, last_error="")
    )


def failed(connection: Connection, source: str, at: datetime, error: str) -> None:
    """The source could not be asked at `at`."""
    c = sources.c
    connection.execute(
        update(sources)
        .where(c.id == source)
        .values(
            asked_at=at,
            failures_in_row=c.failures_in_row + 1,
            broken_since=func.coalesce(c.broken_since, literal(at, UtcTime)),
            last_error=error[:RAW_LIMIT],
        )
    )


def state_row(connection: Connection, source: str) -> Any:
    """The line of one source, without the cursor. Raises NoResultFound for one that was never registered."""
    columns = [column for column in sources.c if column.name != "cursor"]
    return connection.execute(select(*columns).where(sources.c.id == source)).one()


def state_rows(connection: Connection) -> dict[str, Any]:
    """Source id → its line, without the cursor."""
    columns = [column for column in sources.c if column.name != "cursor"]
    return {row.id: row for row in connection.execute(select(*columns))}


def quarantine_refused(connection: Connection, source: str, refused: Sequence[Refused], at: datetime) -> None:
    """Keep refused input once, counting how often it came."""
    rows: dict[str, dict[str, Any]] = {}
    for item in refused:
        told = (item.raw, item.reason, item.line) if item.line else (item.raw, item.reason)
        digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
        row = rows.setdefault(digest, _quarantine_row(source, digest, item, at))
        row["times"] += 1
    if not rows:
        return
    c = quarantine.c
    known = {
        r.digest: r
        for r in connection.execute(
            select(c.digest, c.times, c.first_seen_at).where(c.source == source, c.digest.in_(rows))
        )
    }
    for digest, earlier in known.items():
        rows[digest].update(times=rows[digest]["times"] + earlier.times, first_seen_at=earlier.first_seen_at)
    upsert(connection, quarantine, list(rows.values()), Merge.REPLACE)


def _quarantine_row(source: str, digest: str, item: Refused, at: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "digest": digest,
        "place": item.place[:256],
        "raw": item.raw[:RAW_LIMIT],
        "reason": item.reason[:RAW_LIMIT],
        "first_seen_at": at,
        "last_seen_at": at,
        "times": 0,
    }


def quarantined(connection: Connection, source: str | None = None, limit: int = 200) -> list[Quarantined]:
    """Refused input, newest first, of one source or of all."""
    statement = select(quarantine).order_by(quarantine.c.last_seen_at.desc()).limit(limit)
    if source is not None:
        statement = statement.where(quarantine.c.source == source)
    rows = connection.execute(statement).mappings()
    return [Quarantined(**{k: v for k, v in row.items() if k != "digest"}) for row in rows]
