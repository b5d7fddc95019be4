"""A source is asked, its batches kept whole, its failures told once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import stamina
from sqlalchemy import Engine

from dashboard.ingestion import connectivity, schedule
from dashboard.ingestion.run import run_once
from dashboard.store import changes, ingestion_log
from dashboard.store.database import reading, writing
from datasources.calls112.records import Call
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.registry import ConfiguredSource

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


def test_records_refusals_and_cursor_are_kept_together(engine: Engine) -> None:
    outcome = run(engine, Scripted([[Batch((call(1), call(2)), (Refused("x", "salah"),), {"offset": 7})]]))
    assert (outcome.rows, outcome.refused, outcome.error) == (2, 1, "")
    assert state(engine).rows_total == 2
    assert cursor(engine) == {"offset": 7}


def test_the_same_refusal_is_counted_not_repeated(engine: Engine) -> None:
    batch = Batch(refused=(Refused("x", "salah", "berkas, baris 3"),))
    run(engine, Scripted([[batch, batch]]))
    with reading(engine) as connection:
        found = ingestion_log.quarantined(connection)
    assert [(q.times, q.place, q.reason) for q in found] == [(2, "berkas, baris 3", "salah")]


def test_a_retry_goes_on_from_the_batch_that_was_kept(engine: Engine) -> None:
    source = Scripted(
        [[Batch((call(1),), (), {"n": 1}), SourceUnavailable("putus")], [Batch((call(2),), (), {"n": 2})]]
    )
    outcome = run(engine, source)
    assert source.cursors == [{}, {"n": 1}]
    assert (outcome.rows, outcome.error) == (2, "")


def test_a_failure_keeps_what_is_known_and_says_why(engine: Engine) -> None:
    run(engine, Scripted([[Batch((call(1),))]]))
    outcome = run(engine, Scripted([[SourceUnavailable("Berkas /x tidak ada.")]] * 9))
    assert outcome.error == "Berkas /x tidak ada."
    assert (state(engine).failures_in_row, state(engine).rows_total) == (1, 1)


def test_a_bug_in_a_reader_is_a_failure_of_that_source_only(engine: Engine) -> None:
    outcome = run(engine, Scripted([[ZeroDivisionError()]]))
    assert outcome.error == "kesalahan tak terduga pada pembaca (ZeroDivisionError)"


def test_breaking_and_recovering_are_each_said_once(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion.run")
    for _ in range(3):
        run(engine, Scripted([[SourceUnavailable("putus")]] * 9))
    for _ in range(3):
        run(engine, Scripted([[]]))
    assert [r.message for r in caplog.records] == [
        "source antrean: putus",
        "source antrean: answers again after 3 failures",
    ]


def test_only_the_topics_of_a_source_are_announced(engine: Engine) -> None:
    run(engine, Scripted([[Batch((call(1),))]]))
    with reading(engine) as connection:
        assert set(changes.revisions(connection)) == {"calls"}


def test_our_own_line_is_blamed_first() -> None:
    closed = "127.0.0.1:1"
    assert connectivity.blame("BMKG tidak menjawab.", closed) == f"{connectivity.OUR_LINE} (BMKG tidak menjawab.)"
    assert connectivity.blame("BMKG tidak menjawab.", "") == "BMKG tidak menjawab."


@pytest.mark.parametrize(
    ("every_s", "failures", "pause_s"), [(2, 0, 2), (2, 1, 4), (2, 2, 8), (2, 50, 8), (60, 0, 60), (60, 9, 60)]
)
def test_a_broken_source_is_asked_less_often_but_at_least_every_eight_seconds(
    every_s: int, failures: int, pause_s: int
) -> None:
    assert schedule.pause_after(timedelta(seconds=every_s), failures) == timedelta(seconds=pause_s)


def run(engine: Engine, reader: Scripted) -> Any:
    with writing(engine) as connection:
        ingestion_log.register(connection, ["antrean"])
    return run_once(engine, source(reader))


def state(engine: Engine) -> Any:
    with reading(engine) as connection:
        return ingestion_log.state_rows(connection)["antrean"]


def cursor(engine: Engine) -> Cursor:
    with reading(engine) as connection:
        return ingestion_log.cursor_of(connection, "antrean")


@dataclass
class Scripted:
    """A source that plays a script: for each question, batches and then perhaps an error."""

    topics: ClassVar[tuple[str, ...]] = ("calls",)
    script: list[list[Any]]
    cursors: list[Cursor] = field(default_factory=list)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        self.cursors.append(dict(cursor))
        for item in self.script[min(len(self.cursors), len(self.script)) - 1]:
            if isinstance(item, Exception):
                raise item
            yield item


def source(reader: Any) -> ConfiguredSource:
    return ConfiguredSource(
        id="antrean", reader_name="calls112.queue_log", title="Antrean 112", owner="Diskominfo",
        every=timedelta(seconds=2), stale_after=timedelta(minutes=1), silent_after=None, licence="", attribution="",
        simulated=True, reader=reader,
    )  # fmt: skip


def call(number: int) -> Call:
    return Call(call_id=f"{number}.1", queue="112", t_enter=NOON + timedelta(minutes=number))
