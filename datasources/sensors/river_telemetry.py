"""River posts whose telemetry is asked over HTTP: a JSON list of readings, with any names for its keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from datasources.contract import Batch, Cursor, Refused
from datasources.http import Address, BadAnswer, ask, remembered
from datasources.observation import Observation
from datasources.sensors.telemetry_row import TelemetryRow

MAX_BYTES = 5_000_000
MOST_ROWS = 50_000


class RiverTelemetry(BaseModel):
    """Asks `address`; `rows_at` is the way to the list of readings ("data.pos"; empty: the answer itself is the list).

    Keys of `row` may be ways too ("bacaan.tma"). `authorization` is sent as the header of that name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("river",)

    address: Address
    row: TelemetryRow
    rows_at: str = ""
    authorization: SecretStr | None = None
    timeout: timedelta = Field(default=timedelta(seconds=10), gt=timedelta(0))

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch when the answer changed. Raises SourceUnavailable, also for an answer that is no such list."""
        answer = ask(
            self.address,
            etag_cursor=remembered(cursor, "telemetry"),
            timeout=self.timeout,
            max_bytes=MAX_BYTES,
            authorization=self.authorization.get_secret_value() if self.authorization else "",
        )
        if answer is None:
            return
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest == cursor.get("sha256"):
            return
        good: list[Observation] = []
        refused: list[Refused] = []
        now = datetime.now(UTC)
        for number, entry in enumerate(self._entries(answer.json()), start=1):
            place = f"{self.rows_at or 'daftar'}, bacaan {number}"
            if not isinstance(entry, dict):
                refused.append(Refused(str(entry)[:500], "bacaan bukan objek JSON", place))
                continue
            found, wrong = self.row.read({key: _at(entry, key) for key in self._keys()}, place, now)
            good += found
            refused += wrong
        yield Batch(tuple(good), tuple(refused), {"etags": {"telemetry": answer.validators}, "sha256": digest})

    def _keys(self) -> tuple[str, ...]:
        row = self.row
        return (*row.keys, *(key for key in (row.name, row.lat, row.lon) if key))

    def _entries(self, content: Any) -> Any:
        entries = _at(content, self.rows_at) if self.rows_at else content
        if not isinstance(entries, list):
            where = f"pada '{self.rows_at}'" if self.rows_at else "di dalamnya"
            raise BadAnswer(f"Jawaban telemetri tidak memuat daftar bacaan {where}; periksa kunci rows_at.")
        if len(entries) > MOST_ROWS:
            raise BadAnswer(f"Jawaban telemetri memuat {len(entries)} bacaan; paling banyak {MOST_ROWS}.")
        return entries


def _at(content: Any, way: str) -> Any:
    """What stands at 'a.b.c'; None where the way leads nowhere."""
    for step in way.split("."):
        content = content.get(step) if isinstance(content, Mapping) else None
    return content
