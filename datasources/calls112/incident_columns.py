"""Which of somebody else's columns is which of ours, and how their words are to be understood: options of a reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from datasources import region
from datasources.indonesian_dates import WIB
from datasources.privacy import SHORTEST_KEY, caller_hasher

STAGES = ("created", "dispatched", "acknowledged", "enroute", "arrived", "controlled", "closed", "reopened")
MOMENTS = ("received", *STAGES)
CANONICAL = frozenset(
    {"id", "category", "class", "kecamatan", "desa", "position", "lat", "lon", "status", "opd", "first_call"}
    | {"n_calls", "caller", *MOMENTS}
)
"""The only columns that are ever asked for; names and free text have no key here, a number leaves as a keyed hash."""

STATUSES = ("baru", "diterima", "diproses", "selesai", "batal")
"""What their status words may be translated to, in the order of a ticket's life."""


class ColumnOptions(BaseModel):
    """`columns`: ours = theirs. `status_words`: their word = one of ours; words that are not listed stay."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    columns: dict[str, str]
    kecamatan_names: dict[str, str] = {}
    opd_by_category: dict[str, str] = {}
    status_words: dict[str, str] = {}
    zone: ZoneInfo = WIB
    caller_key: SecretStr = Field(default="${CALLER_HASH_KEY}", validate_default=True)

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - CANONICAL):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(sorted(CANONICAL))}")
        if missing := sorted({"id", "received"} - set(columns)):
            raise ValueError(f"kunci {', '.join(missing)} harus ada: tanpa itu kejadian tidak dapat dibaca")
        if ("lat" in columns) != ("lon" in columns) or {"lat", "position"} <= set(columns):
            raise ValueError("posisi ditulis dengan kunci position, atau dengan lat dan lon bersama")
        return columns

    @field_validator("kecamatan_names")
    @classmethod
    def _ours(cls, names: dict[str, str]) -> dict[str, str]:
        if foreign := [name for name in names.values() if region.kecamatan_named(name) is None]:
            raise ValueError(f"'{', '.join(foreign)}' bukan nama atau kode kecamatan Kabupaten Mojokerto")
        return names

    @field_validator("status_words")
    @classmethod
    def _of_a_ticket(cls, words: dict[str, str]) -> dict[str, str]:
        if not words:
            return {}
        if foreign := sorted(set(words.values()) - set(STATUSES)):
            raise ValueError(f"'{', '.join(foreign)}' bukan status; yang ada: {', '.join(STATUSES)}")
        return {word: word for word in STATUSES} | {theirs.casefold(): ours for theirs, ours in words.items()}

    @field_validator("caller_key")
    @classmethod
    def _is_secret(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        text = key.get_secret_value()
        if "caller" in info.data.get("columns", {}) and (len(text) < SHORTEST_KEY or text.startswith("${")):
            raise ValueError(
                f"kunci rahasia belum diisi; isi CALLER_HASH_KEY dengan sedikitnya {SHORTEST_KEY} karakter acak"
            )
        return key

    @cached_property
    def hashed_caller(self) -> Callable[[str], str | None]:
        """A number to its keyed hash."""
        return caller_hasher(self.caller_key)
