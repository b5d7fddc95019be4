"""How the database of a telephone system is asked: its address, the key of the callers, its clock, its patience."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from datasources import sql
from datasources.calls112.incident_row import words
from datasources.indonesian_dates import WIB, to_utc
from datasources.privacy import SHORTEST_KEY, mask

MOST_SECONDS = 7 * 86_400
EMPTY = ("", "-")
UNIQUEID = re.compile(r"(?:[\w-]{1,40}-)?\d{9,10}\.\d{1,9}")
"""How Asterisk numbers its channels: Unix seconds, a point, a counter; before them the name of the system, if any."""


class CallDatabase(BaseModel):
    """Options of every reader of a telephone system's database. Times without an offset are read in `zone`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: SecretStr
    caller_key: SecretStr = Field(default="${CALLER_HASH_KEY}", validate_default=True)
    zone: ZoneInfo = WIB
    statement_timeout: timedelta = Field(default=timedelta(seconds=20), gt=timedelta(0))
    page: int = Field(default=2_000, gt=0, le=50_000)

    @field_validator("url")
    @classmethod
    def _askable(cls, url: SecretStr) -> SecretStr:
        sql.checked_url(url)
        return url

    @field_validator("caller_key")
    @classmethod
    def _is_secret(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value()
        if len(text) < SHORTEST_KEY or text.startswith("${"):
            raise ValueError(
                f"kunci rahasia belum diisi; isi CALLER_HASH_KEY dengan sedikitnya {SHORTEST_KEY} karakter acak"
            )
        return key


def moment(row: Mapping[str, Any], column: str, zone: ZoneInfo) -> datetime | None:
    """The moment in a column, UTC; None when empty or zero. Raises ValueError without the value, it may be a name."""
    value = row[column]
    try:
        return to_utc(value.decode("ascii", "replace") if isinstance(value, bytes) else value, zone)
    except ValueError:
        raise ValueError(f"{column} bukan waktu yang sah; yang benar seperti '2026-03-02 14:05:00'") from None


def seconds(row: Mapping[str, Any], column: str) -> int | None:
    """Whole seconds in a column; None when empty. Raises ValueError with a sentence, without text: it may be a name."""
    said = words(row[column])
    if said in EMPTY:
        return None
    try:
        number = int(float(said))
    except (ValueError, OverflowError):
        raise ValueError(f"{column} bukan bilangan detik") from None
    if not 0 <= number <= MOST_SECONDS:
        raise ValueError(f"{column} {mask(said)} detik tidak mungkin; yang benar 0 sampai {MOST_SECONDS}")
    return number
