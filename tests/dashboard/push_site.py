"""A push service on loopback that opens what it is sent as a browser would, and proves who sent it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

HANGS_S = 1.0
AUTH = b"0123456789abcdef"


def written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unwritten(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """The keys that a browser makes when it subscribes."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": written(point), "auth": written(AUTH)}

    def opened(self, body: bytes) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=AUTH))
        return content


@dataclass
class PushSite:
    """Treats its requests by these moods in turn, the last for ever: a status; or 'hang', which takes the message and
    answers too late. `shown` is what a device would show: its newest message per topic, as push services keep them.
    """

    moods: list[int | str]
    browser: Browser = field(default_factory=Browser)
    claims: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    address: str = ""
    public: str = ""

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> int:
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        self.headers.append(headers)
        self.claims.append(self._proven(headers["Authorization"]))
        if mood in (200, 201, "hang"):
            message = self.browser.opened(body)
            self.taken.append(message)
            self.shown[headers["Topic"]] = message["key"]
        if mood == "hang":
            time.sleep(HANGS_S)
            return 201
        return int(mood)

    def _proven(self, authorization: str) -> dict[str, Any]:
        """The claims, of which the signature is good under the key that the browser subscribed with."""
        token, key = (part.partition("=")[2] for part in authorization.removeprefix("vapid ").split(","))
        assert key == self.public
        point = unwritten(key)
        own = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": written(point[1:33]), "y": written(point[33:])})
        return dict(jwt.decode(token, own, algorithms=["ES256"]).claims)

    @contextmanager
    def listening(self) -> Iterator[str]:
        """The origin to subscribe at."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = site.answer(self.path, dict(self.headers), body)
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:9/ke-tempat-lain")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing to say."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self.address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
