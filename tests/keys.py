"""Keys for tests: long, of many signs, and nobody's."""

from __future__ import annotations

SECRET_KEY = "uji-4b1f0c97e2d85a63-kunci-sesi-0f3a"
CALLER_HASH_KEY = "uji-93d7a2c4b6e81f05-kunci-kode-77be"
KEYS = {"SECRET_KEY": SECRET_KEY, "CALLER_HASH_KEY": CALLER_HASH_KEY}
