"""River posts whose readings come as CSV or Excel: one file, or the newest one of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused
from datasources.newest_file import newest_file
from datasources.observation import Observation
from datasources.sensors.telemetry_row import TelemetryRow

ROWS_PER_BATCH = 2_000


class RiverSheet(BaseModel):
    """`path` is a file, or a folder whose newest file that fits `pattern` is read. A changed file is read whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("river",)

    path: Path
    row: TelemetryRow
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All readings of a file that is not the one read last. Raises SourceUnavailable."""
        file = newest_file(self.path, self.pattern, "bacaan pos sungai")
        digest = hashlib.sha256(spreadsheet.content_of(file)).hexdigest()
        if cursor.get("sha256") == digest:
            return
        now = datetime.now(UTC)
        good: list[Observation] = []
        refused: list[Refused] = []
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=self.row.keys):
            found, wrong = self.row.read(cells, f"{file.name}, baris {number}", now)
            good += found
            refused += wrong
            if len(good) + len(refused) >= ROWS_PER_BATCH:
                # The file counts as read only with its last batch.
                yield Batch(tuple(good), tuple(refused), cursor)
                good, refused = [], []
        yield Batch(tuple(good), tuple(refused), {"sha256": digest, "file": file.name})
