"""One source once: ask, keep each batch in one transaction, say what happened."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import stamina
from sqlalchemy import Engine

from dashboard import clock
from dashboard.formulas.freshness import Contract
from dashboard.ingestion import ahead
from dashboard.ingestion.connectivity import blame
from dashboard.store import changes, duty_deliveries, ingestion_log, source_history, source_spells
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep
from dashboard.store.source_states import BREAKER_OPENS_AFTER
from datasources.contract import Batch, Source, SourceUnavailable
from datasources.outbound import permitting
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)
stamina.instrumentation.set_on_retry_hooks([])  # a source that breaks is said once, not at each attempt
# The rows of a batch live until it is kept: looking for garbage among them every 700 took a seventh of the time.
gc.set_threshold(100_000)

ATTEMPTS = 3
DATA_GAP = timedelta(days=1)
"""What parts two spells of data where no contract speaks of silence."""

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
        state = ingestion_log.state_row(connection, source.id)
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
    except Exception as bug:  # noqa: BLE001 - a reader's bug must not stop the others; failed() logs it
        outcome.error = failed_unexpectedly(engine, source, bug)
        return outcome
    answered(engine, source)
    return outcome


def _fetch(engine: Engine, source: ConfiguredSource, outcome: Outcome, wake: Wake) -> None:
    assert isinstance(source.reader, Source)  # noqa: S101 - a Listener is driven by listen()
    with reading(engine) as connection:
        cursor = ingestion_log.cursor_of(connection, source.id)
    with permitting(source.networks):
        for batch in source.reader.fetch(cursor):
            kept = keep_batch(engine, source, batch)
            wake()
            outcome.rows += len(kept.records)
            outcome.refused += len(kept.refused)


def keep_batch(engine: Engine, source: ConfiguredSource, batch: Batch) -> Batch:
    """Keep records, refusals, cursor and the announcement in one transaction: all of it or nothing.

    Returns what was kept: records of a moment that has not come yet are among its refusals.
    """
    now = clock.now()
    if source.only:
        batch = replace(batch, records=tuple(r for r in batch.records if r.topic in source.only))
    batch, newest = ahead.split(batch, now)
    with writing(engine) as connection:
        before = ingestion_log.state_row(connection, source.id)
        keep(connection, source.id, batch.records, now)
        ingestion_log.quarantine_refused(connection, source.id, batch.refused, now)
        ingestion_log.batch_kept(
            connection,
            source.id,
            batch.cursor,
            len(batch.records),
            newest,
            len(batch.refused),
            now,
        )
        source_history.note(connection, source.id, _contract(source), before, now)
        if source.duty is not None:
            duty_deliveries.note_delivery(connection, source.id, source.duty, batch, now)
        if newest is not None:
            source_spells.extend(connection, source.id, "data", newest, source.silent_after or DATA_GAP)
        changes.announce(
            connection, [*(source.topics if batch.records else ()), *(["quarantine"] if batch.refused else [])], now
        )
    return batch


def begin(engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """Make a line for each source, and note from when on which contract holds."""
    now = clock.now()
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in sources])
        for source in sources:
            state = ingestion_log.state_row(connection, source.id)
            source_history.note(connection, source.id, _contract(source), state, now)


def _contract(source: ConfiguredSource) -> Contract:
    return Contract(source.stale_after, source.silent_after)


def answered(engine: Engine, source: ConfiguredSource) -> None:
    """Note that the source is in order; say so once when it was broken before."""
    now = clock.now()
    with writing(engine) as connection:
        state = ingestion_log.state_row(connection, source.id)
        ingestion_log.answered(connection, source.id, now)
        source_history.note(connection, source.id, _contract(source), state, now)
        source_spells.extend(connection, source.id, "answered", now, source.stale_after)
        if state.failures_in_row:
            changes.announce(connection, ["sources"], now)
    if state.failures_in_row:
        log.info("source %s: answers again after %s failures", source.id, state.failures_in_row)


def failed(engine: Engine, source: ConfiguredSource, error: str, check: str, bug: BaseException | None = None) -> str:
    """Note a failure; say so once. Asks first whether our own line is down. Returns the sentence that was kept.

    Of a `bug` the traceback is logged with that one sentence, also when the source was broken for another reason.
    """
    error = blame(error, check)
    now = clock.now()
    with writing(engine) as connection:
        state = ingestion_log.state_row(connection, source.id)
        ingestion_log.failed(connection, source.id, now, error)
        source_history.note(connection, source.id, _contract(source), state, now)
        if not state.failures_in_row:
            changes.announce(connection, ["sources"], now)
    if not state.failures_in_row or (bug is not None and state.last_error != error):
        log.warning("source %s: %s", source.id, error.replace("\n", " "), exc_info=bug)
    return error


def failed_unexpectedly(engine: Engine, source: ConfiguredSource, bug: Exception) -> str:
    """Note that the reader itself is wrong; nobody's line is to blame. Returns the sentence that was kept."""
    return failed(engine, source, unexpected(bug), "", bug)


def unexpected(bug: Exception) -> str:
    """The sentence for a mistake of ours in a reader; what it was stands in the log."""
    return f"kesalahan tak terduga pada pembaca ({type(bug).__name__})"
