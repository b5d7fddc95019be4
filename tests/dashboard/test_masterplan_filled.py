"""The workbook of the plan as it stands: read again it says the same, with what was entered in the application."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import Engine

from dashboard.editing import masterplan as editing
from dashboard.editing.masterplan import Draft
from dashboard.exploring.masterplan.filled import filled
from dashboard.indicators.standing_plan import standing_plan
from dashboard.store.database import reading, writing
from dashboard.store.masterplan_changes import changes_between
from datasources.resources.form_template import write_form_template
from datasources.resources.masterplan_workbook import MasterplanWorkbook
from tests.dashboard.masterplan_kept import ANALYST, FILE, NOW, indicator, other, programme, small_plan
from tests.dashboard.resources_kept import kept
from tests.datasources.resource_files import read

LATER = NOW + timedelta(hours=2)
GOALS = ("masterplan_goals", "masterplan_strategies")


def handed_out(engine: Engine, path: Path) -> Path:
    """The workbook as it is downloaded."""
    with reading(engine) as connection:
        forms = filled(connection, LATER)
    write_form_template(path, "masterplan", forms, 2026)
    return path


def the_plan(engine: Engine) -> Any:
    with reading(engine) as connection:
        return standing_plan(connection, LATER)


def test_handed_out_and_handed_in_again_it_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    kept(engine, small_plan())
    with writing(engine) as connection:
        entry = Draft("P-1", "target", "I-1", "2026", "TW4", "45", reason="Lampiran perbup diubah")
        editing.keep(connection, entry, ANALYST, NOW + timedelta(hours=1))
    before = the_plan(engine)
    batch = read(MasterplanWorkbook(path=handed_out(engine, tmp_path / FILE)))
    assert batch.refused == ()
    kept(engine, batch.records, LATER)
    assert the_plan(engine) == before
    with reading(engine) as connection:
        assert changes_between(connection, LATER, LATER + timedelta(days=1)) == []


def test_a_name_that_looks_like_a_formula_is_handed_out_as_text(engine: Engine, tmp_path: Path) -> None:
    evil = '=HYPERLINK("https://a.id","x")'
    kept(engine, other(small_plan(), programme("P-1"), programme("P-1", name=evil)))
    sheet = openpyxl.load_workbook(handed_out(engine, tmp_path / FILE))["Program"]
    names = {cell.value: cell.data_type for cell in sheet["E"][1:]}
    assert names[evil] == "s"


def test_the_workbook_of_a_plan_with_a_range_reads_as_one(engine: Engine, tmp_path: Path) -> None:
    plan = [replace(r, annual="40..60", q1="40..60", q2=None, q3="40..60", q4="12.5..20")
            if getattr(r, "indicator", "") == "I-3" and r.topic == "masterplan_targets" else r
            for r in other(small_plan(), indicator("I-3", "P-1"), indicator("I-3", "P-1", "rentang"))]  # fmt: skip
    kept(engine, plan)
    batch = read(MasterplanWorkbook(path=handed_out(engine, tmp_path / FILE)))
    assert sorted(map(str, batch.records)) == sorted(str(r) for r in plan if r.topic not in GOALS)
