"""The line of each source as it stood at a moment, for questions that read these lines and not the configuration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from dashboard.indicators.sources_then import states_then
from dashboard.store import source_contracts
from dashboard.store.counts_again import empty
from dashboard.store.ingestion_log import sources

_TOLD = [column.name for column in sources.c if column.name not in ("id", "cursor")]


def cover_sources(connection: Connection, at: datetime) -> None:
    """Cover the lines; the contracts of then must be covered before."""
    then = states_then(connection, source_contracts.states(connection), at)
    rows = [{"id": one.id, "cursor": "{}", **{name: getattr(one, name) for name in _TOLD}} for one in then]
    empty(connection, sources)
    if rows:
        connection.execute(insert(sources), rows)
