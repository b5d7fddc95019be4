"""Targets never change silently: by file or by hand each change stands with old → new, by whom and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.briefings.compose import Order, compose
from dashboard.editing import masterplan as editing
from dashboard.editing.entry import EntryRefused
from dashboard.editing.masterplan import Draft
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.standing_budgets import budgets
from dashboard.indicators.standing_plan import standing_plan
from dashboard.store import audit
from dashboard.store.database import reading, writing
from dashboard.store.masterplan_changes import changes_between
from dashboard.store.people import Person
from tests.dashboard.masterplan_kept import ANALYST, HEAD, NOW, aims, document, other, reached, small_plan
from tests.dashboard.resources_kept import kept

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""00.00 WIB of 23 November."""
AS_OF = MONDAY + timedelta(days=7, hours=6)
WHY = "Lampiran perbup diubah Dewan Smart City"
TARGET = Draft("P-1", "target", "I-1", "2026", "TW4", "45", reason=WHY)


def entered(engine: Engine, draft: Draft, by: Person = ANALYST, at: datetime = NOW + HOUR) -> None:
    """Keep an entry as a request would."""
    with writing(engine) as connection:
        editing.keep(connection, draft, by, at)


def target(engine: Engine, code: str = "I-1", period: str = "TW4", at: datetime = AS_OF) -> str:
    """The target that stands."""
    with reading(engine) as connection:
        plan = standing_plan(connection, at)
    assert plan is not None
    return str(plan.targets[code][2026, period].low)


def audited(engine: Engine) -> list[tuple[str, str, str]]:
    """Who, what, and about what, the newest first."""
    with reading(engine) as connection:
        return [(e.who, e.what, e.about) for e in audit.entries(connection)]


def events(engine: Engine, audience: str = "bupati", simulated: tuple[Any, ...] = ()) -> list[str]:
    """What the briefing of that week says of changed targets."""
    with reading(engine) as connection:
        edition = compose(connection, simulated, Order(MONDAY, AS_OF, audience))
    return [event.text for event in edition.events if event.kind == "perubahan target"]


def test_a_target_that_a_file_changes_is_told_in_audit_and_briefing(engine: Engine) -> None:
    kept(engine, small_plan())
    changed = aims("I-1", q4="45", reason=WHY)
    kept(engine, other(small_plan(), aims("I-1"), changed), NOW + HOUR)
    assert audited(engine) == [("Bappeda", "target masterplan", f"I-1 2026 TW4: 40 → 45; {WHY}")]
    assert events(engine) == [f"Indikator I-1 (I-1), 2026 TW4: 40 → 45 %, oleh Bappeda; {WHY}"]
    with reading(engine) as connection:
        finding = CATALOGUE["masterplan.targets_changed"].formula(connection, AS_OF)
    assert (finding.value, finding.detail["rows"][0]["value"]) == (1, "40 → 45")


def test_a_file_that_says_no_reason_is_told_to_have_said_none(engine: Engine) -> None:
    kept(engine, small_plan())
    kept(engine, other(small_plan(), aims("I-1"), aims("I-1", q4="45")), NOW + HOUR)
    assert audited(engine)[0][2] == "I-1 2026 TW4: 40 → 45; alasan tidak ditulis"


def test_a_row_that_vanished_withdraws_its_targets_audibly(engine: Engine) -> None:
    kept(engine, small_plan())
    kept(engine, [record for record in small_plan() if record != aims("I-1")], NOW + HOUR)
    said = [about for _, _, about in audited(engine)]
    assert len(said) == 5
    assert all("40 → tidak ada; dicabut dari berkas" in about for about in said)


def test_a_target_changed_in_the_application_is_told_in_audit_and_briefing(engine: Engine) -> None:
    kept(engine, small_plan())
    entered(engine, TARGET)
    assert target(engine) == "45"
    assert target(engine, at=NOW) == "40"
    assert audited(engine) == [("sari", "target masterplan", f"I-1 2026 TW4: 40 → 45; {WHY}")]
    assert events(engine) == [f"Indikator I-1 (I-1), 2026 TW4: 40 → 45 %, oleh Sari, analis; {WHY}"]


def test_the_briefing_of_an_opd_tells_of_its_own_programmes_and_an_example_is_called_so(engine: Engine) -> None:
    kept(engine, other(small_plan(), document(), document(standing="contoh")))
    entered(engine, TARGET)
    assert events(engine, "DLH") == []
    assert events(engine)[0].startswith("CONTOH, ")


def test_reading_the_file_again_leaves_what_was_entered_since(engine: Engine) -> None:
    kept(engine, small_plan())
    entered(engine, TARGET)
    kept(engine, small_plan(), NOW + 2 * HOUR)
    assert target(engine) == "45"
    assert len(audited(engine)) == 1


def test_another_cell_of_the_row_changed_by_the_file_leaves_it_too(engine: Engine) -> None:
    kept(engine, small_plan())
    entered(engine, TARGET)
    kept(engine, other(small_plan(), aims("I-1"), aims("I-1", q1="12", reason=WHY)), NOW + 2 * HOUR)
    assert (target(engine), target(engine, period="TW1")) == ("45", "12")


