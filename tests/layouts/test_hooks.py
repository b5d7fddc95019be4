"""POST /hooks/<source> over a real socket: signed messages are kept, everything else gets a sentence."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.serving import make_server

from dashboard import clock
from dashboard.store.calls112 import incidents
from dashboard.store.database import reading
from datasources import registry
from datasources.contract import LARGEST_MESSAGE
from layouts import hooks

SECRET = "rahasia-bersama-yang-cukup-panjang-112"
SOURCES = """
[sources.tiket]
reader = "calls112.webhook"
title = "Tiket 112"
owner = "Diskominfo"
stale_after = "1d"
secret = "${TIKET_SECRET}"
event_time = "pada"
columns = { id = "nomor", received = "masuk", status = "status" }

[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "/tidak/ada"
stale_after = "1m"
"""


@pytest.fixture
def address(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """The hooks of a web process on loopback."""
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    sources = registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": "k" * 40, "TIKET_SECRET": SECRET})
    server = Flask("test")
    server.secret_key = "s" * 40
    hooks.register(server, engine, sources)
    with make_server("127.0.0.1", 0, server, threaded=True) as web:
        thread = Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()
        thread.join(timeout=2)


def test_a_signed_event_is_kept_before_it_is_answered(address: str, engine: Engine) -> None:
    answer = send(address, event())
    assert (answer.status_code, answer.json()) == (200, {"status": "Diterima: 1 kejadian, ditolak 0 bagian."})
    assert "set-cookie" not in answer.headers
    with reading(engine) as connection:
        assert [r.incident_id for r in connection.execute(select(incidents))] == ["T-1"]


def test_a_repeated_message_is_answered_as_such(address: str) -> None:
    send(address, event(), {"Idempotency-Key": "a"})
    assert "sudah diterima" in send(address, event(), {"Idempotency-Key": "a"}).json()["status"]


@pytest.mark.parametrize("source", ["antrean", "tidak_ada"])
def test_only_receivers_are_sent_to(address: str, source: str) -> None:
    answer = send(address, event(), source=source)
    assert (answer.status_code, answer.json()) == (404, {"error": f"Tidak ada penerima bernama '{source}'."})


def test_an_unsigned_event_is_turned_away(address: str) -> None:
    answer = send(address, event(), {"X-Signature": "0" * 64})
    assert (answer.status_code, answer.json()["error"][:14]) == (401, "Tanda tangan t")


def test_a_message_that_is_too_large_is_turned_away(address: str) -> None:
    answer = send(address, b" " * (LARGEST_MESSAGE + 1))
    assert answer.status_code == 413
    assert "Pesan lebih besar" in answer.json()["error"]


def test_a_body_that_promises_too_much_is_not_read_to_its_end(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    head = f"POST /hooks/tiket HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n".encode()
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(head + b" " * (LARGEST_MESSAGE + 1))
        assert line.recv(12).endswith(b"413")


def test_a_page_cannot_be_asked_for_there(address: str) -> None:
    assert httpx.get(f"{address}/hooks/tiket").status_code == 405


def send(address: str, message: Any, headers: dict[str, str] | None = None, source: str = "tiket") -> httpx.Response:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    stamp = str(int(clock.now().timestamp()))
    signature = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    signed = {"X-Timestamp": stamp, "X-Signature": f"sha256={signature}", **(headers or {})}
    return httpx.post(f"{address}/hooks/{source}", content=body, headers=signed)


def event() -> dict[str, str]:
    return {"nomor": "T-1", "masuk": "2026-11-22 14:05", "pada": "2026-11-22 14:06", "status": "diterima"}
