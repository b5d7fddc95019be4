"""Which release of the wall this is: a screen that runs another one fetches the new document."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from dashboard.settings import ROOT

_PARTS = (("layouts", "*.py"), ("layouts", "*.toml"), ("assets", "*.js"), ("assets", "*.css"))


@cache
def release() -> str:
    """Twelve letters that change with anything a screen shows or runs."""
    digest = sha256()
    for folder, pattern in _PARTS:
        for file in sorted((ROOT / folder).rglob(pattern)):
            digest.update(_named(file))
    return digest.hexdigest()[:12]


def _named(file: Path) -> bytes:
    return str(file.relative_to(ROOT)).encode() + file.read_bytes()
