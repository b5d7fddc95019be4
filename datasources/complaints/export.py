"""Complaints from the export of SP4N-LAPOR! or of a PPID register, in CSV or Excel: one file or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from datasources import spreadsheet
from datasources.complaints.complaint_row import ComplaintColumns
from datasources.complaints.records import Complaint
from datasources.contract import Batch, Cursor, Refused
from datasources.dropped_files import changed_files


class ComplaintExport(ComplaintColumns):
    """`path` is a file, or a folder all of whose files that fit `pattern` are read. A changed file is read whole."""

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All complaints of files that changed. Raises SourceUnavailable."""
        options = self.model_dump_json()
        yield from changed_files(self.path, self.pattern, cursor, options, self._read, "ekspor pengaduan")

    def _read(self, file: Path) -> tuple[list[Complaint], list[Refused]]:
        records: list[Complaint] = []
        refused: list[Refused] = []
        now = datetime.now(UTC)
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=set(self.columns.values())):
            row = {key: cells.get(heading) for key, heading in self.columns.items()}
            if all(cell is None for cell in row.values()):
                continue
            where = f"{file.name}, baris {number}"
            made, notes = self.complaint(row, lambda key, where=where: f"{where}, kolom {self.columns[key]}", now)  # type: ignore[misc]
            records.extend([made] if made else [])
            refused.extend(notes)
        return records, refused
