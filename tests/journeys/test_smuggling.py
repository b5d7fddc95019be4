"""Requests that two servers could read in two ways: gunicorn, as we set it, refuses them or closes the line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import ROOT
from tests.journeys.conftest import free_port

APP = """
def app(environ, start):
    body = environ["wsgi.input"].read()
    names = sorted(name for name in environ if name.startswith("HTTP_") or name in ("SCRIPT_NAME", "REMOTE_ADDR"))
    told = ";".join(f"{n}={environ[n]}" for n in names)
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)} {told}\\n".encode()]
"""
HOST = "Host: x\r\n"
SMUGGLED = "GET /rahasia HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of three lines behind our gunicorn.conf.py."""
    folder, port = tmp_path_factory.mktemp("smuggling"), free_port()
    (folder / "three_lines.py").write_text(APP, encoding="ascii")
    command = [
        sys.executable, "-m", "gunicorn", "three_lines:app", "--config", str(ROOT / "gunicorn.conf.py"),
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4", "--no-control-socket",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, stdout=log, stderr=log
        )
    _wait(port, folder / "log")
    yield port
    server.terminate()
    server.wait(timeout=10)


def _wait(port: int, log: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(log.read_text(encoding="utf-8"))


def said(port: int, request: str) -> str:
    """Everything that comes back until the line is quiet."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as line:
        line.sendall(request.encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := line.recv(65_536):
            received += chunk
    return received.decode("latin-1")


def test_an_honest_request_is_answered(port: int) -> None:
    assert "POST /a 3" in said(port, f"POST /a HTTP/1.1\r\n{HOST}Content-Length: 3\r\n\r\nabc")
    assert "POST /a 3" in said(
        port, f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    )


@pytest.mark.parametrize(
    "heads",
    [
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length : 5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: identity\r\n Transfer-Encoding: chunked\r\n",
        "X: a\r\n obs: fold\r\n",
        "X: a\nContent-Length: 5\r\n",
        "X\x00: a\r\n",
        "Content_Length: 5\r\nTransfer_Encoding: chunked\r\n",
    ],
)
def test_what_can_be_read_in_two_ways_hides_no_second_request(port: int, heads: str) -> None:
    answer = said(port, f"POST /a HTTP/1.1\r\n{HOST}{heads}\r\n0\r\n\r\n{SMUGGLED}")
    first, _, _rest = answer.partition("\r\n")
    is_refused = "400" in first or "501" in first or not answer
    # Without a length a body is empty, and what follows is openly a request of its own.
    if not is_refused:
        assert "Content_Length" in heads, answer[:300]
        assert "CONTENT_LENGTH" not in answer
    assert is_refused or "TRANSFER_ENCODING" not in answer
    assert not is_refused or "/rahasia" not in answer


@pytest.mark.parametrize(
    "head", ["X_Forwarded_For: 6.6.6.6", "SCRIPT_NAME: /admin", "PATH_INFO: /admin", "Script_Name: /a"]
)
def test_no_header_passes_for_another_or_moves_the_path(port: int, head: str) -> None:
    answer = said(port, f"GET /a HTTP/1.1\r\n{HOST}{head}\r\nConnection: close\r\n\r\n")
    assert "6.6.6.6" not in answer
    assert "/admin" not in answer
    assert "GET /admin" not in answer


@pytest.mark.parametrize(
    "request_line", ["get /a HTTP/1.1", "GET /a HTTP/2.0", "GET  /a HTTP/1.1", "G\x00T /a HTTP/1.1",
                     "PRI * HTTP/2.0", "PROXY TCP4 6.6.6.6 6.6.6.6 1 2"]
)  # fmt: skip
def test_odd_request_lines_are_refused(port: int, request_line: str) -> None:
    assert " 200 " not in said(port, f"{request_line}\r\n{HOST}\r\n")


def test_endless_headers_are_refused(port: int) -> None:
    assert " 200 " not in said(port, f"GET /{'a' * 9000} HTTP/1.1\r\n{HOST}\r\n")
    assert " 200 " not in said(port, f"GET /a HTTP/1.1\r\n{HOST}X: {'a' * 9000}\r\n\r\n")
    assert " 200 " not in said(
        port, f"GET /a HTTP/1.1\r\n{HOST}{''.join(f'X{n}: a' + chr(13) + chr(10) for n in range(90))}\r\n"
    )
