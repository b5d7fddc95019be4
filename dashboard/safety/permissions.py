"""Which files the other users of this machine may read."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url


def open_to_others(file: str | Path) -> str:
    """'berkas … terbaca pengguna lain' when group or others may read or write it; empty otherwise, or without one."""
    try:
        mode = Path(file).stat().st_mode
    except OSError:
        return ""
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        return f"berkas {file} terbuka bagi semua pengguna komputer ini"
    return f"berkas {file} dapat diubah kelompoknya" if mode & stat.S_IWGRP else ""


@contextmanager
def closed_to_others(database_url: str) -> Iterator[None]:
    """An SQLite file that is made meanwhile is its owner's alone; one that was there keeps its permissions."""
    url = make_url(database_url)
    file = Path(url.database or "") if url.drivername.startswith("sqlite") else None
    is_new = file is not None and not file.exists()
    yield
    if file is not None and is_new and file.exists():
        file.chmod(0o600)
