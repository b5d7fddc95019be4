"""Workbooks as OPD fill them in: rows under the headings of our template."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from datasources.contract import Batch
from datasources.resources.opd_workbook import OpdWorkbook


def filled(path: Path, write_template: Any, **sheets: Sequence[Sequence[Any]]) -> Path:
    """The template of 2025 with rows under the headings of the named sheets ("Sampel_air" is "Sampel air")."""
    write_template(path, 2025)
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        sheet = book[name.replace("_", " ")]
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row, 1):
                sheet.cell(number, column).value = cell
    book.save(path)
    return path


def read(reader: OpdWorkbook) -> Batch:
    """The one batch of a file that is read for the first time."""
    (batch,) = reader.fetch({})
    return batch
