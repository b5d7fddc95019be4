"""The empty workbook of an instrument, downloaded where the instrument is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask, g
from openpyxl import load_workbook

from datasources.spbe.instrument_files import instruments
from layouts.assessing import template_file


@pytest.fixture
def server() -> Iterator[Flask]:
    made = Flask("test")
    template_file.register(made)
    with made.test_request_context():
        g.person = lambda: None
        yield made


@pytest.mark.parametrize(("year", "sheet", "rows"), [(2024, "SPBE", 47), (2026, "PEMDI", 20)])
def test_the_workbook_of_a_year_has_a_row_for_each_indicator(server: Flask, year: int, sheet: str, rows: int) -> None:
    answer = server.test_client().get(f"/spbe/templat-{year}.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == [sheet, "Petunjuk"]
    assert book[sheet].max_row == rows + 1
    assert f"spbe-{year}.xlsx" in answer.headers["Content-Disposition"]


def test_a_year_without_an_instrument_has_no_workbook(server: Flask) -> None:
    assert server.test_client().get("/spbe/templat-2019.xlsx").status_code == 404


def test_the_link_leads_to_a_year_in_which_the_instrument_is_in_force() -> None:
    for instrument in instruments().values():
        address = str(template_file.link(instrument).href)
        assert instrument.in_force(int(address.removeprefix("/spbe/templat-").removesuffix(".xlsx")))
