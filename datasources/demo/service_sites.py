"""Small servers on loopback that are the simulated services, one address each; one of them over https."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from datasources.demo import ckan_catalogue
from datasources.demo.probed_services import (
    GREETING,
    OTHER_PAGE,
    SERVICES,
    SimulatedService,
    behaviour,
    thinking_ms,
)
from datasources.demo.site_certificate import server_context

Clock = Callable[[], float]


@contextmanager
def serving(seed: str, clock: Clock, port: int, folder: Path, stop: Event) -> Iterator[None]:
    """Answer at `port` of every service's address until left; what cannot be opened is said once and left out."""
    running: list[ThreadingHTTPServer] = []
    for service in SERVICES:
        try:
            running.append(site(seed, service, clock, port, folder, stop))
        except (OSError, ssl.SSLError) as obstacle:
            print(f"Simulasi: layanan {service.title} tidak dapat dibuka ({obstacle}).", flush=True)
    threads = [Thread(target=s.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True) for s in running]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server in running:
            server.shutdown()
            server.server_close()


def site(
    seed: str, service: SimulatedService, clock: Clock, port: int, folder: Path, stop: Event
) -> ThreadingHTTPServer:
    """One service, ready to serve. Raises OSError when the address is taken, or without openssl for https."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server((service.host, port), _handler(seed, service, clock, stop))
    if service.tls:
        context = server_context(folder, service.host, time.time())
        # The handshake in the thread of its request: a client that says nothing must not hold up the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


def _handler(seed: str, service: SimulatedService, clock: Clock, stop: Event) -> type[BaseHTTPRequestHandler]:
    """Answers as the service behaves at that moment."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 15

        def do_GET(self) -> None:
            if service.id == "data" and self.path.startswith("/api/3/action/package_search"):
                self._send(200, "application/json", ckan_catalogue.answer(seed, self.path, clock()))
                return
            now = clock()
            stop.wait(thinking_ms(seed, service, now) / 1000)
            done = behaviour(seed, service, now)
            text = OTHER_PAGE if done == "isi lain" else GREETING.format(service.title)
            self._send(500 if done == "galat" else 200, "text/html; charset=utf-8", f"<p>{text}</p>".encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """A demonstration has nothing to log of each request."""

    return Handler
