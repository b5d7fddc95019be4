"""The masterplan that counts: documents by validity and standing, averages with coverage, live indicators, reports."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select

from dashboard.formulas.not_computable import NotComputable
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding, Status
from dashboard.indicators.judged_plan import JudgedIndicator, State, judged_plan
from dashboard.indicators.standing_plan import in_force
from dashboard.store import measurements
from dashboard.store.database import reading, writing
from dashboard.store.masterplan_plan import holders_on
from dashboard.store.measurements import Measurement
from dashboard.store.row_revisions import row_revisions
from dashboard.store.tables import TABLES
from tests.dashboard.masterplan_kept import (
    NOW,
    action,
    aims,
    document,
    holder,
    indicator,
    other,
    programme,
    reached,
    small_plan,
)
from tests.dashboard.resources_kept import kept

D = Decimal
TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(days=1)


def found(engine: Engine, name: str) -> Finding:
    """What an indicator of the catalogue finds now."""
    with reading(engine) as connection:
        return CATALOGUE[f"masterplan.{name}"].formula(connection, NOW)


def judged(engine: Engine, code: str) -> JudgedIndicator:
    """One indicator of the plan as it is judged now."""
    with reading(engine) as connection:
        plan = judged_plan(connection, NOW)
    assert plan is not None
    return next(i for p in plan[1] for i in p.indicators if i.of.code == code)


def test_without_a_document_in_force_nothing_is_known_and_nothing_is_zero(engine: Engine) -> None:
    kept(engine, [document(valid_until=date(2026, 11, 22)), programme("P-1")])
    for name in ("on_schedule", "achievement", "reported", "progress", "behind", "quick_wins", "targets_changed"):
        assert found(engine, name).value is None
        assert "belum ada masterplan yang berlaku" in found(engine, name).missing


@pytest.mark.parametrize(
    ("standings", "used"),
    [
        (("resmi", "rancangan", "contoh"), {"resmi"}),
        (("rancangan", "contoh"), {"rancangan"}),
        (("contoh", "contoh"), {"contoh"}),
    ],
)
def test_an_official_document_stands_before_drafts_and_examples(standings: tuple[str, ...], used: set[str]) -> None:
    told = [document(f"D{n}", standing=standing) for n, standing in enumerate(standings)]
    assert {one.standing for one in in_force(told, TODAY).values()} == used


def test_a_plan_of_another_kind_or_another_time_is_not_the_masterplan_in_force() -> None:
    told = [document("A", kind="rpjmd"), document("B", valid_from=date(2027, 1, 1)), document("C", valid_until=None)]
    assert set(in_force(told, TODAY)) == {"C"}


def test_the_average_says_of_how_many_indicators_it_could_be_computed(engine: Engine) -> None:
    kept(engine, small_plan())
    achievement = found(engine, "achievement")
    assert (achievement.value, achievement.n) == (D(85), 2)  # 36/40 = 90 %, 2 - 24/20 = 80 %
    assert achievement.detail["remark"].startswith("Rata-rata 2 dari 4 indikator")
    reported = found(engine, "reported")
    assert (reported.value, reported.n) == (D(75), 4)


@pytest.mark.parametrize(
    ("code", "why"),
    [("I-3", "targetnya 0"), ("I-4", "realisasi belum diisi")],
    ids=["target of zero", "no realisation"],
)
def test_an_indicator_that_cannot_be_computed_says_why(engine: Engine, code: str, why: str) -> None:
    kept(engine, small_plan())
    assert judged(engine, code).achieved == NotComputable(why)


def test_a_programme_is_late_by_the_days_of_its_document(engine: Engine) -> None:
    kept(engine, small_plan())
    schedule = found(engine, "on_schedule")
    assert (schedule.value, schedule.n) == (D(50), 2)
    behind = found(engine, "behind")
    assert behind.detail["rows"] == [{"label": "DLH: Program P-2", "value": "1 aksi lewat tenggat"}]
    assert (behind.value, behind.n) == (1, 2)
    progress = found(engine, "progress")
    assert (progress.value, progress.n) == (D(60), 2)
    assert "Rencana sampai hari ini 75,0 %" in progress.detail["remark"]


def test_what_is_due_and_nobody_reported_is_not_counted_as_nothing_done(engine: Engine) -> None:
    kept(engine, small_plan(programme("P-3"), action("C-1", "P-3", date(2026, 1, 31), None)))
    with reading(engine) as connection:
        plan = judged_plan(connection, NOW)
    assert plan is not None
    states = {p.of.code: p.state for p in plan[1]}
    assert states == {"P-1": State.ON_SCHEDULE, "P-2": State.LATE, "P-3": State.SILENT}
    assert found(engine, "progress").value == D(60)
    assert "2 dari 3 program" in found(engine, "progress").detail["remark"]


def test_the_cap_is_that_of_the_document(engine: Engine) -> None:
    told = [document(cap=D(200)), programme("P-1"), indicator("I-1", "P-1"), aims("I-1"), reached("I-1", "100")]
    kept(engine, told)
    assert found(engine, "achievement").value == 200


def test_a_live_indicator_feeds_the_period_that_runs_and_keeps_its_mark(engine: Engine) -> None:
    kept(engine, [document(), programme("P-1"), indicator("I-1", "P-1", live="waste.handled"), aims("I-1", "80")])
    assert judged(engine, "I-1").achieved == NotComputable(
        "indikator langsungnya belum terukur (periksa id-nya bila menetap)"
    )
    said = Measurement("waste.handled", D(60), "%", "", Status.NORMAL, 1, NOW, NOW, "", {}, True)
    with writing(engine) as connection:
        measurements.append(connection, [said])
    now = judged(engine, "I-1")
    assert (now.period, now.realised, now.achieved, now.simulated) == ((2026, "TW4"), D(60), D(75), True)


def test_a_live_indicator_of_another_unit_feeds_nothing(engine: Engine) -> None:
    kept(engine, [document(), programme("P-1"), indicator("I-1", "P-1", live="waste.handled", unit="ton"), aims("I-1")])
    with writing(engine) as connection:
        said = Measurement("waste.handled", D(60), "%", "", Status.NORMAL, 1, NOW, NOW, "", {}, False)
        measurements.append(connection, [said])
    assert judged(engine, "I-1").achieved == NotComputable("satuan indikator langsung %, bukan ton")


def test_the_plan_outlives_a_change_of_regent(engine: Engine) -> None:
    before = found_with(engine, [])
    a_year_ago = date(2025, 2, 20)
    told = [holder("Bupati", "A", date(2021, 2, 26), date(2025, 2, 19)), holder("Bupati", "B", a_year_ago)]
    after = found_with(engine, told)
    assert before == after
    with reading(engine) as connection:
        assert [h.holder for h in holders_on(connection, date(2025, 2, 19))] == ["A"]
        assert [h.holder for h in holders_on(connection, TODAY)] == ["B"]


def found_with(engine: Engine, more: list[object]) -> tuple[object, object]:
    """Value and rows of the schedule with some further rows of the file."""
    kept(engine, small_plan(*more))
    return found(engine, "on_schedule").value, found(engine, "behind").detail["rows"]


def test_an_example_says_so_beside_every_figure(engine: Engine) -> None:
    kept(engine, other(small_plan(), document(), document(standing="contoh")))
    for name in ("on_schedule", "achievement", "reported", "progress"):
        finding = found(engine, name)
        assert finding.detail["tentang"].startswith("CONTOH, bukan program nyata")
        assert (finding.detail["tanda"], finding.simulated) == ("CONTOH", True)


def test_a_figure_that_a_simulated_indicator_feeds_is_simulated(engine: Engine) -> None:
    kept(engine, [document(), programme("P-1"), indicator("I-1", "P-1", live="waste.handled"), aims("I-1", "80")])
    assert not found(engine, "achievement").simulated
    said = Measurement("waste.handled", D(60), "%", "", Status.NORMAL, 1, NOW, NOW, "", {}, True)
    with writing(engine) as connection:
        measurements.append(connection, [said])
    assert found(engine, "achievement").simulated


def test_reading_the_same_workbook_again_changes_nothing(engine: Engine) -> None:
    kept(engine, small_plan())
    before = everything(engine)
    kept(engine, small_plan(), LATER)
    assert everything(engine) == before
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(row_revisions)).scalar() == 0


def everything(engine: Engine) -> list[object]:
    """All rows of all tables."""
    with reading(engine) as connection:
        return [list(connection.execute(select(table))) for table in TABLES]
