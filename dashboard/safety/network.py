"""How people reach us: over TLS, from where, through which proxies, in whose frames."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from dashboard.safety.finding import Finding, Setup


def check(setup: Setup) -> Iterator[Finding]:
    """Passwords in the clear, ports past the proxy, believed headers of anybody, frames of other sites."""
    values = setup.values
    if not is_loopback(values.HOST):
        yield Finding("HOST", _open(values.HOST, values.behind_tls))
    if values.PUBLIC_URL and not values.behind_tls:
        yield Finding("PUBLIC_URL", "memakai http://; sandi dan sesi terbaca di jaringan. Pasang TLS, tulis https://.")
    if values.behind_tls and values.proxies == 0:
        yield Finding("PROXIES", "0 padahal PUBLIC_URL https://; semua orang tampak datang dari alamat proxy.")
    if not values.behind_tls and values.proxies:
        yield Finding("PROXIES", "X-Forwarded-For dipercaya tanpa proxy TLS; siapa pun dapat memalsukan alamatnya.")
    if values.FRAME_ANCESTORS:
        yield Finding("FRAME_ANCESTORS", f"halaman boleh dibingkai {values.FRAME_ANCESTORS}; kosongkan bila tidak.")
    if values.walls_are_open and not values.demonstration:
        yield Finding("WALL_PAIRING", "'terbuka': siapa pun yang mencapai alamat ini melihat layar dinding; kosongkan.")
    if "http://" in values.PUSH_HOSTS:
        sentence = "layanan push tanpa TLS di komputer ini hanya untuk uji; hapus."
        yield Finding("PUSH_HOSTS", sentence, stops=bool(values.PUBLIC_URL))
    yield from _gunicorn(setup)


def _open(host: str, behind_tls: bool) -> str:
    if behind_tls:
        return f"'{host}' terbuka bagi komputer lain dan melewati proxy TLS; pakai 127.0.0.1 bila proxynya di sini."
    return f"'{host}' terbuka bagi komputer lain tanpa TLS; sandi dan sesi terbaca di jaringan. Lihat docs/proxy.md."


def _gunicorn(setup: Setup) -> Iterator[Finding]:
    if "*" in setup.environment.get("FORWARDED_ALLOW_IPS", ""):
        yield Finding("FORWARDED_ALLOW_IPS", "'*' mempercayai kepala permintaan dari siapa pun; hapus.", stops=True)
    if setup.environment.get("GUNICORN_CMD_ARGS"):
        yield Finding("GUNICORN_CMD_ARGS", "mengganti setelan aman di gunicorn.conf.py; hapus.")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
