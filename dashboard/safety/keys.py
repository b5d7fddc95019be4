"""The two keys: each its own, and readable by nobody else. Short and known ones are refused by the settings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.safety.finding import Finding, Setup
from dashboard.safety.permissions import open_to_others
from dashboard.settings import KEYS, KEYS_FILE, SECRETS


def check(setup: Setup) -> Iterator[Finding]:
    """One key for both purposes, and files of keys that others may read."""
    values, given = setup.values, setup.environment
    if values.SECRET_KEY.get_secret_value() == values.CALLER_HASH_KEY.get_secret_value():
        yield Finding("CALLER_HASH_KEY", "sama dengan SECRET_KEY; buat kunci tersendiri.", stops=True)
    files = [("VAR", str(values.VAR / KEYS_FILE))]
    files += [(f"{name}_FILE", given.get(f"{name}_FILE", "")) for name in (*KEYS, *SECRETS)]
    for name, file in files:
        if file and (problem := open_to_others(file)):
            yield Finding(name, f"{problem}; ketik: chmod 600 {file}")
