"""A second machine notices that the command center is dead, tells it once, and tells that it is back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dashboard.alerts.channel import EVERYBODY, Channel, NotHandedOver
from dashboard.alerts.watching import Watcher, trouble
from dashboard.formulas.alert_state import Event
from tests.builders import NOW

SECOND = timedelta(seconds=1)


def test_a_short_outage_is_not_told_and_a_long_one_once() -> None:
    took: list[str] = []
    way = Channel("sms", (EVERYBODY,), (EVERYBODY,), lambda subject, body, key: took.append(subject))
    watcher = Watcher("https://pusat", [way])
    looks = [(0, "x"), (30, ""), (60, "x"), (150, "x"), (180, "x"), (300, ""), (420, "")]
    events = [watcher.look(wrong, NOW + s * SECOND) for s, wrong in looks]
    assert [e for e in events if e] == [Event.RAISED, Event.RECOVERING, Event.CLOSED]
    assert took == ["[KRITIS] Pusat Komando mati", "Pusat Komando hidup lagi"]


def test_what_no_channel_takes_is_told_again_at_the_next_look() -> None:
    refusals, took = [True, True], []

    def way(subject: str, body: str, key: str) -> str:
        if refusals:
            refusals.pop()
            raise NotHandedOver("server menolak (451)")
        took.append(key)
        return ""

    watcher = Watcher("https://pusat", [Channel("sms", (EVERYBODY,), (EVERYBODY,), way)])
    for s in (0, 90, 120, 150, 180):
        watcher.look("tidak menjawab", NOW + s * SECOND)
    assert len(took) == 1


@pytest.fixture
def center() -> Iterator[tuple[str, dict[str, tuple[int, Any]]]]:
    """Our health routes as they may answer, on loopback."""
    answers: dict[str, tuple[int, Any]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("ready", "fresh", "said"),
    [
        ((200, {}), (200, {"pekerja_s": 2}), ""),
        ((200, {}), (503, {"pekerja_s": 2}), ""),
        ((503, {}), (200, {"pekerja_s": 2}), "belum siap (HTTP 503)"),
        ((200, {}), (200, {"pekerja_s": 700}), "web menjawab, tetapi pekerjanya tidak bekerja"),
        ((200, {}), (200, {"pekerja_s": None}), "web menjawab, tetapi pekerjanya tidak bekerja"),
    ],
    ids=["alive", "alive with a late source", "not ready", "worker dead", "never worked"],
)
def test_what_is_wrong_is_said(
    center: tuple[str, dict[str, tuple[int, Any]]], ready: tuple[int, Any], fresh: tuple[int, Any], said: str
) -> None:
    address, answers = center
    answers |= {"/readyz": ready, "/freshz": fresh}
    assert trouble(address) == said


def test_a_machine_that_does_not_answer_is_said() -> None:
    assert trouble("http://127.0.0.1:9") == "tidak menjawab (ConnectError)"
