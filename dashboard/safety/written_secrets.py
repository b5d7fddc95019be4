"""Passwords and tokens that stand in sources.toml and channels.toml themselves instead of as "${NAME}"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dashboard.safety.finding import Finding, Setup
from dashboard.safety.permissions import open_to_others
from datasources import toml_file

_NAMED = re.compile(r"(secret|token|password|sandi|api_key|authorization|caller_key)", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"://[^/\s:@]*:[^/\s@]+@")


def check(setup: Setup) -> Iterator[Finding]:
    """Names the table and the key, never the value."""
    files = (("SOURCES", setup.values.sources_file), ("CHANNELS", setup.values.channels_file))
    for setting, file in files:
        if file is None or setup.values.demonstration:
            continue
        found = list(_written(toml_file.tables(file, "")))
        for place in found:
            yield Finding(setting, f'{file.name}, kunci {place}: rahasia tertulis di berkas; pakai "${{NAMA}}".')
        if found and (problem := open_to_others(Path(file))):
            yield Finding(setting, f"{problem} dan memuat rahasia; ketik: chmod 600 {file}")


def _written(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        place = f"{above}{key}"
        if isinstance(value, Mapping):
            yield from _written(value, f"{place}.")
        elif isinstance(value, str) and "${" not in value and (_NAMED.search(key) or _IN_ADDRESS.search(value)):
            yield place
