"""The cells of one sheet of an XLSX file, from A1 on, and nothing that could exhaust the machine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl.utils import column_index_from_string
from python_calamine import CalamineError, CalamineWorkbook

LARGEST_UNPACKED = 40_000_000
LARGEST_AREA = 500_000
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")


class UnreadableWorkbook(Exception):
    """The file holds no such sheet. The message is the end of an Indonesian sentence about the file."""


def sheet_cells(content: bytes, name: str) -> list[list[Any]]:
    """All rows of the sheet as calamine gives them: numbers as float, dates as date, empty cells as ''.

    Raises UnreadableWorkbook for a file that is no workbook, is too large or lacks the sheet.
    """
    try:
        _check_size(content)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            if name not in workbook.sheet_names:
                there = ", ".join(workbook.sheet_names)
                raise UnreadableWorkbook(f"tidak punya lembar '{name}'; lembar yang ada: {there}")
            rows: list[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            return rows
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise UnreadableWorkbook("rusak atau bukan berkas XLSX; simpan ulang dari Excel atau LibreOffice") from None


def _check_size(content: bytes) -> None:
    """calamine reserves memory for the whole rectangle up to the last cell and aborts the process when that fails."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if member.filename.endswith(".xml")]
        if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
            raise UnreadableWorkbook("terlalu besar; hapus gambar dan lembar yang tidak perlu")
        for member in members:
            rows, columns = _extent(archive.read(member))
            if rows * columns > LARGEST_AREA:
                raise UnreadableWorkbook("punya isi jauh di luar tabel; hapus baris dan kolom di luar tabel itu")


def _extent(xml: bytes) -> tuple[int, int]:
    places = set(_places(xml))
    return max((row for row, _ in places), default=0), max((column for _, column in places), default=0)


def _places(xml: bytes) -> Iterator[tuple[int, int]]:
    for match in _CELL.finditer(xml):
        yield int(match[2]), column_index_from_string(match[1].decode().upper())
