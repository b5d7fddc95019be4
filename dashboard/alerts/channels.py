"""Reads channels.toml: which way messages go, for whom. A mistake refuses to start and says what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from dashboard.alerts import apprise_channel, mail_channel, webhook_channel
from dashboard.alerts.channel import EVERYBODY, Channel
from datasources import option_mistakes, toml_file
from datasources.toml_file import Misconfigured

WAYS = (mail_channel, webhook_channel, apprise_channel)
"""Those that give receipts first; the library knows the others."""
EXAMPLE = "docs/panduan.md, bagian Saluran pesan"


class _Options(BaseModel):
    """One table [channels.<id>]. The address carries passwords and is never repeated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: SecretStr
    to: tuple[str, ...] = (EVERYBODY,)
    owners: tuple[str, ...] = (EVERYBODY,)
    timeout_s: int = Field(default=10, ge=1, le=60)

    @field_validator("address")
    @classmethod
    def _known(cls, address: SecretStr) -> SecretStr:
        if not any(way.understands(address.get_secret_value()) for way in WAYS):
            raise ValueError(
                "alamat saluran tidak dikenal; contohnya smtp://…?dari=…&kepada=…, hooks://…, tgram://…, mailtos://…"
            )
        return address


def load(file: Path | None, environment: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels of the file; none where there is no file. Raises Misconfigured."""
    if file is None:
        return ()
    content = toml_file.tables(file, EXAMPLE)
    found = content.get("channels")
    if set(content) - {"channels"} or not isinstance(found, dict) or not found:
        raise Misconfigured(f"{file}: isi hanya tabel [channels.<id>], sedikitnya satu.")
    return tuple(_channel(file, name, table, environment) for name, table in found.items())


def _channel(file: Path, name: str, table: Any, environment: Mapping[str, str]) -> Channel:
    where = f"{file}, [channels.{name}]"
    if not re.fullmatch(r"[a-z0-9_]{1,64}", name) or not isinstance(table, dict):
        raise Misconfigured(f"{where}: id '{name}' harus huruf kecil, angka atau garis bawah, dan berupa tabel.")
    filled = {key: toml_file.expanded(where, key, value, environment) for key, value in table.items()}
    try:
        options = _Options.model_validate(filled)
    except ValidationError as wrong:
        found = [option_mistakes.sentence(_Options, (), dict(e), table) for e in wrong.errors()]
        raise Misconfigured("\n".join(f"{where}: {each}" for each in found)) from None
    address = options.address.get_secret_value()
    way = next(way for way in WAYS if way.understands(address))
    return Channel(name, options.to, options.owners, partial(way.hand_over, address, options.timeout_s))
