"""No cell of an export runs in a spreadsheet, and every text can be written into one."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from layouts.exploring.cells import exported


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠SUM(A1)",
        '=HYPERLINK("http://jahat.example","klik")', "=cmd|'/c calc'!A0", "\x00=1", "\x1b=1",
    ],
)  # fmt: skip
def test_a_text_that_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert exported(text).startswith("'")
    assert sheet_with(exported(text)).data_type == "s"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Kebakaran", "Kebakaran"),
        (Decimal("-1.5"), -1.5),
        (-3, -3),
        (None, None),
        ("a=b", "a=b"),
        ("10-12 M", "10-12 M"),
    ],
)
def test_other_cells_stay_what_they_are(cell: Any, shown: Any) -> None:
    assert exported(cell) == shown


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\ud800b", "a\ufffeb"])
def test_what_a_workbook_cannot_hold_is_left_out(text: str) -> None:
    assert exported(text) == "ab"
    assert sheet_with(exported(text)).value == "ab"


def sheet_with(cell: Any) -> Any:
    book = Workbook(write_only=True)
    book.create_sheet("Data").append([cell])
    file = io.BytesIO()
    book.save(file)
    return load_workbook(file)["Data"]["A1"]
