"""One check of one service: within its time and size, where it may go, and what was wrong in one word."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from time import monotonic

import httpx

from datasources.http import MOST_REDIRECTS, USER_AGENT
from datasources.outbound import Forbidden, Network, is_named
from datasources.services import records as causes
from datasources.services.records import Verdict
from datasources.services.resolving import Resolve, pinned, resolve

HEADERS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
"""Unpacked bodies only: a packed one may be a thousand times larger than what came over the line."""
_REFUSED = {10: causes.EXPIRED, 62: causes.OTHER_NAME, 64: causes.OTHER_NAME}
"""OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED, …_HOSTNAME_MISMATCH, …_IP_ADDRESS_MISMATCH."""


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask, what is right, and how far a probe may go for it. `text` None: the body does not matter."""

    address: str
    hosts: tuple[str, ...]
    networks: tuple[Network, ...] = ()
    method: str = "GET"
    statuses: tuple[int, ...] = (200,)
    text: str | None = None
    timeout_s: float = 10
    slow_after_ms: int = 3000
    most_bytes: int = 262_144
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a probe found; `response_ms` is None where no answer came."""

    verdict: Verdict
    cause: str = ""
    status: int | None = None
    response_ms: int | None = None
    certificate_expires_at: datetime | None = None


@dataclass(slots=True)
class _Answer:
    status: int
    has_text: bool
    expires: datetime | None


async def probe(target: Target, resolve: Resolve = resolve) -> Found:
    """Ask once. Never raises for what the service, its name or its certificate does; every socket is closed after."""
    began = monotonic()
    try:
        async with asyncio.timeout(target.timeout_s):
            answer = await _answered(target, resolve)
    except _Astray:
        return Found("gagal", causes.ASTRAY)
    except Forbidden:
        return Found("gagal", causes.FORBIDDEN)
    except (TimeoutError, httpx.TimeoutException):
        return Found("gagal", causes.TOO_LATE)
    except FileNotFoundError:  # the file of an authority of one's own
        return Found("gagal", causes.UNTRUSTED)
    except httpx.ConnectError as error:
        return Found("gagal", _not_connected(error))
    except (httpx.HTTPError, httpx.InvalidURL):
        return Found("gagal", causes.BROKEN_OFF)
    except OSError:
        return Found("gagal", causes.NO_NAME)
    return _judged(target, answer, round((monotonic() - began) * 1000))


class _Astray(Exception):
    """A redirect that leaves the list."""


def _judged(target: Target, answer: _Answer, ms: int) -> Found:
    if answer.status not in target.statuses:
        return Found("gagal", causes.WRONG_STATUS, answer.status, ms, answer.expires)
    if not answer.has_text:
        return Found("gagal", causes.WRONG_TEXT, answer.status, ms, answer.expires)
    verdict: Verdict = "lambat" if ms > target.slow_after_ms else "baik"
    return Found(verdict, "", answer.status, ms, answer.expires)


async def _answered(target: Target, resolve: Resolve) -> _Answer:
    url = httpx.URL(target.address)
    ports = {80, 443, _port(url)}
    for hop in range(MOST_REDIRECTS + 1):
        answer = await _asked(target, url, resolve, is_first=hop == 0)
        if isinstance(answer, _Answer):
            return answer
        is_downgraded = url.scheme == "https" and answer.scheme != "https"
        if is_downgraded or answer.scheme not in ("http", "https") or _port(answer) not in ports:
            raise _Astray
        if not is_named(answer.host, target.hosts):
            raise _Astray
        url = answer
    raise _Astray


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


async def _asked(target: Target, url: httpx.URL, resolve: Resolve, is_first: bool) -> _Answer | httpx.URL:
    """The answer of this address, or where it sends us; a status that was expected is an answer, redirect or not."""
    try:
        at = await pinned(url.host, _port(url), target.networks, resolve)
    except Forbidden:
        if is_first:
            raise
        raise _Astray from None
    # The address in the URL and the name in Host and SNI: the name is not looked up a second time.
    pinned_url = url.copy_with(host=at, username=None, password=None)
    headers = {**HEADERS, "Host": url.netloc.decode("ascii")}
    async with (
        httpx.AsyncClient(verify=_trusted(target.ca_file), timeout=None, trust_env=False) as client,  # noqa: S113
        client.stream(
            target.method, pinned_url, headers=headers, extensions={"sni_hostname": url.host}, follow_redirects=False
        ) as response,
    ):
        expires = _expires(response)
        if response.has_redirect_location and response.status_code not in target.statuses:
            return url.join(response.headers["location"])
        has_text = await _holds_text(response, target)
        return _Answer(response.status_code, has_text, expires)


async def _holds_text(response: httpx.Response, target: Target) -> bool:
    """Whether the text stands in the body; nothing past it or past the size is read."""
    wanted = None if target.text is None else target.text.encode()
    read = bytearray()
    async for chunk in response.aiter_raw(65_536):
        read += chunk[: target.most_bytes - len(read)]
        if (wanted is not None and wanted in read) or len(read) >= target.most_bytes:
            break
    return wanted is None or wanted in read


def _expires(response: httpx.Response) -> datetime | None:
    stream = response.extensions.get("network_stream")
    tls = stream.get_extra_info("ssl_object") if stream is not None else None
    certificate = tls.getpeercert() if tls is not None else None
    if not certificate or "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


def _not_connected(error: BaseException) -> str:
    for each in _causes(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            return _REFUSED.get(each.verify_code, causes.UNTRUSTED)
        if isinstance(each, ssl.SSLError):
            return causes.BROKEN_OFF
    return causes.NO_CONNECTION


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _trusted(ca_file: Path | None) -> ssl.SSLContext:
    """The authorities that are trusted: the system's, or a service's own where it names a file."""
    return _context(ca_file, ca_file.stat().st_mtime_ns if ca_file else 0)


@lru_cache(maxsize=32)
def _context(ca_file: Path | None, _written_at: int) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file)
