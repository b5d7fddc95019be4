"""The one way to ask over HTTP: a deadline, a size limit, no straying to other hosts, and plain sentences."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from threading import Timer
from time import monotonic
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

import httpx
from pydantic import StringConstraints

from datasources import json_text
from datasources.contract import Cursor, SourceUnavailable
from datasources.http_failures import host_of, too_slow, why
from datasources.judged_connection import Judge
from datasources.outbound import Forbidden

USER_AGENT = "mojokerto-command-center/0.1"
JSON = ("application/json",)
XML = ("application/xml", "text/xml", "application/rss+xml", "application/cap+xml")
MOST_REDIRECTS = 3

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/@]+(/\S*)?$")]
"""An http or https address without a password in it, as an option of a reader."""


class BadAnswer(SourceUnavailable):
    """The host answered, but not with what was asked for."""


class NotFound(BadAnswer):
    """The host answered 404. `said` is the message of a JSON body, empty when there was none."""

    def __init__(self, sentence: str, said: str) -> None:
        super().__init__(sentence)
        self.said = said


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete body of the type that was asked for."""

    host: str
    body: bytes
    etag: str
    last_modified: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def validators(self) -> dict[str, str]:
        """What to remember in the cursor and hand back as `etag_cursor`, so that the host may say 'unchanged'."""
        found = {"etag": self.etag, "last_modified": self.last_modified}
        return {key: value for key, value in found.items() if value}

    def json(self, parse_float: Callable[[str], Any] = float) -> Any:
        """The body as JSON, numbers as floats unless `parse_float` says otherwise. Raises BadAnswer."""
        try:
            return json_text.loads(self.body, parse_float)
        except (ValueError, RecursionError):
            raise BadAnswer(f"Jawaban {self.host} bukan JSON yang sah.") from None


def remembered(cursor: Cursor, key: str) -> Mapping[str, str]:
    """The validators kept under cursor["etags"][key]; empty when there are none."""
    kept: Mapping[str, str] = cursor.get("etags", {}).get(key, {})
    return kept


def ask(
    url: str,
    *,
    etag_cursor: Mapping[str, str] | None = None,
    timeout: timedelta = timedelta(seconds=10),
    max_bytes: int = 5_000_000,
    accept: tuple[str, ...] = JSON,
    authorization: str = "",
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer | None:
    """GET `url`; None when the host says it is unchanged (304). `authorization` is the header of that name.

    `params` go into the query and `headers` beside our own: keys belong there, never into `url`.

    `timeout` bounds the whole exchange, name resolution excepted; `max_bytes` counts the unpacked body.
    Raises NotFound (404), BadAnswer (another status, type or size), SourceUnavailable (everything else).
    """
    sent = {**_headers(etag_cursor or {}, accept, authorization), **(headers or {})}
    url = str(httpx.URL(url).copy_merge_params(dict(params))) if params else url
    for _ in range(MOST_REDIRECTS + 1):
        result = _Exchange(url, timeout, max_bytes).get(sent, accept)
        if not isinstance(result, str):
            return result
        url = result
    raise BadAnswer(f"{host_of(url)} mengalihkan lebih dari {MOST_REDIRECTS} kali.")


class _Exchange:
    """One request. A timer shuts the socket, because httpx itself limits only the pause between two bytes."""

    def __init__(self, url: str, timeout: timedelta, max_bytes: int) -> None:
        self._url, self._host, self._max_bytes = url, host_of(url), max_bytes
        self._seconds = timeout.total_seconds()
        self._deadline = monotonic() + self._seconds
        self._socket: socket.socket | None = None
        self._judge = Judge(url)

    def get(self, headers: Mapping[str, str], accept: tuple[str, ...]) -> Answer | str | None:
        """The answer, None for 304, or the address on the same host it redirects to."""
        timer = Timer(self._seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            with (
                httpx.Client(verify=_trusted(), timeout=self._seconds, follow_redirects=False) as client,
                client.stream("GET", self._url, headers=headers, extensions={"trace": self._trace}) as response,
            ):
                return self._read(response, accept)
        except Forbidden as forbidden:
            raise SourceUnavailable(f"{self._host}: {forbidden}.") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            late = monotonic() >= self._deadline
            raise SourceUnavailable(self._too_slow() if late else why(error, self._url, self._seconds)) from None
        finally:
            timer.cancel()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        self._judge(event, info)
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def _shut(self) -> None:
        if self._socket is not None:
            try:
                # Not SSLSocket.shutdown: that drops the TLS object while the other thread is reading from it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return

    def _read(self, response: httpx.Response, accept: tuple[str, ...]) -> Answer | str | None:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return None
        if response.has_redirect_location:
            return self._redirected(response.headers["location"])
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code != httpx.codes.OK:
            raise self._problem(response, content_type)
        if content_type not in accept:
            raise BadAnswer(
                f"{self._host} mengirim {content_type or 'isi tanpa jenis'}, padahal yang diminta {accept[0]}."
            )
        headers = response.headers
        body = self._body(response)
        return Answer(
            self._host, body, headers.get("etag", ""), headers.get("last-modified", ""), content_type, headers
        )

    def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._max_bytes:
                raise BadAnswer(f"Jawaban {self._host} lebih besar daripada {self._max_bytes} bita.")
        # A shut socket looks like the regular end of a body without a length.
        if monotonic() >= self._deadline:
            raise SourceUnavailable(self._too_slow())
        return bytes(body)

    def _redirected(self, location: str) -> str:
        try:
            target = urljoin(self._url, location)
            is_same_host = urlsplit(target).hostname == urlsplit(self._url).hostname
        except ValueError:  # such as http://[rusak/
            raise BadAnswer(f"{self._host} mengalihkan ke alamat yang tidak sah.") from None
        downgraded = self._url.startswith("https:") and not target.startswith("https:")
        if not is_same_host or downgraded:
            raise BadAnswer(f"{self._host} mengalihkan ke {host_of(target)}; hanya host dan https yang sama diikuti.")
        return target

    def _problem(self, response: httpx.Response, content_type: str) -> SourceUnavailable:
        code = response.status_code
        if code == httpx.codes.NOT_FOUND:
            said = _message(self._body(response)) if content_type in JSON else ""
            return NotFound(f"{self._host} tidak mengenal alamat itu (404{': ' + said if said else ''}).", said)
        if code == httpx.codes.TOO_MANY_REQUESTS:
            return SourceUnavailable(f"{self._host} menolak karena terlalu sering ditanya (429).")
        reason = "sedang bermasalah" if code >= 500 else "menolak permintaan"
        return BadAnswer(f"{self._host} {reason} (HTTP {code}).")

    def _too_slow(self) -> str:
        return too_slow(self._url, self._seconds)


def _headers(validators: Mapping[str, str], accept: tuple[str, ...], authorization: str) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept": ", ".join(accept)}
    if authorization:
        headers["Authorization"] = authorization
    if "etag" in validators:
        headers["If-None-Match"] = validators["etag"]
    if "last_modified" in validators:
        headers["If-Modified-Since"] = validators["last_modified"]
    return headers


def _message(body: bytes) -> str:
    try:
        data = json_text.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(data.get("message", ""))[:100] if isinstance(data, dict) else ""


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
