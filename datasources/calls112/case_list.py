"""112 incidents from a case list in CSV or Excel: one file, or the newest one of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from datasources import spreadsheet
from datasources.calls112.incident_row import IncidentColumns
from datasources.calls112.records import Incident
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable

ROWS_PER_BATCH = 2_000


class CaseList(IncidentColumns):
    """`path` is a file, or a folder whose newest file that fits `pattern` is read. A changed file is read whole."""

    topics: ClassVar[tuple[str, ...]] = ("incidents",)

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All incidents of a file that is not the one read last. Raises SourceUnavailable."""
        file = self._file()
        digest = hashlib.sha256(spreadsheet.content_of(file)).hexdigest()
        if cursor.get("sha256") == digest:
            return
        records: list[Incident] = []
        refused: list[Refused] = []
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=set(self.columns.values())):
            row = {key: cells.get(heading) for key, heading in self.columns.items()}
            if all(cell is None for cell in row.values()):
                continue
            incident, notes = self.incident(row, partial(self._place, file.name, number))
            records.extend([incident] if incident else [])
            refused.extend(notes)
            if len(records) + len(refused) >= ROWS_PER_BATCH:
                # The file counts as read only with its last batch.
                yield Batch(tuple(records), tuple(refused), cursor)
                records, refused = [], []
        yield Batch(tuple(records), tuple(refused), {"sha256": digest, "file": file.name})

    def _place(self, file: str, number: int, key: str) -> str:
        return f"{file}, baris {number}, kolom {self.columns[key]}"

    def _file(self) -> Path:
        if not self.path.is_dir():
            return self.path
        # Excel leaves "~$name.xlsx" beside a file that is open.
        files = [f for f in self.path.glob(self.pattern) if f.is_file() and not f.name.startswith((".", "~$"))]
        if not files:
            raise SourceUnavailable(
                f"Folder {self.path} tidak berisi berkas '{self.pattern}'; taruh daftar kasus di sana."
            )
        return max(files, key=lambda f: (f.stat().st_mtime_ns, f.name))
