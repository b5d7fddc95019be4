"""Readers of tables: CSV exports as text, OPD workbooks as the demonstration fills them in (how: workbooks.py)."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from datasources.air_quality.workbook import AirWorkbook
from datasources.calls112.case_list import CaseList
from datasources.calls112.hourly_export import HourlyExport
from datasources.calls112.recap_workbook import RecapWorkbook
from datasources.delivery.request_table import RequestTable
from datasources.delivery.template import SHEET
from datasources.demo import (
    air_workbook,
    masterplan_workbook,
    permits_workbook,
    recap_112,
    resource_workbooks,
    spbe_workbook,
)
from datasources.demo.masterplan_rows import Example
from datasources.resources.energy_workbook import EnergyWorkbook
from datasources.resources.green_space_workbook import GreenSpaceWorkbook
from datasources.resources.iklh_workbook import IklhWorkbook
from datasources.resources.masterplan_workbook import MasterplanWorkbook
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
from tests.fuzz.changes import changed_bytes, changed_rows
from tests.fuzz.parser import Parser, read
from tests.fuzz.workbooks import workbook

_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
_DAY, _SEED = date(2026, 11, 24), "fuzz"


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


def _resource(name: str, file: str, reader: Any) -> dict[str, Parser]:
    def write(path: Path) -> None:
        resource_workbooks.write_one(path.with_name(f"{file}.xlsx"), _SEED, _DAY)
        path.with_name(f"{file}.xlsx").replace(path)

    return workbook(f"resources.{name}", write, lambda path: reader(path=path))


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
    **workbook("calls112.recap_workbook", lambda path: recap_112.write_recap(path, _SEED, 2025),
               lambda path: RecapWorkbook(path=path)),
    **workbook("air_quality.workbook", lambda path: air_workbook.write_workbook(path, _SEED, 1_795_000_000),
               lambda path: AirWorkbook(path=path)),
    **workbook("spbe.workbook", lambda path: spbe_workbook.write_workbook(path, _SEED),
               lambda path: SpbeWorkbook(path=path)),
    **workbook("delivery.requests", lambda path: permits_workbook.write_workbook(path, _SEED, 20_500),
               lambda path: RequestTable(path=path, sheet=SHEET)),
    **_resource("water", "air", WaterWorkbook), **_resource("waste", "sampah", WasteWorkbook),
    **_resource("energy", "energi", EnergyWorkbook), **_resource("green_space", "rth", GreenSpaceWorkbook),
    **_resource("iklh", "iklh", IklhWorkbook),
    **workbook("resources.masterplan", lambda path: masterplan_workbook.write_workbook(path, Example(_SEED, _DAY)),
               lambda path: MasterplanWorkbook(path=path)),
}  # fmt: skip
