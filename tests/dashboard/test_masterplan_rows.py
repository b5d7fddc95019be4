"""Rows of the masterplan entered by their owner: kept as a workbook's are, told aloud, ended and not deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.editing.plan_rows import Entry, keep_row
from dashboard.editing.plan_sheets import SHEETS, Name, key_of, rows_of, seen_as
from dashboard.indicators.judged_plan import JudgedProgramme, State, judged_plan
from dashboard.indicators.plan_means import mean_progress, pooled_achievement
from dashboard.indicators.standing_plan import standing_plan
from dashboard.store.database import reading, writing
from dashboard.store.masterplan_changes import changes_between
from datasources.resources.masterplan_workbook import MasterplanWorkbook
from tests.dashboard.masterplan_kept import ANALYST, FILE, HEAD, NOW, indicator, other, programme, small_plan
from tests.dashboard.resources_kept import kept
from tests.dashboard.test_masterplan_changes import AS_OF, HOUR, WHY, audited, events
from tests.dashboard.test_masterplan_filled import handed_out
from tests.datasources.resource_files import read

NEW = {"code": "P-9", "document": "MP", "sub_dimension": "prasarana kesehatan", "name": "Antrean daring",
       "quick_win": "ya", "horizon": "pendek", "first_year": "2026", "last_year": "2028", "opd": "Dinkes",
       "course": "berjalan"}  # fmt: skip
ACTION = {"code": "P-9-A1", "activity": "Melatih petugas", "output": "40 petugas", "due_on": "2026-06-30",
          "opd": "Dinkes", "weight": "1"}  # fmt: skip
INDICATOR = {"code": "P-9-I1", "name": "Puskesmas daring", "kind": "output", "unit": "puskesmas", "direction": "naik",
             "baseline": "3"}  # fmt: skip
TARGET = {"indicator": "P-9-I1", "year": "2026", "annual": "20", "q3": "15", "basis": "Renja 2026"}
NEW_PROGRAMME = Entry("program", cells=NEW)
NEW_INDICATOR = Entry("indikator", "P-9", cells=INDICATOR)
NEW_TARGET = Entry("target", "P-9", cells=TARGET, reason=WHY)


def entered(engine: Engine, *entries: Entry, by: Any = HEAD, at: Any = NOW + HOUR) -> None:
    """Each in a transaction of its own, as requests do."""
    for entry in entries:
        with writing(engine) as connection:
            keep_row(connection, entry, by, at)


def changed(engine: Engine, name: Name, of: str, row: str, cells: dict[str, str], reason: Any = WHY) -> Entry:
    """The row as it is shown now, with some cells typed over."""
    with reading(engine) as connection:
        old = next(one for one in rows_of(connection, name, of, AS_OF) if key_of(SHEETS[name], one) == row)
    return Entry(name, of, row, cells, reason, seen_as(SHEETS[name], old))


def plan(engine: Engine, at: Any = AS_OF) -> Any:
    with reading(engine) as connection:
        return standing_plan(connection, at)


def judged(engine: Engine, code: str) -> JudgedProgramme:
    with reading(engine) as connection:
        found = judged_plan(connection, AS_OF)
    assert found is not None
    return next(one for one in found[1] if one.of.code == code)


@pytest.fixture
def store(engine: Engine) -> Engine:
    kept(engine, small_plan())
    return engine


@pytest.fixture
def grown(store: Engine) -> Engine:
    entered(store, NEW_PROGRAMME, Entry("aksi", "P-9", cells=ACTION), NEW_INDICATOR, NEW_TARGET)
    return store


def test_a_programme_with_action_indicator_target_and_budget_stands_at_once(grown: Engine) -> None:
    entered(grown, Entry("anggaran", "P-9", cells={"year": "2026", "planned": "250.000.000"}))
    found = plan(grown)
    assert (found.programmes["P-9"].name, found.programmes["P-9"].quick_win) == ("Antrean daring", True)
    assert [one.activity for one in found.actions["P-9"]] == ["Melatih petugas"]
    assert [(one.unit, one.baseline) for one in found.indicators["P-9"]] == [("puskesmas", 3)]
    assert found.targets["P-9-I1"][2026, "TW3"].low == 15
    assert judged(grown, "P-9").state is State.SILENT


def test_what_was_added_is_told_with_its_targets_in_audit_and_briefing(grown: Engine) -> None:
    assert audited(grown)[::-1] == [
        ("budi", "masterplan", "program P-9 baris baru: tidak ada → Antrean daring"),
        ("budi", "masterplan", "aksi P-9-A1 baris baru: tidak ada → Melatih petugas"),
        ("budi", "masterplan", "indikator P-9-I1 baris baru: tidak ada → Puskesmas daring"),
        ("budi", "target masterplan", f"P-9-I1 2026 tahunan: tidak ada → 20; {WHY}"),
        ("budi", "target masterplan", f"P-9-I1 2026 TW3: tidak ada → 15; {WHY}"),
    ]
    assert events(grown)[0] == (
        f"Puskesmas daring (P-9-I1), 2026 tahunan: tidak ada → 20 puskesmas, oleh Kepala Dinkes; {WHY}"
    )


def test_a_changed_target_stands_with_old_new_by_whom_and_why(grown: Engine) -> None:
    why = "Rapat evaluasi menaikkan target"
    entered(grown, changed(grown, "target", "P-9", "P-9-I1|2026", {"q3": "18"}, why), at=NOW + 2 * HOUR)
    assert plan(grown).targets["P-9-I1"][2026, "TW3"].low == 18
    assert plan(grown, NOW + HOUR).targets["P-9-I1"][2026, "TW3"].low == 15
    assert audited(grown)[0] == ("budi", "target masterplan", f"P-9-I1 2026 TW3: 15 → 18; {why}")
    told = f"Puskesmas daring (P-9-I1), 2026 TW3: 15 → 18 puskesmas, oleh Kepala Dinkes; {why}"
    assert told in events(grown)


def test_every_cell_of_a_programme_of_the_file_may_be_changed_aloud(store: Engine) -> None:
    cells = {"name": "Puskesmas daring", "quick_win": "ya", "last_year": "2027", "funding": "-"}
    entered(store, changed(store, "program", "P-1", "P-1", cells))
    found = plan(store).programmes["P-1"]
    assert (found.name, found.quick_win, found.last_year, found.funding) == ("Puskesmas daring", True, 2027, None)
    assert plan(store, NOW).programmes["P-1"].name == "Program P-1"
    assert {about.split(";")[0] for _, _, about in audited(store)} == {
        "program P-1 nama: Program P-1 → Puskesmas daring", "program P-1 quick win: tidak → ya",
        "program P-1 tahun akhir: 2028 → 2027", "program P-1 sumber dana: APBD → tidak ada",
    }  # fmt: skip


def test_reading_the_file_again_leaves_it_and_another_word_of_the_file_about_that_cell_holds(store: Engine) -> None:
    entered(store, changed(store, "program", "P-1", "P-1", {"name": "Nama baru", "last_year": "2027"}))
    kept(store, small_plan(), NOW + 2 * HOUR)
    assert plan(store).programmes["P-1"].name == "Nama baru"
    kept(store, other(small_plan(), programme("P-1"), programme("P-1", name="Nama berkas")), NOW + 3 * HOUR)
    found = plan(store).programmes["P-1"]
    assert (found.name, found.last_year) == ("Nama berkas", 2027)
    with reading(store) as connection:
        newest = changes_between(connection, NOW, AS_OF)[0]
    assert (newest.old, newest.new, newest.file) == ("Nama baru", "Nama berkas", FILE)


def test_the_workbook_handed_out_after_all_that_changes_nothing_when_it_is_read(grown: Engine, tmp_path: Path) -> None:
    """Added, changed and ended: what was downloaded says what stands, and its rows are those of the form."""
    entered(
        grown,
        changed(grown, "target", "P-9", "P-9-I1|2026", {"q3": "18", "annual": "-"}),
        changed(grown, "program", "P-1", "P-1", {"quick_win": "ya", "valid_until": "2027-12-31"}),
        changed(grown, "indikator", "P-1", "I-1", {"baseline": "12,5", "formula": "a / b"}),
        changed(grown, "aksi", "P-1", "A-2", {"due_on": "2027-09-30", "weight": "2,5"}),
        changed(grown, "anggaran", "P-1", "2026", {"planned": "125.000.000"}),
        at=NOW + HOUR + timedelta(minutes=30),
    )
    before, told = plan(grown), len(audited(grown))
    batch = read(MasterplanWorkbook(path=handed_out(grown, tmp_path / FILE)))
    assert batch.refused == ()
    kept(grown, batch.records, NOW + 2 * HOUR)
    after = plan(grown)
    bare = [replace(p, file="") for p in after.programmes.values()]
    assert bare == [replace(p, file="") for p in before.programmes.values()]
    assert (after.targets, after.realised) == (before.targets, before.realised)
    for of in ("P-1", "P-9"):
        assert [replace(i, file="") for i in after.indicators[of]] == [
            replace(i, file="") for i in before.indicators[of]
        ]
        assert [replace(a, file="") for a in after.actions[of]] == [replace(a, file="") for a in before.actions[of]]
    assert len(audited(grown)) == told
    with reading(grown) as connection:
        assert changes_between(connection, NOW + 2 * HOUR, AS_OF) == []


def test_an_older_workbook_that_does_not_know_the_new_rows_leaves_them(grown: Engine) -> None:
    kept(grown, other(small_plan(), indicator("I-1", "P-1"), indicator("I-1", "P-1", unit="orang")), NOW + 2 * HOUR)
    assert "P-9" in plan(grown).programmes
    assert plan(grown).targets["P-9-I1"][2026, "tahunan"].low == 20


def test_what_is_ended_stays_in_sight_and_is_judged_no_more(store: Engine) -> None:
    until = {"valid_until": "2026-10-31"}
    assert (judged(store, "P-2").state, len(judged(store, "P-1").indicators)) == (State.LATE, 4)
    entered(store, changed(store, "indikator", "P-1", "I-3", until), changed(store, "aksi", "P-1", "A-1", until))
    one = judged(store, "P-1")
    assert ([i.of.code for i in one.indicators], one.progress.items) == (["I-1", "I-2", "I-4"], 1)
    assert len(plan(store).indicators["P-1"]) == 4
    entered(store, changed(store, "program", "P-2", "P-2", until), by=ANALYST)
    two = judged(store, "P-2")
    assert (two.state, two.of.valid_until) == (State.ENDED, date(2026, 10, 31))
    assert (mean_progress([two]).m, pooled_achievement([two]).m) == (0, 0)
    assert audited(store)[0][2].startswith("program P-2 berlaku sampai: tidak ada → 2026-10-31; ")
