"""Every source has its thread: a hanging, broken or mistaken one is said once and holds up nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any, ClassVar

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from dashboard.ingestion import run as run_module
from dashboard.ingestion import schedule
from datasources.contract import Batch, Cursor
from datasources.registry import ConfiguredSource
from tests.dashboard.scripted import Broker, Scripted, call, past_noon, register, said, source, state

__all__ = ["past_noon"]


def test_a_hanging_source_holds_up_nobody_else(engine: Engine) -> None:
    stop, woken, hanging = Event(), Event(), Hanging()
    sources = [source(hanging, id="macet"), source(Scripted([[Batch((call(1),))]]))]
    register(engine, "macet", "antrean")
    threads = schedule.start(engine, sources, stop, woken.set)
    try:
        assert hanging.asked.wait(timeout=5)
        assert woken.wait(timeout=5)
    finally:
        stop.set()
        hanging.released.set()
        for thread in threads:
            thread.join(timeout=5)
    assert state(engine).rows_total >= 1


def test_a_listener_that_breaks_and_comes_back_is_said_twice(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion.run")
    stop, woken = Event(), Event()
    broker = Broker(downs=3)
    register(engine, "antrean")
    (thread,) = schedule.start(engine, [source(broker, every=timedelta(milliseconds=10))], stop, woken.set)
    assert woken.wait(timeout=10)
    stop.set()
    thread.join(timeout=5)
    assert [r.message for r in caplog.records] == [
        "source antrean: Broker MQTT 10.0.0.9:1883 tidak menjawab.",
        "source antrean: answers again after 3 failures",
    ]
    assert (state(engine).failures_in_row, state(engine).rows_total) == (0, 1)


def test_a_bug_in_a_listener_is_a_failure_that_is_shown_once(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion")
    broker = Broker(downs=3, error=ZeroDivisionError())
    with listening(engine, broker) as woken:
        assert woken.wait(timeout=10)
    assert said(caplog) == [
        ("source antrean: kesalahan tak terduga pada pembaca (ZeroDivisionError)", True),
        ("source antrean: answers again after 3 failures", False),
    ]


def test_a_listener_that_is_broken_says_so_in_its_state(engine: Engine) -> None:
    broker = Broker(downs=10**6, error=ZeroDivisionError())
    with listening(engine, broker):
        until(lambda: state(engine).failures_in_row > 0)
    assert state(engine).last_error == "kesalahan tak terduga pada pembaca (ZeroDivisionError)"


def test_a_listener_has_answered_before_its_first_message(engine: Engine) -> None:
    with listening(engine, Broker(downs=1, told=Batch())) as woken:
        assert woken.wait(timeout=10)
    assert (state(engine).failures_in_row, state(engine).rows_total) == (0, 0)
    assert state(engine).answered_at is not None
    assert state(engine).newest_data_at is None


@pytest.mark.parametrize("reader", ["asked", "told"])
def test_a_store_that_is_away_is_said_once_and_once_when_it_is_back(
    engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion")
    rounds = away(monkeypatch, rounds=3)
    readers = {"asked": Scripted([[Batch((call(1),))]]), "told": Broker(downs=0)}
    with listening(engine, readers[reader]) as woken:
        assert woken.wait(timeout=10)
    assert len(rounds) == 3
    assert said(caplog) == [
        ("source antrean: could not be kept", True),
        ("source antrean: can be kept again", False),
    ]


@pytest.mark.parametrize(
    ("every_s", "failures", "pause_s"),
    [(2, 0, 2), (2, 1, 4), (2, 2, 8), (2, 75, 8), (2, 76, 8), (600, 0, 600), (600, 1, 8), (600, 76, 60)],
)
def test_a_broken_source_is_asked_every_eight_seconds_and_later_every_minute(
    every_s: int, failures: int, pause_s: int
) -> None:
    assert schedule.pause_after(timedelta(seconds=every_s), failures) == timedelta(seconds=pause_s)


@contextmanager
def listening(engine: Engine, reader: Any) -> Iterator[Event]:
    """The source's own thread runs; the event is set whenever something was kept."""
    stop, woken = Event(), Event()
    register(engine, "antrean")
    (thread,) = schedule.start(engine, [source(reader, every=timedelta(milliseconds=10))], stop, woken.set)
    yield woken
    stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()


def away(monkeypatch: pytest.MonkeyPatch, rounds: int) -> list[Batch]:
    """The store takes nothing, not even a note of a failure, until `rounds` batches were turned away."""
    keep_batch, failed, turned_away = run_module.keep_batch, run_module.failed, list[Batch]()

    def keep(engine: Engine, source: ConfiguredSource, batch: Batch) -> Batch:
        if len(turned_away) < rounds:
            turned_away.append(batch)
            raise OperationalError("INSERT", {}, Exception("the store is away"))
        return keep_batch(engine, source, batch)

    def note(engine: Engine, source: ConfiguredSource, error: str, check: str, bug: Any = None) -> str:
        if isinstance(bug, OperationalError):
            raise bug
        return failed(engine, source, error, check, bug)

    monkeypatch.setattr(run_module, "keep_batch", keep)
    monkeypatch.setattr(run_module, "failed", note)
    return turned_away


def until(true: Callable[[], bool], seconds: float = 5) -> None:
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, "it did not come"
        sleep(0.01)


@dataclass
class Hanging:
    """A source that answers nothing until it is released."""

    topics: ClassVar[tuple[str, ...]] = ("calls",)
    asked: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        self.asked.set()
        self.released.wait(timeout=30)
        yield Batch()
