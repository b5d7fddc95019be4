"""The one way to read CSV and Excel: rows as {heading: cell}, with limits and sentences for what is wrong."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from datasources.contract import SourceUnavailable
from datasources.privacy import mask
from datasources.sheet_extent import MOST_CELLS, too_far

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""Numbers without a fraction are int; empty cells and cells of spaces are None."""
LARGEST_FILE = 50 * 2**20
"""Bytes."""
MOST_ROWS = 500_000
HEADER_WITHIN = 30
"""Rows among which the headings are looked for; titles and letterheads stand above them."""

_DATA = re.compile(r"^[\d.,]+$|\d{3}|\d[/:-]\d")
"""A cell of figures, a long number, a date or a time: not what a column is called."""
TOO_FAR = "{} berisi sel jauh di luar tabel; hapus baris dan kolom di luar tabel itu."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def rows(
    path: Path, *, sheet: str | None = None, headings: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, Cell]]]:
    """(row number as Excel counts, {heading: cell}) of every row below the headings that is not empty.

    The headings are the first row that holds all of `headings` (case and outer spaces do not matter; the keys are
    spelled as in `headings`), or the first row that is not empty. Raises SourceUnavailable.
    """
    numbered = list(enumerate(table(path, sheet=sheet), start=1))
    at, names = _headings(path, numbered, headings)
    for number, cells in numbered[at:]:
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if any(cell is not None for cell in row.values()):
            yield number, row


def table(path: Path, *, sheet: str | None = None) -> list[list[Cell]]:
    """All rows of the file as they stand, from the first; for files whose shape is not one heading row.

    `sheet` None is the first sheet; a CSV has none. Raises SourceUnavailable.
    """
    content = content_of(path)
    is_book = content.startswith((_ZIP, _OLE))
    return _within_limit(path, _workbook(path, content, sheet) if is_book else _csv(path, content))


def _within_limit(path: Path, cells: list[list[Cell]]) -> list[list[Cell]]:
    if len(cells) > MOST_ROWS:
        raise SourceUnavailable(f"{path.name} berisi {len(cells)} baris; paling banyak {MOST_ROWS}. Pecah berkasnya.")
    return cells


def tables(path: Path, sheets: Collection[str]) -> dict[str, list[list[Cell]]]:
    """All rows of several sheets, by sheet, from one reading of the file. Raises SourceUnavailable."""
    content = content_of(path)
    with _opened(path, content) as workbook:
        return {sheet: _within_limit(path, _sheet_rows(path, workbook, sheet)) for sheet in sheets}


def sheet_names(path: Path) -> list[str] | None:
    """The sheets of a workbook in their order; None for a CSV, which has none. Raises SourceUnavailable."""
    content = content_of(path)
    if not content.startswith((_ZIP, _OLE)):
        return None
    with _opened(path, content) as workbook:
        return list(workbook.sheet_names)


def content_of(path: Path) -> bytes:
    """The bytes of a file of at most 50 MiB. Raises SourceUnavailable."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SourceUnavailable(f"{path.name} lebih besar dari {LARGEST_FILE // 2**20} MiB; pecah berkasnya.")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceUnavailable(f"Berkas {path} tidak ditemukan; periksa opsi path.") from None
    except OSError as error:
        raise SourceUnavailable(f"Berkas {path} tidak dapat dibaca ({error.strerror}); periksa hak bacanya.") from None


def _headings(path: Path, numbered: Sequence[tuple[int, list[Cell]]], wanted: Collection[str]) -> tuple[int, list[str]]:
    spelled = {_folded(name): name for name in wanted}
    best: list[str] = []
    for number, cells in numbered[:HEADER_WITHIN]:
        found = [_text(cell) for cell in cells]
        folded = [_folded(name) for name in found]
        if any(found) and spelled.keys() <= set(folded):
            if twice := [name for key, name in spelled.items() if folded.count(key) > 1]:
                raise SourceUnavailable(
                    f"{path.name}: kolom {', '.join(twice)} ada dua kali; sisakan atau namai ulang."
                )
            return number, [spelled.get(_folded(name), name) for name in found]
        best = max(best, found, key=lambda names: sum(_folded(n) in spelled for n in names))
    missing = sorted(name for folded, name in spelled.items() if folded not in {_folded(n) for n in best})
    if not missing:
        raise SourceUnavailable(f"{path.name} kosong; baris judul kolom tidak ditemukan.")
    there = ", ".join(name for name in best or _likely_headings(numbered) if name) or "tidak dikenali"
    raise SourceUnavailable(f"{path.name}: kolom {', '.join(missing)} tidak ditemukan; kolom yang ada: {there}.")


def _likely_headings(numbered: Sequence[tuple[int, list[Cell]]]) -> list[str]:
    """The first row of several words that is no row of data: what stands in data may be a person.

    A letterhead fills one cell of its row; a row with a number or a date is data.
    """
    likely = [
        [mask(_text(cell)) for cell in cells if cell is not None]
        for _, cells in numbered[:HEADER_WITHIN]
        if all(cell is None or (isinstance(cell, str) and not _DATA.search(cell)) for cell in cells)
    ]
    return next((names for names in likely if len(names) > 1), max(likely, key=len, default=[]))


def _workbook(path: Path, content: bytes, sheet: str | None) -> list[list[Cell]]:
    with _opened(path, content) as workbook:
        return _sheet_rows(path, workbook, sheet)


def _sheet_rows(path: Path, workbook: CalamineWorkbook, sheet: str | None) -> list[list[Cell]]:
    names = workbook.sheet_names
    if not names or (sheet is not None and sheet not in names):
        raise SourceUnavailable(f"{path.name}: lembar '{sheet}' tidak ada; lembar yang ada: {', '.join(names)}.")
    found = workbook.get_sheet_by_name(sheet or names[0])
    if found.total_height * found.total_width > MOST_CELLS:  # an old .xls is not looked through beforehand
        raise SourceUnavailable(TOO_FAR.format(path.name))
    values = found.to_python(skip_empty_area=False)
    return [[_cell(value) for value in row] for row in values]


@contextmanager
def _opened(path: Path, content: bytes) -> Iterator[CalamineWorkbook]:
    try:
        if too_far(content):
            raise SourceUnavailable(TOO_FAR.format(path.name))
        yield CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error):
        raise SourceUnavailable(f"{path.name} rusak atau bukan buku kerja Excel; simpan ulang sebagai .xlsx.") from None


def _csv(path: Path, content: bytes) -> list[list[Cell]]:
    text = _decoded(content)
    delimiter = _delimiter(text)
    if text[:4].lower() == "sep=":
        # Excel's own hint; blanked rather than removed so that row numbers stay.
        text = "\n" + text.partition("\n")[2]
    try:
        rows_of = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[_cell(value) for value in row] for row in rows_of]
    except csv.Error as error:
        raise SourceUnavailable(
            f"{path.name} bukan CSV yang dapat dibaca ({error}); simpan ulang sebagai CSV."
        ) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4]
    lines = text.splitlines()[:HEADER_WITHIN]
    # Decimal commas stand in rows but not in headings, so lines count before marks.
    return max(
        ";,\t|",
        key=lambda mark: (sum(mark in line for line in lines), mark == ";", sum(line.count(mark) for line in lines)),
    )


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.replace("\x00", "").strip() or None  # PostgreSQL keeps no NUL
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float | date | time | timedelta) else None


def _text(cell: Cell) -> str:
    return " ".join(str("" if cell is None else cell).split())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
