"""Readers of tables: CSV exports as text, OPD workbooks as the XLSX that the demonstration fills in."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from python_calamine import CalamineWorkbook

from datasources.air_quality.workbook import AirWorkbook
from datasources.calls112.case_list import CaseList
from datasources.calls112.hourly_export import HourlyExport
from datasources.calls112.recap_workbook import RecapWorkbook
from datasources.delivery.request_table import RequestTable
from datasources.delivery.template import SHEET
from datasources.demo import air_workbook, permits_workbook, recap_112, resource_workbooks, spbe_workbook
from datasources.resources.energy_workbook import EnergyWorkbook
from datasources.resources.green_space_workbook import GreenSpaceWorkbook
from datasources.resources.iklh_workbook import IklhWorkbook
from datasources.resources.waste_workbook import WasteWorkbook
from datasources.resources.water_workbook import WaterWorkbook
from datasources.sensors.river_sheet import RiverSheet
from datasources.services.check_log import CheckLog
from datasources.spbe.published import PublishedResults
from datasources.spbe.workbook import SpbeWorkbook
from tests.datasources import test_case_list as cases
from tests.datasources import test_check_log as checks
from tests.datasources import test_complaints as complaints
from tests.datasources import test_hourly_export as hours
from tests.datasources import test_published_results as published
from tests.datasources.test_river_readers import FLAT
from tests.fuzz.changes import Inputs, changed_bytes, changed_rows
from tests.fuzz.parser import Parser, read

_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
_DAY, _SEED, _MOST_ROWS = date(2026, 11, 24), "fuzz", 9
Sheets = dict[str, list[list[Any]]]


def _csv(text: str, delimiter: str, reader: Callable[[Path], Any]) -> Parser:
    rows = [line.split(delimiter) for line in text.splitlines()]

    def run(table: list[list[Any]] | bytes) -> None:
        (_FOLDER / "t.csv").write_bytes(table if isinstance(table, bytes) else _written(table, delimiter))
        read(reader(_FOLDER / "t.csv").fetch({}))

    return Parser(changed_rows(rows).or_else(changed_bytes(text.encode())), run)


def _written(table: list[list[Any]], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue().encode("utf-8", "replace")


def _workbook(write: Callable[[Path], object], reader: Callable[[Path], Any]) -> Parser:
    @cache
    def sheets() -> Sheets:
        write(_FOLDER / "sample.xlsx")
        book = CalamineWorkbook.from_path(str(_FOLDER / "sample.xlsx"))
        return {n: [list(r) for r in book.get_sheet_by_name(n).to_python()][:_MOST_ROWS] for n in book.sheet_names}

    def run(changed: tuple[str, list[list[Any]]]) -> None:
        _save({**sheets(), changed[0]: changed[1]})
        read(reader(_FOLDER / "changed.xlsx").fetch({}))

    def named() -> list[tuple[str, Inputs]]:
        return [(name, changed_rows(rows)) for name, rows in sheets().items() if rows]

    def drawn(dice: Random) -> tuple[str, Any]:
        name, inputs = dice.choice(named())
        assert inputs.drawn
        return name, inputs.drawn(dice)

    inputs = Inputs(st.deferred(lambda: st.one_of(
        [each.strategy.map(lambda new, name=name: (name, new)) for name, each in named()]
    )), drawn)  # fmt: skip
    return Parser(inputs, run, share=8)


def _save(sheets: Sheets) -> None:
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_writable(cell) for cell in row])
    book.save(_FOLDER / "changed.xlsx")


def _writable(cell: Any) -> Any:
    """What openpyxl can write; XML itself has no control characters and no half pairs."""
    if isinstance(cell, str):
        return ILLEGAL_CHARACTERS_RE.sub("", cell.encode("utf-8", "ignore").decode())[:32_000]
    return cell if not isinstance(cell, int) or abs(cell) < 10**15 else float(str(cell)[:300])


def _resource(name: str) -> Callable[[Path], object]:
    return lambda path: (
        resource_workbooks.write_one(path.with_name(f"{name}.xlsx"), _SEED, _DAY)
        or path.with_name(f"{name}.xlsx").replace(path)
    )


PARSERS = {
    "calls112.case_list": _csv(f"{cases.HEADINGS}\n{cases.ROW}\n{cases.ROW}", ";", lambda path: CaseList.model_validate(
        {"path": path, "columns": cases.COLUMNS, "caller_key": cases.KEY})),
    "calls112.hourly_export": _csv("\n".join((hours.header(), hours.row("02/03/2026", 7), hours.row("02/03/2026", 8))),
                                   ";", lambda path: HourlyExport(path=path)),
    "complaints.export": _csv(f"{complaints.HEAD}\n{complaints.ROW}\n{complaints.ROW}", ";", complaints.export),
    "services.check_log": _csv(f"{checks.HEAD}\nPortal,02/03/2026 14:05,UP,,200,123.4\n", ",", lambda path: CheckLog(
        path=path, columns=checks.COLUMNS, services={"Portal": "portal"})),
    "spbe.published": _csv(f"{published.HEAD}\n{published.ROW}", ",", lambda path: PublishedResults(path=path)),
    "sensors.river_sheet": _csv("kode;tanggal;jam;tma\nP1;23/11/2026;11:50;1,61\nP1;24/11/2026;0.5;2", ";",
                                lambda path: RiverSheet(path=path, row=FLAT)),
    "calls112.recap csv": _csv("REKAP PANGGILAN 112 TAHUN 2025\nBulan;Masuk;Terjawab\nJanuari;10;9\nFebruari;8;8", ";",
                               lambda path: RecapWorkbook(path=path)),
    "calls112.recap_workbook": _workbook(lambda path: recap_112.write_recap(path, _SEED, 2025),
                                         lambda path: RecapWorkbook(path=path)),
    "air_quality.workbook": _workbook(lambda path: air_workbook.write_workbook(path, _SEED, 1_795_000_000),
                                      lambda path: AirWorkbook(path=path)),
    "spbe.workbook": _workbook(lambda path: spbe_workbook.write_workbook(path, _SEED),
                               lambda path: SpbeWorkbook(path=path)),
    "delivery.requests": _workbook(lambda path: permits_workbook.write_workbook(path, _SEED, 20_500),
                                   lambda path: RequestTable(path=path, sheet=SHEET)),
    **{f"resources.{name}": _workbook(_resource(file), lambda path, reader=reader: reader(path=path))
       for name, file, reader in (
           ("water", "air", WaterWorkbook), ("waste", "sampah", WasteWorkbook), ("energy", "energi", EnergyWorkbook),
           ("green_space", "rth", GreenSpaceWorkbook), ("iklh", "iklh", IklhWorkbook))},
}  # fmt: skip
