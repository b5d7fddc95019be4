"""Recap workbooks built in a test, and what is read of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from datasources.calls112.recap_workbook import RecapWorkbook
from datasources.calls112.records import RecapCount
from datasources.contract import Batch

Row = Sequence[Any]
TITLE: Row = ["REKAP PANGGILAN 112 TAHUN 2025"]
JANUARY = (datetime(2024, 12, 31, 17, tzinfo=UTC), datetime(2025, 1, 31, 17, tzinfo=UTC))
FEBRUARY = (datetime(2025, 1, 31, 17, tzinfo=UTC), datetime(2025, 2, 28, 17, tzinfo=UTC))


def read(path: Path, **options: Any) -> Batch:
    (batch,) = RecapWorkbook(path=path, **options).fetch({})
    return batch


def counts(batch: Batch) -> list[RecapCount]:
    return [record for record in batch.records if isinstance(record, RecapCount)]


def values(batch: Batch, start: datetime, end: datetime) -> dict[tuple[str, str], int]:
    return {(r.subject, r.label): r.n for r in counts(batch) if (r.start, r.end, r.is_total) == (start, end, False)}


def saved(folder: Path, rows: Sequence[Row], *, sheet: str = "Rekap", merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    page = book.create_sheet(sheet, 0)
    del book["Sheet"]
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    book.save(folder / "rekap.xlsx")
    return folder / "rekap.xlsx"
