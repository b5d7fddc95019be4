"""SPBE levels from the workbook that Diskominfo keeps: one row for each indicator, year and stage."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from openpyxl.utils import get_column_letter
from pydantic import BaseModel, ConfigDict

from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.spbe import cells
from datasources.spbe.indicators import INSTRUMENT, indicators
from datasources.spbe.records import AssessedLevel
from datasources.spbe.sheet import UnreadableWorkbook, sheet_cells

SHEET = "SPBE"
NUMBER, LEVEL, YEAR, STAGE, DATE = "No", "Level", "Tahun", "Tahap", "Tanggal penilaian"
LARGEST_FILE = 10_000_000
HEADER_WITHIN = 20


def today() -> date:
    """This day in WIB."""
    return datetime.now(cells.WIB).date()


class SpbeWorkbook(BaseModel):
    """Reads the whole workbook again whenever a byte of it changed; `path` is the XLSX file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("spbe_levels",)

    path: Path

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All levels and refusals in one batch. Raises SourceUnavailable when there is no readable table."""
        content = self._content()
        digest = hashlib.sha256(content).hexdigest()
        if cursor.get("sha256") == digest:
            return
        try:
            table = _Table(self.path.name, today())
            table.read(sheet_cells(content, SHEET))
        except UnreadableWorkbook as problem:
            raise SourceUnavailable(f"Berkas {self.path.name} {problem}.") from None
        yield Batch(tuple(table.records), (*table.refused, *table.unfilled()), {"sha256": digest})

    def _content(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise SourceUnavailable(f"Berkas {self.path.name} tidak dapat dibuka: {reason}.") from None
        if len(content) > LARGEST_FILE:
            raise SourceUnavailable(f"Berkas {self.path.name} lebih dari {LARGEST_FILE // 1_000_000} MB.")
        return content


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
        header, columns = _header(rows)
        for number, row in enumerate(rows[header + 1 :], header + 2):
            if not cells.is_blank(row[columns[LEVEL]]):
                self._row(number, row, columns)

    def _row(self, number: int, row: list[Any], columns: dict[str, int]) -> None:
        def read(column: str, parse: Callable[[Any], Any]) -> Any:
            if column not in columns:
                return None
            try:
                return parse(row[columns[column]])
            except cells.BadCell as bad:
                cell = f"{get_column_letter(columns[column] + 1)}{number}"
                self.refused.append(Refused(raw, str(bad), f"{self.file}, lembar {SHEET}, sel {cell}"))
                return None

        raw = " | ".join(cells.shown(row[place]) for place in columns.values())
        before = len(self.refused)
        indicator = read(NUMBER, cells.indicator_number)
        level = read(LEVEL, cells.level)
        year = read(YEAR, lambda cell: cells.year(cell, self.today.year))
        stage = read(STAGE, cells.stage)
        assessed_at = read(DATE, lambda cell: cells.assessed_at(cell, self.today))
        key = (year, stage, indicator)
        if None not in key:
            self.mentioned.add(key)
        if len(self.refused) == before and self._is_first(key, number, raw):
            self.records.append(AssessedLevel(INSTRUMENT, year, indicator, level, stage, assessed_at))

    def _is_first(self, key: tuple[int, str, int], number: int, raw: str) -> bool:
        first = self.first_rows.setdefault(key, number)
        if first != number:
            year, stage, indicator = key
            reason = (
                f"indikator {indicator} tahun {year} tahap {stage} sudah diisi di baris {first}; hapus salah satu baris"
            )
            self.refused.append(Refused(raw, reason, f"{self.file}, lembar {SHEET}, baris {number}"))
        return first == number

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


def _header(rows: list[list[Any]]) -> tuple[int, dict[str, int]]:
    """Position of the header row and of the columns that are read; explanations and links are not."""
    wanted = {name.lower(): name for name in (NUMBER, LEVEL, YEAR, STAGE, DATE)}
    for position, row in enumerate(rows[:HEADER_WITHIN]):
        words = [" ".join(cell.lower().split()) if isinstance(cell, str) else "" for cell in row]
        if not {"no", "level"} <= set(words):
            continue
        twice = [name for word, name in wanted.items() if words.count(word) > 1]
        if twice:
            raise UnreadableWorkbook(f"punya kolom '{twice[0]}' lebih dari satu di lembar {SHEET}")
        columns = {wanted[word]: place for place, word in enumerate(words) if word in wanted}
        absent = [name for name in (YEAR, STAGE) if name not in columns]
        if absent:
            raise UnreadableWorkbook(f"tidak punya kolom '{absent[0]}' di lembar {SHEET}")
        return position, columns
    raise UnreadableWorkbook(f"tidak punya baris judul dengan kolom 'No' dan 'Level' di lembar {SHEET}")
