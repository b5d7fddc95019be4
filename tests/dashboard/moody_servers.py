"""A gateway and a mail server on loopback that take, refuse, hang or break the line, as a test wants."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dashboard.alerts.webhook_channel import IDEMPOTENCY

HANGS_S = 1.6
"""Longer than the second that the tests let a channel take."""


@dataclass
class Gateway:
    """A gateway that treats its requests by these words in turn, the last for ever; it takes each key once.

    'refuse' answers 503, 'hang' takes the message and answers too late, 'break' takes it and closes the line.
    """

    moods: list[str]
    seen: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)

    def take(self, key: str, title: str) -> tuple[str, str]:
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        self.seen.append(key)
        if mood != "refuse":
            self.taken.setdefault(key, title)
        return mood, f"G-{list(self.taken).index(key) + 1}" if key in self.taken else ""

    @contextmanager
    def listening(self) -> Iterator[str]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                assert said["key"] == self.headers[IDEMPOTENCY]
                mood, receipt = gateway.take(said["key"], said["title"])
                if mood == "break":
                    self.close_connection = True
                    return
                if mood == "hang":
                    time.sleep(HANGS_S)
                self.send_response(503 if mood == "refuse" else 200)
                self.end_headers()
                self.wfile.write(json.dumps({"id": receipt}).encode())

            def log_message(self, format: str, *args: object) -> None:
                """Nothing to say."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"hook://127.0.0.1:{server.server_port}/pesan"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class MailBox:
    """A mail server with the same moods; `boxes` are the Message-IDs that it took."""

    def __init__(self, moods: list[str]) -> None:
        self.moods, self.seen, self.boxes = moods, list[str](), dict[str, str]()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        message = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[arg-type]
        key = str(message["Message-ID"]).strip("<>").partition("@")[0]
        self.seen.append(key)
        if mood == "refuse":
            return "451 coba lagi nanti"
        self.boxes.setdefault(key, str(message["Subject"]))
        if mood == "hang":
            await asyncio.sleep(HANGS_S)
        if mood == "break":
            assert server.transport is not None
            server.transport.abort()
        return f"250 antre sebagai M{len(self.boxes)}"

    @contextmanager
    def listening(self) -> Iterator[str]:
        controller = Controller(self, hostname="127.0.0.1", port=free_port())
        controller.start()
        yield f"smtp://127.0.0.1:{controller.port}?dari=pusat@contoh.id&kepada=piket@contoh.id"
        controller.stop(no_assert=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
