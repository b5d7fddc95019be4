"""Why an exchange over HTTP failed, in one sentence that names the host."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

import httpx

from datasources.addresses import without_secrets


def host_of(url: str) -> str:
    """Host and port, without anything secret that may stand before or after them; never raises."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # no number: what looks like a port is a password with a slash in it
        host = parts.netloc.rpartition("@")[2]
    except ValueError:  # that, or half a bracket as in http://[rusak/
        host = url.rpartition("@")[2].rpartition("//")[2].partition("/")[0]
    return host or without_secrets(url)


def too_slow(url: str, seconds: float) -> str:
    """The sentence for an answer that did not come, or not to its end, in time."""
    return f"{host_of(url)} tidak menjawab lengkap dalam {seconds:g} detik."


def why(error: Exception, url: str, seconds: float) -> str:
    """The sentence for an error of httpx."""
    host = host_of(url)
    causes = _causes(error)
    if isinstance(error, httpx.TimeoutException):
        return too_slow(url, seconds)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"Nama {host} tidak ditemukan (DNS)."
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"Sambungan aman ke {host} gagal: sertifikatnya tidak dapat dipercaya."
    if isinstance(error, httpx.ConnectError):
        return f"{host} tidak dapat dihubungi: sambungan ditolak atau tidak ada jalan ke sana."
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)):
        return f"Alamat '{without_secrets(url)}' tidak sah; tulis seperti https://host/berkas."
    return f"{host} memutus sambungan sebelum jawabannya lengkap."


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
