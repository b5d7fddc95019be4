"""SPBE levels from the workbook that Diskominfo keeps: one row for each indicator, year and stage."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from openpyxl.utils import get_column_letter
from pydantic import BaseModel, ConfigDict

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.indonesian_dates import WIB
from datasources.sheet_extent import too_far
from datasources.spbe import cells
from datasources.spbe.indicators import INSTRUMENT, indicators
from datasources.spbe.records import AssessedLevel

SHEET = "SPBE"
NUMBER, LEVEL, YEAR, STAGE, DATE = "No", "Level", "Tahun", "Tahap", "Tanggal penilaian"
MOST_CELLS = 500_000
HEADER_WITHIN = 20


def today() -> date:
    """This day in WIB."""
    return datetime.now(WIB).date()


class SpbeWorkbook(BaseModel):
    """Reads the whole workbook again whenever a byte of it changed; `path` is the XLSX file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("spbe_levels",)

    path: Path

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All levels and refusals in one batch. Raises SourceUnavailable when there is no readable table."""
        content = spreadsheet.content_of(self.path)
        digest = hashlib.sha256(content).hexdigest()
        if cursor.get("sha256") == digest:
            return
        self._check_extent(content)
        table = _Table(self.path.name, today())
        table.read(spreadsheet.table(self.path, sheet=SHEET))
        yield Batch(tuple(table.records), (*table.refused, *table.unfilled()), {"sha256": digest})

    def _check_extent(self, content: bytes) -> None:
        try:
            far = too_far(content, MOST_CELLS)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error):
            raise SourceUnavailable(f"{self.path.name} rusak; simpan ulang sebagai .xlsx.") from None
        if far:
            raise SourceUnavailable(
                f"{self.path.name} berisi sel jauh di luar tabel; hapus baris dan kolom di luar tabel itu."
            )


@dataclass
class _Table:
    """The rows read so far; the first row that gives a level for an indicator, year and stage is the one kept."""

    file: str
    today: date
    records: list[AssessedLevel] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    first_rows: dict[tuple[int, str, int], int] = field(default_factory=dict)
    mentioned: set[tuple[int, str, int]] = field(default_factory=set)

    def read(self, rows: list[list[Any]]) -> None:
        header, columns = _header(self.file, rows)
        for number, row in enumerate(rows[header + 1 :], header + 2):
            filled = {name: row[place] if place < len(row) else None for name, place in columns.items()}
            if filled[LEVEL] is not None:
                self._row(_Row(self, number, columns, filled))

    def _row(self, row: _Row) -> None:
        before = len(self.refused)
        indicator = row.read(NUMBER, cells.indicator_number)
        level = row.read(LEVEL, cells.level)
        year = row.read(YEAR, lambda cell: cells.year(cell, self.today.year))
        stage = row.read(STAGE, cells.stage)
        assessed_at = row.read(DATE, lambda cell: cells.assessed_at(cell, self.today))
        key = (year, stage, indicator)
        if None not in key:
            self.mentioned.add(key)
        if len(self.refused) > before:
            return
        first = self.first_rows.setdefault(key, row.number)
        if first == row.number:
            self.records.append(AssessedLevel(INSTRUMENT, year, indicator, level, stage, assessed_at))
        else:
            sentence = f"indikator {indicator} tahun {year} tahap {stage} sudah diisi di baris {first}"
            row.refuse(f"{sentence}; hapus salah satu baris", f"baris {row.number}")

    def unfilled(self) -> Iterator[Refused]:
        """One refusal for each year and stage that has levels, but not for all 47 indicators."""
        for year, stage in sorted({(record.year, record.stage) for record in self.records}):
            missing = [i for i in indicators() if (year, stage, i) not in self.mentioned]
            if missing:
                listed = ", ".join(map(str, missing))
                reason = (
                    f"{len(missing)} indikator belum bernilai untuk tahun {year} tahap {stage}: {listed}; "
                    "indeks baru dihitung bila ke-47 indikator terisi"
                )
                yield Refused(f"{year} | {stage} | {listed}", reason, f"{self.file}, lembar {SHEET}")


@dataclass(frozen=True)
class _Row:
    """One row with a level: reads its cells and refuses them by their address."""

    table: _Table
    number: int
    columns: dict[str, int]
    filled: dict[str, Any]

    def read(self, column: str, parse: Callable[[Any], Any]) -> Any:
        try:
            return parse(self.filled.get(column))
        except cells.BadCell as bad:
            self.refuse(str(bad), f"sel {get_column_letter(self.columns[column] + 1)}{self.number}")
            return None

    def refuse(self, reason: str, where: str) -> None:
        raw = " | ".join(cells.shown(cell) for cell in self.filled.values())
        self.table.refused.append(Refused(raw, reason, f"{self.table.file}, lembar {SHEET}, {where}"))


def _header(file: str, rows: list[list[Any]]) -> tuple[int, dict[str, int]]:
    """Position of the header row and of the columns that are read; explanations and links are not."""
    wanted = {name.lower(): name for name in (NUMBER, LEVEL, YEAR, STAGE, DATE)}
    for position, row in enumerate(rows[:HEADER_WITHIN]):
        words = [" ".join(cell.lower().split()) if isinstance(cell, str) else "" for cell in row]
        if not {NUMBER.lower(), LEVEL.lower()} <= set(words):
            continue
        twice = [name for word, name in wanted.items() if words.count(word) > 1]
        if twice:
            raise SourceUnavailable(f"{file}: lembar {SHEET} punya lebih dari satu kolom '{twice[0]}'.")
        columns = {wanted[word]: place for place, word in enumerate(words) if word in wanted}
        absent = [name for name in (YEAR, STAGE) if name not in columns]
        if absent:
            raise SourceUnavailable(f"{file}: lembar {SHEET} tidak punya kolom '{absent[0]}'.")
        return position, columns
    raise SourceUnavailable(f"{file}: lembar {SHEET} tidak punya baris judul dengan kolom '{NUMBER}' dan '{LEVEL}'.")
