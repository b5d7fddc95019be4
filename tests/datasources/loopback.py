"""A small HTTP server on loopback that answers as the test wants."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Page:
    """One answer. `drip_s` is the pause before each byte of the body."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0
    etag: str = ""


@dataclass
class Loopback:
    """`pages` by path with query, without it second; `asked` keeps (path, headers) in order."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.address + path

    def json(self, path: str, value: Any, **kwargs: Any) -> None:
        self.pages[path] = Page(json.dumps(value).encode(), **kwargs)

    def xml(self, path: str, text: str, **kwargs: Any) -> None:
        self.pages[path] = Page(text.encode(), content_type="application/xml", **kwargs)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Loopback]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = Loopback(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Loopback = self.server.site  # type: ignore[attr-defined]
        site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        missing = Page(b"<html>tidak ada</html>", 404, "text/html")
        page = site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0]) or missing
        try:
            self._send(page)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, page: Page) -> None:
        if page.etag and self.headers.get("If-None-Match") == page.etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(page.status)
        if page.content_type:
            self.send_header("Content-Type", page.content_type)
        for name, value in {**page.headers, **({"ETag": page.etag} if page.etag else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if not page.drip_s:
            self.wfile.write(page.body)
            return
        for byte in page.body:
            time.sleep(page.drip_s)
            self.wfile.write(bytes([byte]))

    def log_message(self, *args: Any) -> None:
        pass
