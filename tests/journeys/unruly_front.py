"""A front before a server that can misbehave in the ways networks and proxies do."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Literal

Fault = Literal["", "stopped", "503", "hung", "slow", "garbage"]
ERROR = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmaaf"
GARBAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    + b'data: {"at": "kemarin"\n\ndata: null\n\ndata: {"at": 1, "panels": 7, "pulse": null}\n\n\xff\xfe\x00 data\n\n'
)
SLOWNESS_S = 30


class UnrulyFront:
    """Passes bytes on to `port` of this machine until a fault is set; what was open then ends, or hangs with it."""

    def __init__(self, port: int) -> None:
        self._port, self.fault = port, ""
        self._open: list[socket.socket] = []
        self._listener = self._listening(0)
        self.port = int(self._listener.getsockname()[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def misbehave(self, fault: Fault) -> None:
        """From now on; "" is good again."""
        self.fault = fault
        if fault == "stopped":
            self._end(self._listener)
        elif self._listener.fileno() == -1:
            self._listener = self._listening(self.port)
        if fault != "hung":  # what hangs keeps its connections and gets no byte more
            for connection in self._open:
                self._end(connection)
            self._open.clear()

    def _listening(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
        return listener

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = listener.accept()
                threading.Thread(target=self._answer, args=(browser,), daemon=True).start()

    def _answer(self, browser: socket.socket) -> None:
        self._open.append(browser)
        with contextlib.suppress(OSError):
            if self.fault in ("503", "garbage"):
                browser.recv(65536)
                browser.sendall(ERROR if self.fault == "503" else GARBAGE)
                self._end(browser)
                return
            if self.fault == "slow":
                time.sleep(SLOWNESS_S)
            server = socket.create_connection(("127.0.0.1", self._port))
            self._open.append(server)
            for one, other in ((browser, server), (server, browser)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                while self.fault == "hung":
                    time.sleep(0.1)
                other.sendall(data)
        self._end(one)
        self._end(other)

    @staticmethod
    def _end(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


@contextlib.contextmanager
def unruly_front(port: int) -> Iterator[UnrulyFront]:
    """A front on a free port, closed afterwards."""
    front = UnrulyFront(port)
    try:
        yield front
    finally:
        front.misbehave("stopped")
