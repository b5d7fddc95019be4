"""Why the store cannot be used, in one sentence that names it without its password; unknown causes stay errors."""

from __future__ import annotations

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

MIGRATE = "python manage.py migrate"
_NO_TABLE = ("no such table", "no such column", "has no column named")
_NOT_MIGRATED = ("42P01", "42703")
"""SQLSTATE of PostgreSQL: undefined table, undefined column."""
_SQLITE = {
    "unable to open database file": f"tidak dapat dibuka; periksa folder dan izinnya, atau buat dahulu: {MIGRATE}",
    "readonly database": "tidak dapat ditulisi; beri izin tulis pada berkas dan foldernya",
    "database is locked": "sedang dipakai program lain terlalu lama; ulangi sebentar lagi",
    "disk is full": "tidak dapat ditulisi karena disk penuh; kosongkan tempat",
    "file is not a database": "bukan basis data SQLite; pindahkan berkas itu atau pulihkan dari cadangan",
    "disk image is malformed": "rusak; pulihkan dari cadangan",
    "disk i/o error": "tidak dapat dibaca atau ditulisi (disk rusak atau terlepas)",
}


def obstacle(error: DBAPIError, url: str) -> str | None:
    """The sentence for a store that is away, unreadable or not migrated; None for an error that is our own bug."""
    said = str(error.orig).casefold()
    if any(words in said for words in _NO_TABLE) or getattr(error.orig, "sqlstate", None) in _NOT_MIGRATED:
        return f"Tabel basis data {place(url)} belum ada atau belum diperbarui; jalankan dahulu: {MIGRATE}"
    if url.startswith("sqlite"):
        cause = next((sentence for words, sentence in _SQLITE.items() if words in said), None)
        return cause and f"Basis data {place(url)} {cause}."
    if isinstance(error, OperationalError):
        return f"Basis data {place(url)} tidak dapat dihubungi ({_postgres(said)}); periksa DATABASE_URL dan servernya."
    return None


def place(url: str) -> str:
    """Server and name, or the file: an address without user, password and options."""
    address = make_url(url)
    port = f":{address.port}" if address.port else ""
    return f"{address.host}{port}/{address.database}" if address.host else str(address.database)


def _postgres(said: str) -> str:
    causes = {
        "authentication failed": "pengguna atau sandi ditolak",
        "no password supplied": "sandi belum diisi",
        "does not exist": "nama basis data atau penggunanya tidak ada",
        "connection refused": "sambungan ditolak",
        "timeout": "tidak menjawab",
        "failed to resolve host": "nama servernya tidak ditemukan",
        "too many clients": "sambungannya penuh",
        "starting up": "servernya baru menyala",
    }
    return next((sentence for words, sentence in causes.items() if words in said), "sambungan gagal atau terputus")
