"""One sheet of an assessment workbook: rows become values, a cell that cannot be is refused by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from datasources.contract import Refused, SourceUnavailable
from datasources.spbe import cells
from datasources.spbe.instrument import Instrument
from datasources.spbe.records import AssessedValue

NUMBER, YEAR, STAGE, DATE = "No", "Tahun", "Tahap", "Tanggal penilaian"
EXPLANATION, EVIDENCE = "Penjelasan", "Tautan bukti"
HEADER_WITHIN = 20


def value_heading(instrument: Instrument) -> str:
    """What the column of values is called."""
    return "Level" if instrument.values.whole else "Nilai"


@dataclass
class AssessmentSheet:
    """The rows read so far; the first row that gives a value for an indicator, year and stage is the one kept."""

    file: str
    instrument: Instrument
    today: date
    records: list[AssessedValue] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    first_rows: dict[tuple[int, str, int], int] = field(default_factory=dict)
    mentioned: set[tuple[int, int]] = field(default_factory=set)

    @property
    def heading(self) -> str:
        """The heading of its values."""
        return value_heading(self.instrument)

    def read(self, rows: list[list[Any]]) -> None:
        """Take all rows. Raises SourceUnavailable without a row of headings."""
        header, columns = self._header(rows)
        for number, row in enumerate(rows[header + 1 :], header + 2):
            filled = {name: row[place] if place < len(row) else None for name, place in columns.items()}
            if filled[self.heading] is not None:
                self._row(_Row(self, number, columns, filled))

    def _row(self, row: _Row) -> None:
        before, of = len(self.refused), self.instrument
        indicator = row.read(NUMBER, lambda cell: cells.indicator_number(of, cell))
        value = row.read(self.heading, lambda cell: cells.value(of, cell))
        year = row.read(YEAR, lambda cell: cells.year(of, cell, self.today.year))
        stage = row.read(STAGE, cells.stage)
        assessed_at = row.read(DATE, lambda cell: cells.assessed_at(of, cell, self.today))
        evidence = row.read(EVIDENCE, cells.evidence_links)
        key = (year, stage, indicator)
        if None not in key:
            self.mentioned.add((year, indicator))
        if len(self.refused) > before:
            return
        first = self.first_rows.setdefault(key, row.number)
        if first != row.number:
            sentence = f"indikator {indicator} tahun {year} tahap {stage} sudah diisi di baris {first}"
            row.refuse(f"{sentence}; hapus salah satu baris", f"baris {row.number}")
            return
        said = cells.explanation(row.filled.get(EXPLANATION))
        self.records.append(AssessedValue(of.id, year, indicator, value, stage, assessed_at, said, evidence))

    def unfilled(self) -> Iterator[Refused]:
        """One refusal for each year that has values, but not for all indicators; stages may differ."""
        every = self.instrument.indicators
        for year in sorted({record.year for record in self.records}):
            known = {indicator for y, indicator in self.mentioned if y == year}
            if missing := [i for i in every if i not in known]:
                listed = ", ".join(map(str, missing))
                reason = (
                    f"{len(missing)} indikator belum bernilai untuk tahun {year}: {listed}; "
                    f"indeks baru dihitung bila ke-{len(every)} indikator terisi"
                )
                yield Refused(f"{year} | {listed}", reason, f"{self.file}, lembar {self.instrument.sheet}")

    def _header(self, rows: list[list[Any]]) -> tuple[int, dict[str, int]]:
        """Position of the header row and of the columns that are read."""
        names = (NUMBER, self.heading, YEAR, STAGE, DATE, EXPLANATION, EVIDENCE)
        wanted, where = {name.lower(): name for name in names}, f"{self.file}: lembar {self.instrument.sheet}"
        for position, row in enumerate(rows[:HEADER_WITHIN]):
            words = [" ".join(cell.lower().split()) if isinstance(cell, str) else "" for cell in row]
            if not {NUMBER.lower(), self.heading.lower()} <= set(words):
                continue
            twice = [name for word, name in wanted.items() if words.count(word) > 1]
            if twice:
                raise SourceUnavailable(f"{where} punya lebih dari satu kolom '{twice[0]}'.")
            columns = {wanted[word]: place for place, word in enumerate(words) if word in wanted}
            absent = [name for name in (YEAR, STAGE) if name not in columns]
            if absent:
                raise SourceUnavailable(f"{where} tidak punya kolom '{absent[0]}'.")
            return position, columns
        raise SourceUnavailable(f"{where} tidak punya baris judul dengan kolom '{NUMBER}' dan '{self.heading}'.")


@dataclass(frozen=True)
class _Row:
    """One row with a value: reads its cells and refuses them by their address."""

    sheet: AssessmentSheet
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
        """Explanation and links stay out of the quarantine: they may speak of persons."""
        raw = " | ".join(cells.shown(cell) for name, cell in self.filled.items() if name not in (EXPLANATION, EVIDENCE))
        self.sheet.refused.append(
            Refused(raw, reason, f"{self.sheet.file}, lembar {self.sheet.instrument.sheet}, {where}")
        )
