"""A site on loopback that is slow, wrong, silent or astray as the test wants, over http or https."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from datasources.services.probe import Target

LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass
class Site:
    """`answers` are given one after another, the last for ever. `asked` counts questions by path."""

    port: int = 0
    scheme: str = "http"
    answers: list[bytes] = field(default_factory=lambda: [ok()])
    pause_s: float = 0
    pace_s: float = 0
    asked: list[str] = field(default_factory=list)

    def target(self, **changed: Any) -> Target:
        given: dict[str, Any] = {
            "address": f"{self.scheme}://127.0.0.1:{self.port}/", "hosts": ("127.0.0.1",), "networks": LOOPBACK,
            "timeout_s": 1, "slow_after_ms": 500,
        }  # fmt: skip
        return Target(**{**given, **changed})


def ok(body: bytes = b"Selamat datang", status: str = "200 OK", headers: str = "") -> bytes:
    """A whole answer."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def redirect(to: str) -> bytes:
    return ok(b"", "302 Found", f"Location: {to}\r\n")


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site(scheme="https" if tls else "http")
    busy: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            site.asked.append(request.split(b" ")[1].decode())
            await asyncio.sleep(site.pause_s)
            said = site.answers[0] if len(site.answers) == 1 else site.answers.pop(0)
            pieces = [said[i : i + 1] for i in range(len(said))] if site.pace_s else [said]
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(site.pace_s)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def started(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(answer(reader, writer))
        busy.add(task)
        task.add_done_callback(busy.discard)

    server = await asyncio.start_server(started, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)


CA = """[ca]
default_ca = here
[here]
database = {0}/index
serial = {0}/serial
new_certs_dir = {0}
default_md = sha256
policy = any
[any]
commonName = supplied
[names]
subjectAltName = IP:{1}
"""


def certificate(folder: Path, name: str, *, of: str, days: int) -> ssl.SSLContext:
    """A self-signed certificate for an address that ends in so many days; one that has ended began a year before."""
    key, request, file = (folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
    (folder / "index").write_text("")
    (folder / "serial").write_text("01")
    (folder / "ca.conf").write_text(CA.format(folder, of))
    ends = datetime.now(UTC) + timedelta(days=days)
    span = [f"{ends - timedelta(days=365):%Y%m%d%H%M%SZ}", f"{ends:%Y%m%d%H%M%SZ}"]
    _openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={of}",
             "-keyout", str(key), "-out", str(request))  # fmt: skip
    signing = ["ca", "-config", str(folder / "ca.conf"), "-selfsign", "-keyfile", str(key), "-in", str(request)]
    _openssl(*signing, "-batch", "-notext", "-extensions", "names", "-startdate", span[0], "-enddate", span[1],
             "-out", str(file))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
