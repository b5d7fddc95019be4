"""What an owner may not enter into the masterplan: another OPD's rows, and cells that cannot be; in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.editing.entry import EntryRefused, NotYours
from dashboard.editing.plan_rows import Entry
from dashboard.store.database import reading
from dashboard.store.masterplan_changes import changes_between
from tests.dashboard.masterplan_kept import ANALYST, NOW, small_plan
from tests.dashboard.resources_kept import kept
from tests.dashboard.test_masterplan_changes import AS_OF, WHY, audited
from tests.dashboard.test_masterplan_rows import (
    ACTION,
    INDICATOR,
    NEW,
    NEW_PROGRAMME,
    TARGET,
    changed,
    entered,
    plan,
)


@pytest.fixture
def store(engine: Engine) -> Engine:
    kept(engine, small_plan())
    return engine


@pytest.mark.parametrize(
    "entry",
    [
        Entry("program", "P-2", "P-2", {"name": "Milik kami"}, WHY),
        Entry("aksi", "P-2", cells=ACTION),
        Entry("indikator", "P-2", cells=INDICATOR),
        Entry("target", "P-2", cells=TARGET, reason=WHY),
        Entry("anggaran", "P-2", "2026", {"planned": "1"}, WHY),
        Entry("program", cells={**NEW, "opd": "DLH"}),
    ],
)
def test_the_head_of_another_opd_gets_no_row_in_whatever_is_sent(store: Engine, entry: Entry) -> None:
    with pytest.raises(NotYours, match="milik DLH; OPD pemiliknya"):
        entered(store, entry)
    with reading(store) as connection:
        assert changes_between(connection, NOW, AS_OF) == []


def test_a_head_does_not_give_a_programme_away_and_an_analyst_may(store: Engine) -> None:
    given = changed(store, "program", "P-1", "P-1", {"opd": "DLH"})
    with pytest.raises(NotYours, match="milik DLH"):
        entered(store, given)
    entered(store, given, by=ANALYST)
    assert plan(store).programmes["P-1"].opd == "DLH"
    with pytest.raises(NotYours):
        entered(store, changed(store, "program", "P-1", "P-1", {"name": "Masih kami"}))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (replace(NEW_PROGRAMME, cells={**NEW, "code": "p-1"}), "Kode 'P-1': sudah diisi di baris lain"),
        (replace(NEW_PROGRAMME, cells={**NEW, "name": ""}), "Nama: kosong; nama program."),
        (replace(NEW_PROGRAMME, cells={**NEW, "last_year": "2020"}), "Tahun akhir '2020': lebih awal"),
        (replace(NEW_PROGRAMME, cells={**NEW, "document": "RPJMD"}), "Dokumen: kode RPJMD tidak ada di lembar"),
        (replace(NEW_PROGRAMME, cells={}), "Kode: kosong"),
        (replace(NEW_PROGRAMME, cells={**NEW, "name": ["x"], "first_year": {}}), "Nama: kosong"),
        (Entry("program", "P-7", "P-7", NEW, WHY), "Program 'P-7' tidak ada dalam masterplan"),
        (Entry("hapus", "P-1"), "Lembar 'hapus' tidak ada"),
        (Entry(["x"], {"y": 1}), "Lembar"),
        (Entry("indikator", "P-1", cells={**INDICATOR, "code": "I-1"}), "Kode 'I-1': sudah diisi di baris lain"),
        (Entry("indikator", "", cells=INDICATOR), "Program '' tidak ada"),
        (Entry("target", "P-1", cells={**TARGET, "indicator": "I-1", "year": "2027"}), "Alasan '' 0 huruf"),
        (Entry("target", "P-1", cells=TARGET, reason=WHY), "Indikator: kode P-9-I1 tidak ada di lembar Indikator"),
        (Entry("target", "P-1", cells={**TARGET, "indicator": "I-1"}, reason=WHY), "Tahun '2026': sudah diisi"),
        (Entry("indikator", "P-1", "I-9", INDICATOR, WHY, "x"), "Baris 'I-9' tidak ada pada program ini"),
        (Entry("indikator", "P-1", "I-1", {"name": "Baru"}, WHY, "x"), "sudah diubah sejak Anda membukanya"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(store: Engine, entry: Entry, sentence: str) -> None:
    before = plan(store)
    with pytest.raises(EntryRefused) as refused:
        entered(store, entry, by=ANALYST)
    assert sentence in str(refused.value)
    assert plan(store) == before
    assert audited(store) == []


def test_a_change_needs_a_reason_and_something_that_changes(store: Engine) -> None:
    for cells, reason, sentence in (({"name": "Baru"}, "", "Alasan"), ({"name": "Program P-1"}, WHY, "Tidak ada")):
        with pytest.raises(EntryRefused, match=sentence):
            entered(store, changed(store, "program", "P-1", "P-1", cells, reason))


def test_reports_are_no_part_of_the_form_of_an_action(store: Engine) -> None:
    entered(store, changed(store, "aksi", "P-1", "A-1", {"activity": "Kegiatan lain", "progress": "5"}))
    (action, _) = plan(store).actions["P-1"]
    assert (action.activity, action.progress) == ("Kegiatan lain", 100)
