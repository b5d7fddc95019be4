"""A source is asked once without keeping anything, and every mistake is a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Timer
from typing import Any

import pytest

from dashboard.ingestion.check import check as check_once
from datasources.contract import Batch
from tests.dashboard.scripted import Broker, Scripted, call, said, source


def test_a_bug_in_a_reader_is_a_sentence_of_the_check(caplog: pytest.LogCaptureFixture) -> None:
    report = check_once(source(Scripted([[Batch((call(1),)), ZeroDivisionError()]])))
    assert not report.answered
    assert list(report.lines())[:2] == [
        "antrean: TIDAK DAPAT DITANYA. kesalahan tak terduga pada pembaca (ZeroDivisionError)",
        "antrean: dipahami 1 calls; ditolak 0.",
    ]
    assert caplog.records == [], "the traceback is for those who ask for DEBUG"
    caplog.set_level(logging.DEBUG, "dashboard.ingestion")
    check_once(source(Scripted([[ZeroDivisionError()]])))
    assert said(caplog) == [("source antrean: its reader failed", True)]


def test_a_bug_in_a_listener_is_a_sentence_of_the_check() -> None:
    report = check_once(source(Broker(downs=1, error=ZeroDivisionError())))
    assert report.error == "kesalahan tak terduga pada pembaca (ZeroDivisionError)"


@pytest.mark.parametrize("downs", [0, 1])
def test_the_timer_of_a_check_does_not_outlive_it(monkeypatch: pytest.MonkeyPatch, downs: int) -> None:
    made: list[Any] = []

    def timer(seconds: float, then: Callable[[], None]) -> Any:
        made.append(Timer(0.05 if not downs else seconds, then))
        return made[0]

    monkeypatch.setattr("threading.Timer", timer)
    report = check_once(source(Broker(downs=downs)))
    made[0].join(timeout=5)
    assert (report.rows["calls"], made[0].daemon, made[0].is_alive()) == (1 - downs, True, False)
