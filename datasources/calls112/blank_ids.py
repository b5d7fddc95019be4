"""Rows without an id: refused, or counted each under an id made from what stands in the row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Literal

from pydantic import SecretStr, ValidationInfo, field_validator

from datasources.calls112.incident_row import BLANK, IncidentColumns, words
from datasources.privacy import SHORTEST_KEY

COUNTED = "tanpa-id-"


class IncidentTable(IncidentColumns):
    """`blank_id` = "hitung" keeps rows whose id is blank; without it they are refused.

    A list that is closed every week holds a few events that somebody wrote down without a number (nine in one
    published year of Alexandria). They happened: refused, each is missing from the week's total, and no total of ours
    agrees with the office's own. It is no default, because such a row cannot be followed: corrected later it is
    another row, and counts again. Use it for lists that are final when they are handed in.
    """

    blank_id: Literal["tolak", "hitung"] = "tolak"

    @field_validator("blank_id")
    @classmethod
    def _can_be_made(cls, blank_id: str, info: ValidationInfo) -> str:
        key = info.data.get("caller_key")
        if blank_id == "hitung" and not (isinstance(key, SecretStr) and _is_filled(key.get_secret_value())):
            raise ValueError(
                f"id dibuat dengan kunci rahasia; isi CALLER_HASH_KEY dengan sedikitnya {SHORTEST_KEY} karakter acak"
            )
        return blank_id

    def blank_ids(self) -> BlankIds | None:
        """For one reading of the table from its first row; None when rows without an id are refused."""
        return BlankIds(self.caller_key) if self.blank_id == "hitung" else None


class BlankIds:
    """Gives the rows without an id of one reading their ids, the same at each reading of the same rows.

    The id is a keyed hash of the row's mapped cells, so that it tells nobody what stood in them, and of how many equal
    rows came before: two rows that say the same are two events, as the list has two lines for them.
    """

    def __init__(self, key: SecretStr) -> None:
        secret = key.get_secret_value().encode()
        self._key = secret if len(secret) <= blake2b.MAX_KEY_SIZE else blake2b(secret).digest()
        self._met: Counter[bytes] = Counter()

    def filled(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """The row, with an id if it had none."""
        if words(row.get("id")) not in BLANK:
            return row
        row = {**row, "id": None}
        said = json.dumps(sorted((key, words(value)) for key, value in row.items()), ensure_ascii=False)
        content = blake2b(said.encode(), key=self._key, digest_size=32).digest()
        place = self._met[content]
        self._met[content] += 1
        code = blake2b(content + place.to_bytes(8, "big"), key=self._key, digest_size=16)
        return {**row, "id": COUNTED + code.hexdigest()}


def _is_filled(key: str) -> bool:
    return len(key) >= SHORTEST_KEY and not key.startswith("${")
