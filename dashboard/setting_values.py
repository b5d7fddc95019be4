"""What a single setting may be; each mistake is a sentence that says what would be right."""

from __future__ import annotations

import re

from pydantic import SecretStr

MIN_KEY_LENGTH = 32
FEWEST_SIGNS = 8
"""Different signs in a key: 32 random hexadecimal digits have fewer once in a million, a line of one letter always."""
KNOWN = (
    "changeme", "change_me", "secret", "rahasia", "password", "contoh", "example", "default", "mojokerto", "12345678",
    "qwerty",
)  # fmt: skip
"""What stands in keys that somebody copied or made up; a random key of 64 digits never holds one by chance."""

BORDERS_WITHOUT_SOURCE = (
    "REGION_BOUNDARIES_ATTRIBUTION belum diisi padahal REGION_BOUNDARIES diisi; tulis sumber dan lisensi batas yang "
    "tampil di bawah peta, misalnya Batas: cahyadsn/wilayah_boundaries, MIT (c) 2024 Cahya DSN"
)
PUSH_WITHOUT_CONTACT = (
    "VAPID_CONTACT belum diisi padahal VAPID_KEY diisi; tulis mailto:nama@mojokertokab.go.id, atau isi PUBLIC_URL "
    "dengan alamat https://"
)

_STORE_EXAMPLE = "tulis postgresql://pengguna:sandi@server:5432/nama, atau kosongkan untuk SQLite"
_POSTGRESQL = re.compile(
    r"(postgres|postgresql(\+psycopg)?)://([^:/@]*(:[^@]*)?@)?(\[[0-9a-fA-F:.]+\]|[^/@:\s]*)(:\d{1,5})?/[^/?\s]+(\?\S*)?"
)


def hard_to_guess(key: SecretStr) -> SecretStr:
    """A key long enough, of many signs and not out of an example. Never repeats the key."""
    text = key.get_secret_value()
    if len(text) < MIN_KEY_LENGTH:
        raise ValueError(f"terlalu pendek ({len(text)} huruf); isi sedikitnya {MIN_KEY_LENGTH} huruf acak")
    if len(set(text)) < FEWEST_SIGNS or any(word in text.casefold() for word in KNOWN):
        raise ValueError(
            "mudah ditebak (kunci contoh atau huruf berulang); buat yang acak: "
            "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return key


def store_address(url: str) -> str:
    """Never repeats the address: it may hold a password."""
    kind, found, _ = url.partition("://")
    if not found:
        raise ValueError(f"bukan alamat basis data; {_STORE_EXAMPLE}")
    if kind not in ("sqlite", "postgres", "postgresql", "postgresql+psycopg"):
        raise ValueError(f"jenis basis data '{kind}' tidak dikenal; {_STORE_EXAMPLE}")
    if not (re.fullmatch(r"sqlite:///.+", url) if kind == "sqlite" else _POSTGRESQL.fullmatch(url)):
        raise ValueError(
            f"alamatnya tidak lengkap atau portnya bukan angka; {_STORE_EXAMPLE}. "
            "Tanda @ dan / di dalam sandi ditulis %40 dan %2F"
        )
    return url


def neighbour(address: str) -> str:
    """host:port, or nothing."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("tulis host:port sebuah tetangga yang selalu menyala, misalnya 192.168.1.1:80, atau kosongkan")
    return address


def mail_server(url: str) -> str:
    """Never repeats the address: it may hold a password."""
    if url and not re.fullmatch(r"smtps?://([^@/\s]+@)?[^@:/\s]+(:\d{1,5})?/?", url):
        raise ValueError("tulis smtp://nama:sandi@server:587 atau smtps://nama:sandi@server:465, atau kosongkan")
    return url


def mailbox(address: str) -> str:
    """A sender's address, or nothing."""
    if address and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise ValueError("tulis alamat pengirim seperti pusatkomando@mojokertokab.go.id, atau kosongkan")
    return address


def public_address(url: str) -> str:
    """Scheme and host, without a path, or nothing."""
    if url and not re.fullmatch(r"https?://[^/\s]+/?", url):
        raise ValueError(
            "tulis alamat yang dibuka orang, misalnya https://pusatkomando.mojokertokab.go.id, atau kosongkan"
        )
    return url


def heartbeat(url: SecretStr) -> SecretStr:
    """An http or https address, or nothing."""
    if url.get_secret_value() and not re.fullmatch(r"https?://[^\s/]+\S*", url.get_secret_value()):
        raise ValueError("tulis alamat yang dipanggil tiap menit, misalnya https://hc.contoh.go.id/ping/…")
    return url


def push_key(key: SecretStr) -> SecretStr:
    """A secret number of the curve P-256, 32 bytes in base64url, or nothing. Never repeats the key."""
    text = key.get_secret_value()
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
        raise ValueError("bukan kunci VAPID; buat dengan: python manage.py push key BERKAS")
    return key


def push_contact(address: str) -> str:
    """Whom a push service may write to, or nothing."""
    if address and not re.fullmatch(r"mailto:[^@\s<>]+@[^@\s<>]+|https://[^\s]+", address):
        raise ValueError("tulis mailto:nama@mojokertokab.go.id atau https://alamat, atau kosongkan")
    return address


def push_hosts(hosts: str) -> str:
    """Names with spaces between them, or nothing; plain http for this machine alone, as tests need it."""
    for host in hosts.split():
        if not re.fullmatch(r"(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}|http://127\.0\.0\.1:\d{1,5}", host):
            raise ValueError(f"'{host}' bukan nama host; tulis seperti push.contoh.id atau *.push.contoh.id")
    return " ".join(hosts.split())


def embedding_sites(sites: str) -> str:
    """Origins in one line with spaces between them, or nothing; a wildcard would allow whoever can register a name."""
    for site in sites.split():
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d{1,5})?", site):
            raise ValueError(
                f"'{site}' bukan alamat situs; tulis seperti https://portal.mojokertokab.go.id, dipisah spasi"
            )
    return " ".join(sites.split())
