"""What was agreed about each source that runs here, as configured: kept where worker and web both see it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, String, Table, Text, delete, select

from dashboard.formulas.freshness import Contract
from dashboard.store import ingestion_log
from dashboard.store.database import UtcTime, metadata
from dashboard.store.keep import KEEPERS
from dashboard.store.source_states import SourceState
from dashboard.store.upsert import Merge, upsert
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

source_contracts = Table(
    "source_contracts",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("topics", Text, nullable=False),
    Column("stale_after_s", BigInteger, nullable=False),
    Column("silent_after_s", BigInteger),
    Column("simulated", Boolean, nullable=False),
    Column("period", String(16), nullable=False),
    Column("due_days", Integer, nullable=False),
    Column("since", Date),
    Column("template", String(64), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

_OF_STATE = ("answered_at", "asked_at", "newest_data_at", "failures_in_row", "broken_since", "last_error", "rows_total",
             "refused_total")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceContract:
    """One source and its duty; `period` is empty where nothing is owed by a day. `known_at` is when it was set up."""

    source: str
    title: str
    owner: str
    topics: tuple[str, ...]
    stale_after_s: int
    silent_after_s: int | None
    simulated: bool
    period: str
    due_days: int
    since: date | None
    template: str
    known_at: datetime

    @property
    def owners(self) -> tuple[str, ...]:
        """The agencies that own it together."""
        return tuple(self.owner.split(", "))


def keep_contracts(connection: Connection, sources: Sequence[ConfiguredSource], at: datetime) -> None:
    """What runs here now, all of it; what is no longer configured owes nothing.

    A kind of row that no reader knows would never count as delivered: the log says so.
    """
    for source in sources:
        if source.duty is not None and (unknown := sorted(set(source.duty.records) - set(KEEPERS))):
            log.warning("source %s: its duty names %s; known: %s", source.id, unknown, ", ".join(sorted(KEEPERS)))
    rows = [_row(source, at) for source in sources]
    c = source_contracts.c
    connection.execute(delete(source_contracts).where(c.source.not_in([row["source"] for row in rows])))
    upsert(connection, source_contracts, rows, Merge.REPLACE, fixed=("known_at",))


def _row(source: ConfiguredSource, at: datetime) -> dict[str, object]:
    duty = source.duty
    return {
        "source": source.id, "title": source.title[:200], "owner": source.owner[:200],
        "topics": json.dumps(list(source.topics)), "stale_after_s": int(source.stale_after.total_seconds()),
        "silent_after_s": None if source.silent_after is None else int(source.silent_after.total_seconds()),
        "simulated": source.simulated, "period": duty.period if duty else "", "due_days": duty.due_days if duty else 0,
        "since": duty.since if duty else None, "template": duty.template if duty else "", "known_at": at,
    }  # fmt: skip


def contracts(connection: Connection) -> list[SourceContract]:
    """All of them, by owner and title."""
    c = source_contracts.c
    rows = connection.execute(select(source_contracts).order_by(c.owner, c.title)).mappings()
    return [SourceContract(**{**row, "topics": tuple(json.loads(row["topics"]))}) for row in rows]


def states(connection: Connection) -> list[SourceState]:
    """What is known of each source now, for those who do not have the configuration at hand."""
    lines = ingestion_log.state_rows(connection)
    return [_state(contract, lines.get(contract.source)) for contract in contracts(connection)]


def _state(contract: SourceContract, line: object) -> SourceState:
    silent = None if contract.silent_after_s is None else timedelta(seconds=contract.silent_after_s)
    known = {} if line is None else {name: getattr(line, name) for name in _OF_STATE}
    return SourceState(
        contract.source, contract.title, contract.owner, contract.topics,
        Contract(timedelta(seconds=contract.stale_after_s), silent), contract.simulated, **known,
    )  # fmt: skip
