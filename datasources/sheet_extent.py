"""How far the cells of an XLSX file reach: one stray cell at the edge of a sheet can cost hundreds of gigabytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from openpyxl.utils import column_index_from_string

MOST_CELLS = 10_000_000
LARGEST_UNPACKED = 500 * 2**20
FEW = 20 * 2**20
HIGHEST_RATIO = 150
"""Bytes unpacked for one packed, above FEW of them. Real sheets pack to a tenth; a bomb to a thousandth."""
CHUNK = 2**20
LONGEST_CELL_NAME = 32
"""Bytes kept from one chunk to the next, so that a name cut in two is still seen."""

_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")


def too_far(content: bytes, most_cells: int = MOST_CELLS) -> bool:
    """Whether some sheet's rectangle from A1 to its last row and column holds more than `most_cells` cells.

    A file that unpacks to more than 500 MiB, or to far more than it holds, counts as such without being looked through.
    One that says less of itself than it unpacks to fails its own checksum: zipfile.BadZipFile.
    calamine reserves memory for the whole rectangle and aborts the process when there is not enough: no exception
    could be caught. False for a file that is no ZIP at all; calamine refuses that one. Raises zipfile.BadZipFile.
    """
    if not zipfile.is_zipfile(BytesIO(content)):
        return False
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():  # such as ODS, whose rows may say "and a million more like me"
            raise zipfile.BadZipFile
        unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > LARGEST_UNPACKED or (unpacked > FEW and unpacked > HIGHEST_RATIO * len(content)):
            return True
        sheets = [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))]
        return any(_area(archive, name) > most_cells for name in sheets)


def _area(archive: zipfile.ZipFile, name: str) -> int:
    last_row = last_column = 0
    for chunk in _chunks(archive, name):
        for match in _CELL.finditer(chunk):
            last_row = max(last_row, int(match[2]))
            last_column = max(last_column, _column(match[1]))
    return last_row * last_column


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        kept = b""
        while chunk := file.read(CHUNK):
            yield kept + chunk
            kept = (kept + chunk)[-LONGEST_CELL_NAME:]


@cache
def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode().upper())
