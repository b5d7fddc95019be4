"""112 incidents from a case list in CSV or Excel: one file, or the newest one of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pydantic import Field

from datasources import spreadsheet
from datasources.calls112.blank_ids import IncidentTable
from datasources.calls112.incident_classes import with_classes
from datasources.calls112.records import Incident
from datasources.contract import Batch, Cursor, Refused
from datasources.newest_file import newest_file

ROWS_PER_BATCH = 2_000


class CaseList(IncidentTable):
    """`path` is a file, or a folder whose newest file that fits `pattern` is read. A changed file is read whole."""

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All incidents of a file that is not the one read last. Raises SourceUnavailable."""
        file = newest_file(self.path, self.pattern, "daftar kasus")
        digest = hashlib.sha256(spreadsheet.content_of(file)).hexdigest()
        if cursor.get("sha256") == digest:
            return
        records: list[Incident] = []
        refused: list[Refused] = []
        blank_ids = self.blank_ids()
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=set(self.columns.values())):
            row = {key: cells.get(heading) for key, heading in self.columns.items()}
            if all(cell is None for cell in row.values()):
                continue
            filled = blank_ids.filled(row) if blank_ids else row
            incident, notes = self.incident(filled, partial(self._place, file.name, number))
            records.extend([incident] if incident else [])
            refused.extend(notes)
            if len(records) + len(refused) >= ROWS_PER_BATCH:
                # The file counts as read only with its last batch.
                yield Batch(with_classes(records), tuple(refused), cursor)
                records, refused = [], []
        yield Batch(with_classes(records), tuple(refused), {"sha256": digest, "file": file.name})

    def _place(self, file: str, number: int, key: str) -> str:
        return f"{file}, baris {number}, kolom {self.columns[key]}"
