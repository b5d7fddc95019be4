"""Assessed values from the workbook that Diskominfo keeps: a sheet for each instrument, a row for each value."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from python_calamine import CalamineError, CalamineWorkbook

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, SourceUnavailable
from datasources.indonesian_dates import WIB
from datasources.sheet_extent import too_far
from datasources.spbe.instrument_files import instruments
from datasources.spbe.sheet import AssessmentSheet

MOST_CELLS = 500_000


def today() -> date:
    """This day in WIB."""
    return datetime.now(WIB).date()


class SpbeWorkbook(BaseModel):
    """Reads the whole workbook again whenever a byte of it changed; `path` is the XLSX file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("spbe_levels",)

    path: Path

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All values and refusals in one batch. Raises SourceUnavailable when there is no readable table."""
        content = spreadsheet.content_of(self.path)
        digest = hashlib.sha256(content).hexdigest()
        if cursor.get("sha256") == digest:
            return
        check_extent(self.path.name, content)
        sheets = [self._read(i) for i in self._instruments()]
        records = tuple(record for sheet in sheets for record in sheet.records)
        refused = tuple(r for sheet in sheets for r in (*sheet.refused, *sheet.unfilled()))
        yield Batch(records, refused, {"sha256": digest})

    def _instruments(self) -> list[str]:
        """The ids of the instruments that have a sheet here."""
        names = sheet_names(self.path)
        found = [i.id for i in instruments().values() if i.sheet in names]
        if not found:
            wanted = " atau ".join(f"'{i.sheet}'" for i in instruments().values())
            listed = ", ".join(names)
            raise SourceUnavailable(f"{self.path.name}: lembar {wanted} tidak ada; lembar yang ada: {listed}.")
        return found

    def _read(self, instrument: str) -> AssessmentSheet:
        sheet = AssessmentSheet(self.path.name, instruments()[instrument], today())
        sheet.read(spreadsheet.table(self.path, sheet=instruments()[instrument].sheet))
        return sheet


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook. Raises SourceUnavailable."""
    try:
        return list(CalamineWorkbook.from_path(str(path)).sheet_names)
    except (CalamineError, OSError, ValueError):
        raise SourceUnavailable(f"{path.name} rusak; simpan ulang sebagai .xlsx.") from None


def check_extent(name: str, content: bytes) -> None:
    """Raises SourceUnavailable for a damaged file, and before a stray cell at the edge of a sheet costs the machine."""
    try:
        far = too_far(content, MOST_CELLS)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error):
        raise SourceUnavailable(f"{name} rusak; simpan ulang sebagai .xlsx.") from None
    if far:
        raise SourceUnavailable(f"{name} berisi sel jauh di luar tabel; hapus baris dan kolom di luar tabel itu.")
