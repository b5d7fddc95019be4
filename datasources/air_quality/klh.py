"""The ministry's ISPU stations. Undocumented and without licence: off unless an officer configures it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources.air_quality.klh_rows import station_readings
from datasources.contract import Batch, Cursor, Refused
from datasources.http import Address, BadAnswer, ask, remembered
from datasources.observation import Observation

MAX_BYTES = 3_000_000
"""About twenty times the answer of 2026."""


class Klh(BaseModel):
    """Reads the rows of `stations` out of the national list."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("official_air",)

    address: Address = "https://ispu.kemenlh.go.id/apimobile/v1/getStations"
    stations: tuple[str, ...] = Field(default=("KABUPATEN_MOJOKERTO",), min_length=1)
    timeout: timedelta = timedelta(seconds=15)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch with every configured station. Raises SourceUnavailable."""
        answer = ask(
            self.address, etag_cursor=remembered(cursor, "stations"), timeout=self.timeout, max_bytes=MAX_BYTES
        )
        if answer is None:
            return
        data = answer.json()
        rows = data.get("rows") if isinstance(data, dict) else None
        if not isinstance(rows, list) or not rows:
            raise BadAnswer(f"Jawaban {answer.host} bukan daftar stasiun: tidak ada 'rows' yang terisi.")
        by_id = {str(row.get("id_stasiun")): row for row in rows if isinstance(row, dict)}
        now = datetime.now(UTC)
        records: list[Observation] = []
        refused: list[Refused] = []
        for station in self.stations:
            if station not in by_id:
                refused.append(Refused(station, f"stasiun {station} tidak ada dalam daftar KLH", "getStations"))
                continue
            good, wrong = station_readings(by_id[station], now)
            records += good
            refused += wrong
        yield Batch(tuple(records), tuple(refused), {"etags": {"stations": answer.validators}})