def test_a_later_word_of_the_file_about_the_same_cell_holds_and_names_what_it_replaced(engine: Engine) -> None:
    kept(engine, small_plan())
    entered(engine, TARGET)
    kept(engine, other(small_plan(), aims("I-1"), aims("I-1", q4="50", reason=WHY)), NOW + 2 * HOUR)
    assert (target(engine), target(engine, at=NOW + HOUR)) == ("50", "45")
    assert audited(engine)[0][2] == f"I-1 2026 TW4: 45 → 50; {WHY}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "ubah"}, "Alasan 'ubah' 4 huruf; yang benar 10 sampai 200 huruf"),
        ({"reason": "Telepon 081234567890 menyuruh"}, "nomor telepon atau NIK"),
        ({"value": "empat"}, "Target 'empat' bukan angka"),
        ({"value": ""}, "Target kosong"),
        ({"value": "40-60"}, "indikator ini berarah naik; tulis satu angka"),
        ({"value": "40"}, "Isian itu sudah '40'"),
        ({"period": "TW5"}, "Masa 'TW5 2026' tidak ada"),
        ({"year": "26"}, "Masa 'TW4 26' tidak ada"),
        ({"row": "I-9"}, "Indikator 'I-9' tidak ada pada program P-1"),
        ({"programme": "P-9"}, "Program 'P-9' tidak ada"),
        ({"kind": "hapus"}, "Isian 'hapus' tidak ada"),
        ({"kind": "realisasi", "day": "besok"}, "Tanggal data 'besok' bukan tanggal"),
        ({"kind": "realisasi", "day": "2026-12-01"}, "di luar jangkauan"),
        ({"kind": "realisasi", "year": "2027", "day": "2026-11-20"}, "belum mulai"),
        ({"kind": "realisasi", "day": "2026-11-20", "evidence": "javascript:x"}, "tidak dapat dipakai"),
        ({"kind": "aksi", "row": "A-2", "value": "140", "day": "2026-11-20"}, "Progres '140' tidak mungkin"),
        ({"kind": "status", "value": "tamat"}, "Status 'tamat' tidak ada"),
        ({"kind": "pagu", "year": "2030"}, "belum ada dalam dokumen"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(
    engine: Engine, given: dict[str, Any], sentence: str
) -> None:
    kept(engine, small_plan())
    with pytest.raises(EntryRefused) as refused:
        entered(engine, replace(TARGET, **given))
    assert sentence in str(refused.value)
    with reading(engine) as connection:
        assert changes_between(connection, NOW, AS_OF) == []
    assert audited(engine) == []


def test_the_head_of_an_opd_reaches_only_its_own_programmes(engine: Engine) -> None:
    kept(engine, small_plan())
    entered(engine, TARGET, HEAD)
    with pytest.raises(EntryRefused, match="milik DLH"):
        entered(engine, Draft("P-2", "aksi", "B-1", value="80", day="2026-11-20"), HEAD)
    nobody = Person(3, "x", "Kepala", "kepala_opd", None)
    with pytest.raises(EntryRefused, match="milik Dinkes"):
        entered(engine, TARGET, nobody)


def test_reports_of_the_owner_count_at_once_with_their_evidence(engine: Engine) -> None:
    kept(engine, small_plan())
    report = Draft("P-1", "realisasi", "I-4", "2026", "TW3", "30", "2026-11-20", "https://a.id/1")
    entered(engine, report, HEAD)
    entered(engine, Draft("P-1", "aksi", "A-2", value="55,5", day="2026-11-20"), HEAD)
    entered(engine, Draft("P-1", "belanja", year="2026", value="60.000.000", reason="Termin kedua dibayar"), HEAD)
    entered(engine, Draft("P-1", "status", value="Ditunda", reason="Menunggu anggaran perubahan"), HEAD)
    with reading(engine) as connection:
        plan = standing_plan(connection, AS_OF)
        money = budgets(connection, AS_OF, "P-1")
    assert plan is not None
    told = plan.realised["I-4", (2026, "TW3")]
    assert (told.value, told.measured_on, told.evidence) == (30, date(2026, 11, 20), "https://a.id/1")
    assert (str(plan.actions["P-1"][1].progress), plan.programmes["P-1"].course) == ("55.5", "ditunda")
    assert str(money[0].spent) == "60000000"
    assert [what for _, what, _ in audited(engine)] == ["masterplan"] * 4


def test_a_realisation_that_is_replaced_needs_a_reason(engine: Engine) -> None:
    kept(engine, small_plan())
    correction = Draft("P-1", "realisasi", "I-1", "2026", "TW3", "38", "2026-11-20")
    with pytest.raises(EntryRefused, match="Alasan"):
        entered(engine, correction)
    entered(engine, replace(correction, reason="Salah hitung pada laporan pertama"))
    with reading(engine) as connection:
        (one,) = changes_between(connection, NOW, AS_OF)
    assert (one.old, one.new, one.subject) == ("36", "38", "realisasi")


def test_a_corrected_figure_of_the_file_is_told_among_the_changes_but_not_among_the_targets(engine: Engine) -> None:
    kept(engine, small_plan())
    kept(engine, other(small_plan(), reached("I-1", "36"), reached("I-1", "38")), NOW + HOUR)
    with reading(engine) as connection:
        (one,) = changes_between(connection, NOW, AS_OF)
    assert (one.old, one.new, one.part, one.by, one.file) == ("36", "38", "TW3", "Dinkes", "masterplan.xlsx")
    assert (audited(engine), events(engine)) == ([], [])
