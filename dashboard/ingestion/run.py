"""One source once: ask, keep each batch in one transaction, say what happened."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import stamina
from sqlalchemy import Engine

from dashboard import clock
from dashboard.ingestion.connectivity import blame
from dashboard.store import changes, ingestion_log
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep
from datasources.contract import Batch, Record, Source, SourceUnavailable
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)
stamina.instrumentation.set_on_retry_hooks([])  # a source that breaks is said once, not at each attempt

FUTURE_TOLERANCE = timedelta(minutes=5)
ATTEMPTS = 3
BREAKER_OPENS_AFTER = 3
"""Failures in a row after which a source is asked once per round, without retries, until it answers again."""

Wake = Callable[[], None]


@dataclass(slots=True)
class Outcome:
    """What one run brought. `error` is empty when the source answered."""

    rows: int = 0
    refused: int = 0
    error: str = ""


def run_once(engine: Engine, source: ConfiguredSource, check: str = "", wake: Wake = lambda: None) -> Outcome:
    """Ask a source for everything new and keep it. Never raises for what the source did wrong.

    A retry starts from the cursor that was kept last, so batches already kept are not asked for again.
    """
    with reading(engine) as connection:
        state = ingestion_log.state_rows(connection)[source.id]
    attempts = 1 if state.failures_in_row >= BREAKER_OPENS_AFTER else ATTEMPTS
    outcome = Outcome()
    try:
        for attempt in stamina.retry_context(
            on=SourceUnavailable,
            attempts=attempts,
            wait_initial=0.2,
            wait_max=2.0,
            wait_jitter=0.3,
            timeout=30,
        ):
            with attempt:
                _fetch(engine, source, outcome, wake)
    except SourceUnavailable as unavailable:
        outcome.error = failed(engine, source, str(unavailable), check)
        return outcome
    except Exception as unexpected:  # a reader's bug must not stop the others
        log.exception("source %s: its reader failed", source.id)
        message = f"kesalahan tak terduga pada pembaca ({type(unexpected).__name__})"
        outcome.error = failed(engine, source, message, "")
        return outcome
    answered(engine, source)
    return outcome


def _fetch(engine: Engine, source: ConfiguredSource, outcome: Outcome, wake: Wake) -> None:
    assert isinstance(source.reader, Source)  # noqa: S101 - a Listener is driven by listen()
    with reading(engine) as connection:
        cursor = ingestion_log.cursor_of(connection, source.id)
    for batch in source.reader.fetch(cursor):
        keep_batch(engine, source, batch)
        wake()
        outcome.rows += len(batch.records)
        outcome.refused += len(batch.refused)


def keep_batch(engine: Engine, source: ConfiguredSource, batch: Batch) -> None:
    """Keep records, refusals, cursor and the announcement in one transaction: all of it or nothing."""
    now = clock.now()
    with writing(engine) as connection:
        keep(connection, source.id, batch.records, now)
        ingestion_log.quarantine_refused(connection, source.id, batch.refused, now)
        newest = _newest(batch.records)
        ingestion_log.batch_kept(
            connection,
            source.id,
            batch.cursor,
            len(batch.records),
            newest and min(newest, now),
            len(batch.refused),
        )
        changes.announce(
            connection, [*(source.topics if batch.records else ()), *(["quarantine"] if batch.refused else [])], now
        )


def _newest(records: tuple[Record, ...]) -> datetime | None:
    return max((r.data_time for r in records), default=None)


def answered(engine: Engine, source: ConfiguredSource) -> None:
    """Note that the source is in order; say so once when it was broken before."""
    now = clock.now()
    with writing(engine) as connection:
        state = ingestion_log.state_rows(connection)[source.id]
        ingestion_log.answered(connection, source.id, now)
        if state.failures_in_row:
            changes.announce(connection, ["sources"], now)
    if state.failures_in_row:
        log.info("source %s: answers again after %s failures", source.id, state.failures_in_row)


def failed(engine: Engine, source: ConfiguredSource, error: str, check: str) -> str:
    """Note a failure; say so once. Asks first whether our own line is down. Returns the sentence that was kept."""
    error = blame(error, check)
    now = clock.now()
    with writing(engine) as connection:
        state = ingestion_log.state_rows(connection)[source.id]
        ingestion_log.failed(connection, source.id, now, error)
        if not state.failures_in_row:
            changes.announce(connection, ["sources"], now)
    if not state.failures_in_row:
        log.warning("source %s: %s", source.id, error.replace("\n", " "))
    return error
