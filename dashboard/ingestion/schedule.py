"""When to ask again, and one thread per source so that a hanging source holds up nobody else."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from dashboard.ingestion import our_line, run
from datasources.contract import Batch, Listener, Receiver, SourceUnavailable
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(seconds=8)
"""A broken source is asked again at least this often, so that its panels are back ten seconds after it is."""
PATIENT_AFTER = 75
"""Failures (ten minutes of them) after which a source that is asked seldom is left in peace a minute at a time."""
SELDOM = timedelta(minutes=1)


def pause_after(every: timedelta, failures: int) -> timedelta:
    """Its own rhythm; while it is broken, doubling with each failure up to LONGEST_PAUSE, later up to SELDOM."""
    if not failures:
        return every
    if failures > PATIENT_AFTER:
        return min(max(every, LONGEST_PAUSE), SELDOM)
    doubled: timedelta = min(every, LONGEST_PAUSE) * (1 << min(failures, 10))
    return min(doubled, LONGEST_PAUSE)


def start(
    engine: Engine, sources: Sequence[ConfiguredSource], stop: Event, wake: run.Wake, check: str = ""
) -> list[Thread]:
    """Start asking and listening; the threads end soon after `stop` is set. A Receiver is sent to: it has none."""
    threads = [
        Thread(
            target=_listen if isinstance(source.reader, Listener) else _ask,
            args=(engine, source, stop, wake, check),
            name=f"source-{source.id}",
            daemon=True,
        )
        for source in sources
        if not isinstance(source.reader, Receiver)
    ]
    for thread in threads:
        thread.start()
    return threads


def _ask(engine: Engine, source: ConfiguredSource, stop: Event, wake: run.Wake, check: str) -> None:
    failures, keeping = 0, _Keeping(source.id)
    while not stop.is_set():
        try:
            outcome = run.run_once(engine, source, check, wake)
            failures = failures + 1 if outcome.error else 0
            keeping.works()
        except Exception:  # noqa: BLE001 - the store itself is in trouble; the next round may find it well
            keeping.fails()
            failures += 1
        _rest(source, failures, stop)


def _listen(engine: Engine, source: ConfiguredSource, stop: Event, wake: run.Wake, check: str) -> None:
    failures, keeping = 0, _Keeping(source.id)

    def deliver(batch: Batch) -> None:
        nonlocal failures
        run.keep_batch(engine, source, our_line.judged(batch, check))
        run.answered(engine, source)
        keeping.works()
        failures = 0
        wake()

    while not stop.is_set():
        try:
            _listen_once(engine, source, deliver, stop, check)
        except Exception:  # noqa: BLE001 - the store itself is in trouble; what was not acknowledged is told again
            keeping.fails()
        failures += 1
        _rest(source, failures, stop)


def _listen_once(
    engine: Engine, source: ConfiguredSource, deliver: Callable[[Batch], None], stop: Event, check: str
) -> None:
    """Listen until it ends, and note why it did."""
    assert isinstance(source.reader, Listener)  # noqa: S101 - chosen in start()
    try:
        source.reader.listen(deliver, stop)
    except SourceUnavailable as unavailable:
        run.failed(engine, source, str(unavailable), check)
    except Exception as bug:  # noqa: BLE001 - a reader's bug must not end its thread; failed() logs it
        run.failed_unexpectedly(engine, source, bug)


@dataclass
class _Keeping:
    """Whether what a source tells can be kept: said once when it cannot, and once when it can again."""

    source: str
    is_broken: bool = False

    def fails(self) -> None:
        """Call where the exception is handled: its traceback is logged, the first time."""
        if not self.is_broken:
            log.exception("source %s: could not be kept", self.source)
        self.is_broken = True

    def works(self) -> None:
        if self.is_broken:
            log.info("source %s: can be kept again", self.source)
        self.is_broken = False


def _rest(source: ConfiguredSource, failures: int, stop: Event) -> None:
    jitter = 1 + random.uniform(-0.1, 0.1)  # noqa: S311 - spreads requests, no secret
    stop.wait(pause_after(source.every, failures).total_seconds() * jitter)
