"""A provider of OpenID Connect on loopback: discovery, keys, and a token for whoever the test says came."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, CLIENT_SECRET = "pusat-komando", "rahasia-klien"


class Site:
    """What it says of itself and of the one who comes; a test changes what it likes."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "satu", "use": "sig"})
        self.signing: Any = self.key
        self.algorithm = "RS256"
        self.says_issuer = self.issuer
        self.claims: dict[str, Any] = {"sub": "42", "preferred_username": "Rini.S", "name": "Rini Susanti",
                                       "groups": ["pegawai", "pk-analis"]}  # fmt: skip
        self.userinfo: dict[str, Any] = {}
        self.nonce: str | None = None
        self.audience = CLIENT
        self.challenge = ""
        self.asked: list[str] = []

    def came(self, address: str) -> str:
        """What the browser brings back from the provider: the query of the way back."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce, self.challenge = given["nonce"], given["code_challenge"]
        assert (given["client_id"], given["code_challenge_method"]) == (CLIENT, "S256")
        return f"code=sekali&state={given['state']}"

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        """What stands at an address."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.says_issuer, "authorization_endpoint": f"{self.issuer}/masuk",
                    "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/kunci",
                    "userinfo_endpoint": f"{self.issuer}/siapa",
                    "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}  # fmt: skip
        if path == "/kunci":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/siapa":
            return {"sub": self.claims["sub"], **self.userinfo}
        return self._token(form) if path == "/token" else None

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 300, "nonce": self.nonce,
                  **self.claims}  # fmt: skip
        header = {"alg": self.algorithm, "kid": "satu"}
        signed = jwt.encode(header, claims, self.signing, algorithms=["RS256", "HS256"])
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def forge_with_shared_secret(self) -> None:
        """Sign with what a client knows, not with the key of the provider."""
        self.signing, self.algorithm = OctKey.import_key(CLIENT_SECRET * 4), "HS256"


@contextmanager
def openid_site() -> Iterator[Site]:
    """The provider, while a test needs it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            told = site.answer(urlsplit(self.path).path, form)
            body = json.dumps(told or {}).encode()
            self.send_response(404 if told is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()
