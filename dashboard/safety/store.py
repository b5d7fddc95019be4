"""The database and the mail server: encrypted on the way, with a password of their own, closed to other users."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.engine import URL, make_url

from dashboard.safety.finding import Finding, Setup
from dashboard.safety.network import is_loopback
from dashboard.safety.permissions import open_to_others

ENCRYPTED = ("require", "verify-ca", "verify-full")
GUESSED = ("postgres", "postgresql", "password", "admin", "rahasia", "123456", "mojokerto")
SUPERUSER = "postgres"


def check(setup: Setup) -> Iterator[Finding]:
    """Never repeats an address or a password."""
    url = make_url(setup.values.database_url)
    yield from _file(url) if url.drivername.startswith("sqlite") else _server(url)
    if setup.values.SMTP_URL.startswith("smtp://") and "@" in setup.values.SMTP_URL:
        yield Finding(
            "SMTP_URL", "smtp:// mengirim sandi tanpa TLS bila servernya tidak menawarkannya; pakai smtps://."
        )
    if setup.values.HEARTBEAT_URL.get_secret_value().startswith("http://"):
        yield Finding("HEARTBEAT_URL", "memakai http://; kuncinya terbaca di jaringan. Pakai https://.")


def _file(url: URL) -> Iterator[Finding]:
    if url.database and (problem := open_to_others(url.database)):
        yield Finding("DATABASE_URL", f"{problem}; ketik: chmod 600 {url.database}")


def _server(url: URL) -> Iterator[Finding]:
    remote = bool(url.host) and not is_loopback(str(url.host))
    if remote and url.query.get("sslmode") not in ENCRYPTED:
        yield Finding("DATABASE_URL", "basis data di komputer lain tanpa TLS; tambahkan ?sslmode=verify-full.")
    if remote and not url.password:
        yield Finding("DATABASE_URL", "basis data di komputer lain tanpa sandi; beri pengguna itu sandi acak.")
    if url.password in (*GUESSED, url.username, url.database) and url.password:
        yield Finding("DATABASE_URL", "sandi basis data mudah ditebak; ganti dengan sandi acak.")
    if url.username == SUPERUSER:
        yield Finding("DATABASE_URL", "memakai pengguna super 'postgres'; buat pengguna bagi basis data ini saja.")
