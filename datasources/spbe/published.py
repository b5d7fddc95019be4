"""Results that a ministry published for this regency: the table that ships, or another of the same columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused
from datasources.indonesian_dates import WIB
from datasources.spbe.records import PublishedResult
from datasources.spreadsheet import Cell

SHIPPED = Path(__file__).parent / "published.csv"
COLUMNS = ("year", "instrument", "index", "predicate", "confidence", "source")
FIRST_YEAR = 2018


class PublishedResults(BaseModel):
    """`path` is a CSV or XLSX with the columns of published.csv; without it the results that ship are read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("spbe_published",)

    path: Path = SHIPPED

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All results in one batch when the file changed. Raises SourceUnavailable when there is no readable table."""
        digest = hashlib.sha256(spreadsheet.content_of(self.path)).hexdigest()
        if cursor.get("sha256") == digest:
            return
        records, refused = [], []
        for number, row in spreadsheet.rows(self.path, headings=COLUMNS):
            try:
                records.append(_result(row))
            except ValueError as wrong:
                raw = " | ".join(str(row.get(name) or "") for name in COLUMNS[:4])
                refused.append(Refused(raw, str(wrong), f"{self.path.name}, baris {number}"))
        yield Batch(tuple(records), tuple(refused), {"sha256": digest})


def _result(row: Mapping[str, Cell]) -> PublishedResult:
    year, this_year = _text(row, "year"), datetime.now(WIB).year
    if not year.isdigit() or not FIRST_YEAR <= int(year) <= this_year:
        raise ValueError(f"year '{year}' tidak mungkin; tulis tahun {FIRST_YEAR} sampai {this_year}")
    groups = {
        int(name.removeprefix("domain")): _printed(row, name)
        for name in row
        if name.startswith("domain") and name.removeprefix("domain").isdigit() and _text(row, name)
    }
    words = {name: _text(row, name) for name in ("instrument", "predicate", "confidence", "source")}
    if empty := [name for name, word in words.items() if not word]:
        raise ValueError(f"kolom {empty[0]} kosong; hasil tanpa {empty[0]} tidak disimpan")
    return PublishedResult(year=int(year), index=_printed(row, "index"), groups=groups, **words)


def _printed(row: Mapping[str, Cell], name: str) -> Decimal:
    text = _text(row, name).replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not Decimal(0) <= value <= Decimal(5):
        raise ValueError(f"{name} '{text}' bukan nilai 0 sampai 5; tulis seperti 4,16")
    return value


def _text(row: Mapping[str, Cell], name: str) -> str:
    cell = row.get(name)
    return "" if cell is None else str(cell).strip()
