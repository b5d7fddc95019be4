"""Workbooks in three ways: their rows below the XLSX layer, their bytes, and whole files that openpyxl has written.

What is changed, and what it reaches:
- rows: one to five cells of one sheet of the demonstration's own workbook (its first nine rows), or a row cut or
  repeated, given to the reader as calamine would give it: text, numbers, booleans, days, times and spans. It skips ZIP,
  XML and calamine, and is as fast as a CSV: this is the reader under the full number of inputs.
- bytes: the XML of one part of the file with one to six cuts, repeats and insertions, packed again with a right
  checksum, or in one of four the packed file itself. It reaches the guards before calamine, calamine, and the reader.
- files: changed rows written by openpyxl, which takes a hundred times as long; one in forty, to show that the first way
  leaves nothing out.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from datasources import spreadsheet
from datasources.calls112 import recap_workbook
from datasources.contract import Batch
from datasources.spbe import workbook as spbe_workbook
from tests.fuzz.changes import Inputs, changed_bytes, changed_rows
from tests.fuzz.parser import Parser, read

_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-books-"))
_MOST_ROWS, _IN_WHOLE = 9, 0.25
BYTES_SHARE, FILES_SHARE = 8, 40
_OPENERS = (spreadsheet, recap_workbook, spbe_workbook)
_MOMENTS = (
    datetime.fromisoformat("2026-11-24T03:00"), datetime.fromisoformat("9999-12-31T23:59:59.999999"),
    datetime.fromisoformat("0001-01-01"), date(2026, 2, 28), date.max, date(1899, 12, 31),
    time(0, 0), time(23, 59, 59, 999_999), timedelta(days=1.5), timedelta(days=-3), timedelta.max,
)  # fmt: skip
"""What calamine makes of cells that Excel shows as a day, a time or a span."""
Rows = list[list[Any]]
Write = Callable[[Path], object]
Reader = Callable[[Path], Any]
BOOKS: dict[str, tuple[_Sample, Reader]] = {}


def workbook(name: str, write: Write, reader: Reader) -> dict[str, Parser]:
    """The three parsers of one reader, by name; `write` makes the sample."""
    sample = _Sample(name, write)
    BOOKS[name] = (sample, reader)
    return {
        name: Parser(sample.changed(), lambda changed: _read_rows(sample, reader, changed)),
        f"{name} bytes": Parser(
            sample.changed_parts(), lambda content: _read_file(sample, reader, content), share=BYTES_SHARE),
        f"{name} files": Parser(sample.changed(), lambda changed: _read_file(
            sample, reader, _packed({**sample.sheets(), changed[0]: changed[1]})), share=FILES_SHARE),
    }  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Sample:
    name: str
    write: Write

    @property
    def path(self) -> Path:
        return _FOLDER / f"{self.name}.xlsx"

    @cache  # noqa: B019 - a handful of samples, for the life of the process
    def content(self) -> bytes:
        """The first rows as a small file: the whole of some takes a second to read."""
        return _packed(self.sheets())

    @cache  # noqa: B019
    def sheets(self) -> dict[str, Rows]:
        self.write(self.path)
        book = CalamineWorkbook.from_path(str(self.path))
        return {n: [list(r) for r in book.get_sheet_by_name(n).to_python()][:_MOST_ROWS] for n in book.sheet_names}

    def changed(self) -> Inputs:
        """One sheet's name and its changed rows."""

        @cache
        def named() -> list[tuple[str, Inputs]]:
            return [(name, changed_rows(rows)) for name, rows in self.sheets().items() if rows]

        def drawn(dice: Random) -> tuple[str, Rows]:
            name, inputs = dice.choice(named())
            assert inputs.drawn
            rows: Rows = inputs.drawn(dice)
            if dice.random() < _IN_WHOLE and rows[0]:
                row = dice.choice(rows)
                if row:
                    row[dice.randrange(len(row))] = dice.choice(_MOMENTS)
            return name, rows

        return Inputs(st.deferred(lambda: st.one_of(
            [each.strategy.map(lambda new, name=name: (name, new)) for name, each in named()]
        )), drawn)  # fmt: skip

    def changed_parts(self) -> Inputs:
        """Bytes of a file of which one part, or the whole, is changed."""

        @cache
        def parts() -> list[tuple[str, bytes, Inputs]]:
            with zipfile.ZipFile(io.BytesIO(self.content())) as archive:
                read_parts = [(name, archive.read(name)) for name in archive.namelist()]
            return [(name, content, changed_bytes(content)) for name, content in read_parts]

        @cache
        def whole() -> Inputs:
            return changed_bytes(self.content())

        def repacked(name: str, changed: bytes) -> bytes:
            return _zipped({part: changed if part == name else content for part, content, _ in parts()})

        def drawn(dice: Random) -> bytes:
            if dice.random() < _IN_WHOLE:
                inputs = whole()
                assert inputs.drawn
                return bytes(inputs.drawn(dice))
            name, _, inputs = dice.choice(parts())
            assert inputs.drawn
            return repacked(name, inputs.drawn(dice))

        return Inputs(st.deferred(lambda: st.one_of(whole().strategy, *(
            each.strategy.map(lambda new, name=name: repacked(name, new)) for name, _, each in parts()
        ))), drawn)  # fmt: skip


