"""When to ask again, and one thread per source so that a hanging source holds up nobody else."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from datetime import timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from dashboard.ingestion import run
from datasources.contract import Batch, Listener, SourceUnavailable
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(seconds=8)
"""A broken source is asked again at least this often (or at its own rhythm, if that is slower)."""


def pause_after(every: timedelta, failures: int) -> timedelta:
    """Back-off: doubles with each failure up to LONGEST_PAUSE, never below the source's own rhythm."""
    doubled: timedelta = every * (1 << min(failures, 10))
    return max(every, min(doubled, LONGEST_PAUSE))


def start(
    engine: Engine, sources: Sequence[ConfiguredSource], stop: Event, wake: run.Wake, check: str = ""
) -> list[Thread]:
    """Start asking and listening; the threads end soon after `stop` is set."""
    threads = [
        Thread(
            target=_listen if isinstance(source.reader, Listener) else _ask,
            args=(engine, source, stop, wake, check),
            name=f"source-{source.id}",
            daemon=True,
        )
        for source in sources
    ]
    for thread in threads:
        thread.start()
    return threads


def _ask(engine: Engine, source: ConfiguredSource, stop: Event, wake: run.Wake, check: str) -> None:
    failures = 0
    while not stop.is_set():
        try:
            outcome = run.run_once(engine, source, check, wake)
            failures = failures + 1 if outcome.error else 0
        except Exception:  # the store itself is in trouble; the next round may find it well
            log.exception("source %s: could not be kept", source.id)
            failures += 1
        _rest(source, failures, stop)


def _listen(engine: Engine, source: ConfiguredSource, stop: Event, wake: run.Wake, check: str) -> None:
    failures = 0

    def deliver(batch: Batch) -> None:
        nonlocal failures
        run.keep_batch(engine, source, batch)
        run.answered(engine, source)
        failures = 0
        wake()

    while not stop.is_set():
        try:
            _listener(source).listen(deliver, stop)
        except SourceUnavailable as unavailable:
            run.failed(engine, source, str(unavailable), check)
        except Exception:
            log.exception("source %s: its listener failed", source.id)
        failures += 1
        _rest(source, failures, stop)


def _listener(source: ConfiguredSource) -> Listener:
    assert isinstance(source.reader, Listener)  # noqa: S101 - chosen in start()
    return source.reader


def _rest(source: ConfiguredSource, failures: int, stop: Event) -> None:
    jitter = 1 + random.uniform(-0.1, 0.1)  # noqa: S311 - spreads requests, no secret
    stop.wait(pause_after(source.every, failures).total_seconds() * jitter)
