"""Assessed values in the store: appended from workbook and hand, standing, editing with its refusals, plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import Connection, Engine, func, select

from dashboard.editing import assessment_plans as planning
from dashboard.editing import assessments as editing
from dashboard.editing.assessments import Draft
from dashboard.editing.entry import EntryRefused
from dashboard.indicators.assessment_state import newest_state, state_of
from dashboard.store import assessments, audit
from dashboard.store.assessments import history, keep_values, standing
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from datasources.spbe.instrument_files import instruments
from datasources.spbe.records import AssessedValue

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
SPBE, PEMDI = instruments()["SPBE-2020"], instruments()["PEMDI-2026"]
ANI = Person(1, "ani", "Ani, analis", "analis")


def test_a_workbook_that_is_read_twice_speaks_once(engine: Engine) -> None:
    with writing(engine) as connection:
        for days in (0, 1):
            keep_values(connection, "buku", [value(1, 3), value(2, 4)], NOW + timedelta(days=days))
        assert [(e.indicator, e.value, e.by) for e in history(connection, SPBE.id)] == [
            (1, Decimal(3), "buku"), (2, Decimal(4), "buku")
        ]  # fmt: skip


def test_what_a_workbook_changes_is_appended_and_nothing_is_rewritten(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [value(1, 3)], NOW)
        keep_values(connection, "buku", [value(1, 4)], NOW + timedelta(days=1))
        lines = history(connection, SPBE.id)
        assert [e.value for e in lines] == [3, 4]
        assert standing(lines)[1].value == 4


def test_a_later_stage_stands_and_an_earlier_one_does_not_take_it_back(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [value(1, 3, "draf"), value(1, 4, "final")], NOW)
        keep_values(connection, "buku", [value(1, 2, "draf")], NOW + timedelta(days=1))
        found = standing(history(connection, SPBE.id))[1]
        assert (found.stage, found.value) == ("final", 4)


def test_an_unchanged_workbook_row_does_not_undo_what_somebody_entered(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [value(1, 3), value(2, 3)], NOW)
        entered(connection, draft(1, "draf", "draf", "4"))
        keep_values(connection, "buku", [value(1, 3), value(2, 5)], NOW + timedelta(days=1))
        found = standing(history(connection, SPBE.id))
        assert (found[1].value, found[2].value) == (4, 5)


def test_each_stage_keeps_value_explanation_evidence_owner_and_name(engine: Engine) -> None:
    with writing(engine) as connection:
        plan = planning.checked(SPBE, 7, planning.PlanDraft("Dinkes", "4", "1,5", False))
        planning.keep(connection, SPBE, 2025, plan, ANI, NOW)
        entered(connection, draft(7, "kosong", "draf", "3", "SK Bupati 12/2025", "https://a.id/1 /dokumen/2.pdf"))
        entered(connection, draft(7, "draf", "diverifikasi", "2", "bukti kurang"), hours=1)
        first, second = history(connection, SPBE.id, 2025, 7)
        assert (first.stage, first.value, first.explanation) == ("draf", 3, "SK Bupati 12/2025")
        assert first.evidence == ("https://a.id/1", "/dokumen/2.pdf")
        assert (first.owner, first.by, first.known_at) == ("Dinkes", "Ani, analis", NOW)
        assert (second.stage, second.value, second.known_at - NOW) == ("diverifikasi", 2, timedelta(hours=1))
        assert next(e.about for e in audit.entries(connection)) == "SPBE-2020 2025 indikator 7: diverifikasi, 2"


def test_what_was_handed_back_is_a_draft_again(engine: Engine) -> None:
    with writing(engine) as connection:
        for seen, to in (("kosong", "draf"), ("draf", "diverifikasi"), ("diverifikasi", "draf")):
            entered(connection, draft(1, seen, to, "3"))
        assert standing(history(connection, SPBE.id))[1].stage == "draf"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "6"}, "Level '6' tidak mungkin; tulis bilangan bulat 1 sampai 5."),
        ({"value": ""}, "Level '' tidak mungkin; tulis bilangan bulat 1 sampai 5."),
        ({"value": "3,5"}, "Level '3,5' tidak mungkin; tulis bilangan bulat 1 sampai 5."),
        ({"indicator": 48}, "Indikator 48 tahun 2025 tidak ada dalam SPBE 2020."),
        ({"year": 2026}, "Indikator 1 tahun 2026 tidak ada dalam SPBE 2020."),
        ({"instrument": "X"}, "Instrumen 'X' tidak ada; yang benar SPBE-2020, PEMDI-2026."),
        ({"seen": "final"}, "Indikator 1 sementara itu sudah di tahap 'belum diisi'; muat ulang halaman."),
        ({"to": "final"}, "Dari tahap 'belum diisi' tidak dapat ke 'final'; muat ulang halaman."),
        (
            {"explanation": "hubungi 0812 3456 7890"},
            "Penjelasan memuat nomor telepon atau NIK; tulis tanpa nomor orang.",
        ),
        ({"explanation": "x" * 401}, "Penjelasan 401 huruf; paling banyak 400."),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_words(engine: Engine, wrong: dict[str, object], sentence: str) -> None:
    given = replace(draft(1, "kosong", "draf", "3"), **wrong)  # type: ignore[arg-type]
    with writing(engine) as connection, pytest.raises(EntryRefused) as refusal:
        editing.checked(connection, given, ANI, NOW)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//jahat.id", "data:x", "ftp://a.id/1", "bukti.pdf"])
def test_evidence_that_a_browser_should_not_follow_is_refused(engine: Engine, link: str) -> None:
    given = draft(1, "kosong", "draf", "3", "", link)
    with writing(engine) as connection, pytest.raises(EntryRefused, match="tidak dapat dipakai; tulis alamat https"):
        editing.checked(connection, given, ANI, NOW)


def test_whoever_saw_an_older_stage_overwrites_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        entered(connection, draft(1, "kosong", "draf", "3"))
        with pytest.raises(EntryRefused, match="sementara itu sudah di tahap 'draf OPD'"):
            entered(connection, draft(1, "kosong", "draf", "2"))
        assert connection.execute(select(func.count()).select_from(assessments.assessments)).scalar() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("x" * 65, "", "", False), "huruf; paling banyak 64"),
        (("", "9", "", False), "Sasaran: level '9' tidak mungkin"),
        (("", "", "0", False), "Upaya '0' tidak dapat dipakai"),
        (("", "", "-1", False), "Upaya '-1' tidak dapat dipakai"),
        (("", "", "1/0", False), "Upaya '1/0' tidak dapat dipakai"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(typed: tuple[str, str, str, bool], sentence: str) -> None:
    with pytest.raises(EntryRefused, match=sentence):
        planning.checked(SPBE, 1, planning.PlanDraft(*typed))


def test_an_empty_field_takes_its_plan_back(engine: Engine) -> None:
    with writing(engine) as connection:
        for typed in (("Dinkes", "4", "1,5", True), ("", "", "", False)):
            plan = planning.checked(SPBE, 1, planning.PlanDraft(*typed))
            planning.keep(connection, SPBE, 2025, plan, ANI, NOW, "sasaran dihitung ulang")
            plan = state_of(connection, SPBE, 2025).plan(1)
            if typed[0]:
                assert (plan.owner, plan.target, plan.effort, plan.blocked) == ("Dinkes", 4, Fraction(3, 2), True)
        assert (plan.owner, plan.target, plan.effort, plan.blocked) == (None, None, None, False)


def test_the_state_of_a_year_names_its_stages_and_stays_open_while_one_is_missing(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [value(n, 3, "final") for n in range(1, 47)], NOW)
    with reading(engine) as connection:
        state = newest_state(connection, SPBE)
        assert state is not None
        assert (state.found.index, state.found.missing) == (None, (47,))
        assert state.stage_words() == "1 belum diisi, 46 final"
        assert newest_state(connection, PEMDI) is None


def value(number: int, level: int, stage: str = "draf") -> AssessedValue:
    return AssessedValue(SPBE.id, 2025, number, Decimal(level), stage)


def draft(number: int, seen: str, to: str, level: str, why: str = "", links: str = "") -> Draft:
    return Draft(SPBE.id, 2025, number, seen, to, level, why, links)


def entered(connection: Connection, given: Draft, hours: int = 0) -> None:
    at = NOW + timedelta(hours=hours)
    editing.keep(connection, editing.checked(connection, given, ANI, at), ANI, at)