def both_ways(name: str) -> tuple[list[Batch], list[Batch]]:
    """What the reader says of the unchanged sample: of its rows in memory, and of the same rows as a file."""
    sample, reader = BOOKS[name]
    sheets = sample.sheets()
    sample.path.write_bytes(b"PK\x03\x04")
    with _in_memory(sheets):
        in_memory = list(reader(sample.path).fetch({}))
    sample.path.write_bytes(_packed(sheets))
    return in_memory, list(reader(sample.path).fetch({}))


def _read_rows(sample: _Sample, reader: Reader, changed: tuple[str, Rows]) -> None:
    sample.path.write_bytes(b"PK\x03\x04")  # a workbook by its first bytes; what is in it stands in memory
    with _in_memory({**sample.sheets(), changed[0]: changed[1]}):
        read(reader(sample.path).fetch({}))


def _read_file(sample: _Sample, reader: Reader, content: bytes) -> None:
    sample.path.write_bytes(content)
    read(reader(sample.path).fetch({}))


@contextmanager
def _in_memory(sheets: dict[str, Rows]) -> Iterator[None]:
    """Every reader opens this workbook, whatever file it names."""
    book = _Book({name: _Sheet(name, _rectangle(rows)) for name, rows in sheets.items()})
    with ExitStack() as patches:
        for module in _OPENERS:
            patches.enter_context(patch.object(module, "CalamineWorkbook", _Opener(book)))
        yield


def _rectangle(rows: Rows) -> Rows:
    width = max((len(row) for row in rows), default=0)
    return [[_as_calamine(cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def _as_calamine(cell: Any) -> Any:
    """What calamine gives for what stands in a cell: no integers, no None, no characters that XML cannot hold."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _xml_text(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell) if abs(cell) < 10**300 else float("inf")
    return cell


def _xml_text(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text.encode("utf-8", "ignore").decode())[:32_000]


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: Rows

    @property
    def typ(self) -> SheetTypeEnum:
        return SheetTypeEnum.WorkSheet

    @property
    def visible(self) -> SheetVisibleEnum:
        return SheetVisibleEnum.Visible

    @property
    def total_height(self) -> int:
        return len(self.rows)

    @property
    def total_width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def to_python(self, skip_empty_area: bool = True) -> Rows:
        return self.rows


@dataclass(frozen=True)
class _Book:
    by_name: dict[str, _Sheet]

    @property
    def sheet_names(self) -> list[str]:
        return list(self.by_name)

    @property
    def sheets_metadata(self) -> list[_Sheet]:
        return list(self.by_name.values())

    def get_sheet_by_name(self, name: str) -> _Sheet:
        return self.by_name[name]


@dataclass(frozen=True)
class _Opener:
    book: _Book

    def from_filelike(self, _: object) -> _Book:
        return self.book

    from_path = from_filelike


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _packed(sheets: dict[str, Rows]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_writable(cell) for cell in row])
    book.save(out)
    return out.getvalue()


def _writable(cell: Any) -> Any:
    """What openpyxl can write; years before 1900 and the longest spans are not."""
    if isinstance(cell, str):
        return _xml_text(cell)
    if (isinstance(cell, date) and cell.year < 1900) or (isinstance(cell, timedelta) and abs(cell.days) > 10**6):
        return str(cell)
    return cell if not isinstance(cell, int) or abs(cell) < 10**15 else float(str(cell)[:300])
