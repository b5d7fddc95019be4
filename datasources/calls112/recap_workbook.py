"""Monthly and daily recaps in Excel or CSV as 112 centres write them: calls, classes, categories, kecamatan, OPD."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from datasources import spreadsheet
from datasources.calls112.recap_counts import Dash
from datasources.calls112.recap_headings import SKIPPED, folded, mapping_problem
from datasources.calls112.recap_sheet import NO_TABLE, Placed, Reading, Sheet
from datasources.calls112.records import RecapCount, Subject
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.dropped_files import changed_files_named
from datasources.indonesian_dates import FIRST_YEAR, LAST_YEAR
from datasources.sheet_extent import too_far

SheetMeaning = Subject | Literal["abaikan"]


class RecapWorkbook(BaseModel):
    """`path` is a file, or a folder of which every file that fits `pattern` is read. A changed file is read whole.

    `year` is for sheets that do not say their year; `dash` says what "-" means; `sheets` what a sheet counts, by its
    name; `columns` what a heading means ("calls.offered", "classes.prank", "classes.total", "abaikan").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("recaps",)

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    dash: Dash = "kosong"
    sheets: dict[str, SheetMeaning] = {}
    columns: dict[str, str] = {}

    @field_validator("columns")
    @classmethod
    def _meanings(cls, columns: dict[str, str]) -> dict[str, str]:
        if problems := [problem for value in columns.values() if (problem := mapping_problem(value))]:
            raise ValueError("; ".join(problems))
        return {folded(heading): value for heading, value in columns.items()}

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch for each changed file, with all its counts. Raises SourceUnavailable."""
        yield from changed_files_named(self.path, self.pattern, cursor, self.model_dump_json(), self._read)

    def _read(self, file: Path) -> tuple[tuple[RecapCount, ...], tuple[Refused, ...]]:
        sheets = [self._sheet(file, name) for name in self._names(file)]
        for sheet in sheets:
            sheet.read()
        refused = [note for sheet in sheets for note in sheet.refused]
        if not any(sheet.tables for sheet in sheets):
            raise SourceUnavailable(f"{file.name}: {NO_TABLE}.")
        counts, doubles = _without_doubles(placed for sheet in sheets for placed in sheet.counts)
        return tuple(counts), (*refused, *doubles)

    def _sheet(self, file: Path, name: str | None) -> Sheet:
        told = self.sheets.get(name or "")
        where = f"{file.name}, lembar {name}" if name else file.name
        reading = Reading(self.year, self.dash, self.columns)
        subject: Subject | None = None if told in (None, SKIPPED) else told  # type: ignore[assignment]
        return Sheet(spreadsheet.table(file, sheet=name), name or "", where, reading, subject)

    def _names(self, file: Path) -> list[str | None]:
        """The sheets to read, hidden ones only when they are named in `sheets`; [None] for a CSV."""
        content = spreadsheet.content_of(file)
        if not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            return [None]
        try:
            if too_far(content):
                raise SourceUnavailable(f"{file.name} berisi sel jauh di luar tabel; hapus baris dan kolom di luarnya.")
            found = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheets_metadata
        except (CalamineError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error):
            raise SourceUnavailable(f"{file.name} rusak; simpan ulang sebagai .xlsx.") from None
        names = {
            sheet.name: sheet.visible == SheetVisibleEnum.Visible
            for sheet in found
            if sheet.typ == SheetTypeEnum.WorkSheet
        }
        if absent := sorted(set(self.sheets) - set(names)):
            raise SourceUnavailable(
                f"{file.name}: lembar {', '.join(absent)} di opsi sheets tidak ada; yang ada: {', '.join(names)}."
            )
        return [n for n, visible in names.items() if self.sheets.get(n) != SKIPPED and (visible or n in self.sheets)]


def _without_doubles(counts: Iterable[Placed]) -> tuple[list[RecapCount], list[Refused]]:
    """Each count once. Where a file says two numbers for the same thing, the first is kept and the other is told."""
    first: dict[tuple[datetime, datetime, str, str, bool], Placed] = {}
    refused: list[Refused] = []
    for placed in counts:
        r = placed.record
        kept = first.setdefault((r.start, r.end, r.subject, r.label, r.is_total), placed)
        if kept.record.n != r.n:
            what = f"jumlah {r.subject}" if r.is_total else f"{r.subject} '{r.label}'"
            reason = f"{what} periode yang sama sudah tertulis {kept.record.n} di {kept.place}, di sini {r.n}; samakan"
            refused.append(Refused(str(r.n), reason, placed.place))
    return [placed.record for placed in first.values()], refused
