"""What became of each source, one row a change: how it stood at any moment of the past, and what its panels said.

A row is written when the word of a panel (segar, terlambat, basi, putus) or the standing (menjawab, gagal, dijeda)
changes, when the contract does, and when NOTED_TO is over since the last row. So the word of a moment is exact; ages,
failures in a row, counts of rows and the wording of a failure are those of a contact at most NOTED_TO earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text, func, insert, select

from dashboard.formulas.freshness import Contract, FreshState, freshness
from dashboard.store import ingestion_log, thinning
from dashboard.store.database import UtcTime, id_column, metadata
from dashboard.store.ingestion_log import sources
from dashboard.store.source_states import standing

NOTED_TO = timedelta(minutes=5)
"""A source asked every ten seconds has 288 rows a day, one asked seldom a row for each answer."""
WORDING_EVERY = timedelta(minutes=1)
"""Words of a failure that are others each time are written down no more often."""

source_history = Table(
    "source_history",
    metadata,
    id_column(),
    Column("source", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("newest_data_at", UtcTime),
    Column("failures_in_row", Integer, nullable=False),
    Column("broken_since", UtcTime),
    Column("last_error", Text, nullable=False),
    Column("rows_total", BigInteger, nullable=False),
    Column("refused_total", BigInteger, nullable=False),
    Column("stale_after_s", BigInteger, nullable=False),
    Column("silent_after_s", BigInteger),
    Column("heard_before", UtcTime),
    Column("answered_before", UtcTime),
    Column("newest_before", UtcTime),
    Column("failures_before", Integer, nullable=False),
    Index("source_history_by_source", "source", "at", "id"),
    Index("source_history_by_time", "at"),
)
"""The columns that end in `before` say how it stood until this row, so that no moment between two rows is a guess."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One row. `heard_before` is the last contact before it, None when there was none."""

    source: str
    at: datetime
    answered_at: datetime | None
    newest_data_at: datetime | None
    failures_in_row: int
    broken_since: datetime | None
    last_error: str
    rows_total: int
    refused_total: int
    stale_after_s: int
    silent_after_s: int | None
    heard_before: datetime | None
    answered_before: datetime | None
    newest_before: datetime | None
    failures_before: int

    @property
    def contract(self) -> Contract:
        """What was promised then."""
        silent = None if self.silent_after_s is None else timedelta(seconds=self.silent_after_s)
        return Contract(timedelta(seconds=self.stale_after_s), silent)


_COLUMNS = [source_history.c[f.name] for f in fields(Noted)]


def note(connection: Connection, source: str, contract: Contract, before: Any, at: datetime) -> None:
    """Note how a source stands after a contact, if that is news. `before` is its line as it was before the contact.

    Call it in the transaction of the contact, once the line of the source is written.
    """
    after, last = ingestion_log.state_row(connection, source), _last(connection, source)
    if last is None or _is_news(last, contract, before, after, at):
        connection.execute(insert(source_history).values(**_row(source, contract, before, after, at)))


def _is_news(last: Noted, contract: Contract, before: Any, after: Any, at: datetime) -> bool:
    return (
        at - last.at >= NOTED_TO
        or contract != last.contract
        or standing(after.failures_in_row) is not standing(last.failures_in_row)
        or not _word(contract, at, before) == _word(contract, at, after) == _word(last.contract, last.at, last)
        or _jumped(last.newest_data_at, after.newest_data_at)
        or (after.last_error != last.last_error and at - last.at >= WORDING_EVERY)
    )


def _word(contract: Contract, at: datetime, line: Any) -> FreshState:
    return freshness(contract, at, line.answered_at, line.newest_data_at, line.failures_in_row == 0).state


def _jumped(known: datetime | None, newest: datetime | None) -> bool:
    return newest is not None and (known is None or newest - known >= NOTED_TO)


def _row(source: str, contract: Contract, before: Any, after: Any, at: datetime) -> dict[str, Any]:
    silent = contract.silent_after
    kept = ("answered_at", "newest_data_at", "failures_in_row", "broken_since", "last_error", "rows_total",
            "refused_total")  # fmt: skip
    return {
        "source": source, "at": at, **{name: getattr(after, name) for name in kept},
        "stale_after_s": int(contract.stale_after.total_seconds()),
        "silent_after_s": None if silent is None else int(silent.total_seconds()),
        "heard_before": before.asked_at, "answered_before": before.answered_at,
        "newest_before": before.newest_data_at, "failures_before": before.failures_in_row,
    }  # fmt: skip


def _last(connection: Connection, source: str) -> Noted | None:
    c = source_history.c
    row = connection.execute(
        select(*_COLUMNS).where(c.source == source).order_by(c.at.desc(), c.id.desc()).limit(1)
    ).first()
    return None if row is None else Noted(*row)


def began(connection: Connection) -> datetime | None:
    """When the history of sources begins; None while it is empty."""
    first: datetime | None = connection.execute(select(func.min(source_history.c.at))).scalar()
    return first


def around(connection: Connection, at: datetime) -> dict[str, tuple[Noted, Noted | None]]:
    """Source → its row that held at `at`, and the one after it if there is one; a source not yet known is absent."""
    c = source_history.c
    held = _nearest(connection, c.at <= at, c.at.desc(), c.id.desc())
    later = _nearest(connection, c.at > at, c.at, c.id)
    return {source: (row, later.get(source)) for source, row in held.items()}


def _nearest(connection: Connection, where: Any, *order: Any) -> dict[str, Noted]:
    """By one look into the index for each source: grouping would read the whole history."""
    nearest = (
        select(source_history.c.id)
        .where(source_history.c.source == sources.c.id, where)
        .order_by(*order)
        .limit(1)
        .correlate(sources)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(*_COLUMNS).select_from(sources).join(source_history, source_history.c.id == nearest)
    )
    return {row.source: Noted(*row) for row in rows}


def thin(connection: Connection, now: datetime) -> int:
    """Drop what nobody can tell apart (see thinning); returns the number of rows dropped."""
    return thinning.thin(connection, source_history, source_history.c.source, source_history.c.at, now)
