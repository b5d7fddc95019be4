"""A source is asked, its batches kept whole, its failures told once."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina
from pydantic import SecretStr
from sqlalchemy import Engine, func, select

from dashboard.ingestion import connectivity
from dashboard.ingestion import run as run_module
from dashboard.ingestion.run import run_once
from dashboard.store import changes, ingestion_log
from dashboard.store.call_classes import call_classes
from dashboard.store.calls112 import incidents
from dashboard.store.database import reading
from dashboard.store.source_states import BREAKER_OPENS_AFTER
from datasources.calls112.case_list import CaseList
from datasources.calls112.queue_log import QueueLog
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from tests.dashboard.scripted import NOON, Scripted, call, past_noon, register, said, source, state

__all__ = ["past_noon"]
ATTEMPTS = 2
"""No oftener than that in tests: fewer where the runner itself wants fewer."""


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    stamina.set_testing(True, attempts=ATTEMPTS, cap=True)
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


def test_a_call_from_tomorrow_is_quarantined_and_the_others_are_kept(engine: Engine) -> None:
    outcome = run(engine, Scripted([[Batch((call(1), call(24 * 60), call(2)), (), {"offset": 7})]]))
    assert (outcome.rows, outcome.refused, outcome.error) == (2, 1, "")
    assert (state(engine).rows_total, state(engine).refused_total) == (2, 1)
    assert state(engine).newest_data_at == NOON + timedelta(minutes=2)
    assert cursor(engine) == {"offset": 7}
    with reading(engine) as connection:
        (found,) = ingestion_log.quarantined(connection)
    assert found.reason.startswith("waktu data 24-11-2026 12.00.00 WIB lebih dari 5 menit di depan jam pusat komando; ")


def test_an_empty_batch_changes_nothing_and_announces_nothing(engine: Engine) -> None:
    run(engine, Scripted([[Batch((call(1),), (), {"offset": 7})]]))
    with reading(engine) as connection:
        before = (ingestion_log.state_rows(connection), changes.revisions(connection))
    run_module.keep_batch(engine, source(Scripted([[]])), Batch())
    with reading(engine) as connection:
        assert (ingestion_log.state_rows(connection), changes.revisions(connection)) == before
    assert cursor(engine) == {"offset": 7}


def test_a_list_with_a_ticket_for_every_call_feeds_the_classes(engine: Engine, tmp_path: Path) -> None:
    rows = "T-1;23/11/2026 11.30;Prank\n;23/11/2026 11.40;Ghost\n;23/11/2026 11.40;Ghost\n"
    (tmp_path / "kasus.csv").write_text(f"No;Masuk;Jenis\n{rows}", encoding="utf-8")
    reader = CaseList(
        path=tmp_path / "kasus.csv",
        columns={"id": "No", "received": "Masuk", "class": "Jenis"},
        caller_key=SecretStr("kunci-uji-yang-cukup-panjang"),
        blank_id="hitung",
    )
    assert run(engine, reader).rows == 6
    (tmp_path / "kasus.csv").write_text(f"Daftar;;\nNo;Masuk;Jenis\n{rows}", encoding="utf-8")
    assert run(engine, reader).rows == 6, "the file was saved anew, and is read whole"
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(incidents)) == 3
        written = sorted(connection.execute(select(call_classes.c.class_raw)).scalars())
        assert set(changes.revisions(connection)) == {"incidents", "call_classes"}
    assert written == ["Ghost", "Ghost", "Prank"]


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


def test_the_bug_is_shown_once_and_its_end_is_said_once(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion")
    for _ in range(3):
        run(engine, Scripted([[ZeroDivisionError()]]))
    run(engine, Scripted([[]]))
    assert said(caplog) == [
        ("source antrean: kesalahan tak terduga pada pembaca (ZeroDivisionError)", True),
        ("source antrean: answers again after 3 failures", False),
    ]


def test_a_bug_that_shows_while_the_source_is_away_is_shown_too(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion")
    for error in (SourceUnavailable("putus"), KeyError("x"), KeyError("x"), SourceUnavailable("putus")):
        run(engine, Scripted([[error]] * 9))
    assert said(caplog) == [
        ("source antrean: putus", False),
        ("source antrean: kesalahan tak terduga pada pembaca (KeyError)", True),
    ]


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


def test_a_source_that_keeps_failing_is_asked_once_per_round_until_it_answers(engine: Engine) -> None:
    broken = Scripted([[SourceUnavailable("putus")]])
    asked = []
    for _ in range(BREAKER_OPENS_AFTER + 1):
        before = len(broken.cursors)
        run(engine, broken)
        asked.append(len(broken.cursors) - before)
    assert asked == [ATTEMPTS, ATTEMPTS, ATTEMPTS, 1]
    run(engine, Scripted([[]]))
    again = Scripted([[SourceUnavailable("putus")]])
    run(engine, again)
    assert len(again.cursors) == ATTEMPTS


def test_only_the_topics_of_a_source_are_announced(engine: Engine) -> None:
    run(engine, Scripted([[Batch((call(1),))]]))
    with reading(engine) as connection:
        assert set(changes.revisions(connection)) == {"calls"}


def test_our_own_line_is_blamed_first() -> None:
    closed = "127.0.0.1:1"
    assert connectivity.blame("BMKG tidak menjawab.", closed) == f"{connectivity.OUR_LINE} (BMKG tidak menjawab.)"
    assert connectivity.blame("BMKG tidak menjawab.", "") == "BMKG tidak menjawab."


def test_our_own_line_is_what_is_kept_and_logged(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.ingestion.run")
    outcome = run(engine, Scripted([[SourceUnavailable("BMKG tidak menjawab.")]]), check="127.0.0.1:1")
    ours = f"{connectivity.OUR_LINE} (BMKG tidak menjawab.)"
    assert (outcome.error, state(engine).last_error) == (ours, ours)
    assert [r.message for r in caplog.records] == [f"source antrean: {ours}"]


def test_a_neighbour_that_answers_leaves_the_blame_where_it_is(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gateway:
        check = f"127.0.0.1:{gateway.getsockname()[1]}"
        outcome = run(engine, Scripted([[SourceUnavailable("BMKG tidak menjawab.")]]), check=check)
    assert outcome.error == "BMKG tidak menjawab."


def run(engine: Engine, reader: Any, check: str = "") -> Any:
    register(engine, "antrean")
    return run_once(engine, source(reader), check)


def cursor(engine: Engine) -> Cursor:
    with reading(engine) as connection:
        return ingestion_log.cursor_of(connection, "antrean")


def test_broken_lines_that_look_alike_once_masked_stay_several(engine: Engine, tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    log.write_text("1795305600|1.1|112|Siti Aminah|ru sak|1\n1795305600|1.1|112|Budi Santoso|ru sak|1\n")
    for _ in range(2):
        batches = list(QueueLog(path=log, caller_key=SecretStr("k" * 32)).fetch({}))
        run(engine, Scripted([batches]))
        log = log.rename(tmp_path / "queue_log.1")
    with reading(engine) as connection:
        found = ingestion_log.quarantined(connection)
    assert len({q.raw for q in found}) == 1, "nothing tells them apart but where they stood"
    assert [q.times for q in found] == [2, 2], "read again under another name they are the same two"
    assert not any(name in q.raw + q.reason for q in found for name in ("Siti", "Budi"))
