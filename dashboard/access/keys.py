"""Random keys of 256 bits that are shown once, and the hashes of them that are kept."""

from __future__ import annotations

import hashlib
import secrets

LONGEST_KEY = 128


def new_key(begins: str = "") -> str:
    """A key that nobody guesses."""
    return begins + secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What is kept of a key. A plain hash is enough for 256 random bits; it costs every request microseconds."""
    return hashlib.sha256(key[: LONGEST_KEY + 1].encode()).hexdigest()
