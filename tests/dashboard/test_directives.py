"""An instruction from the regent to an OPD and back: what each may do, what is kept, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dashboard.directives.taking_turns import Draft, give, sides, take
from dashboard.editing.entry import EntryRefused
from dashboard.formulas.directive_course import GIVER, OPD, Stage, Turn
from dashboard.indicators.catalogue.directives import open_now
from dashboard.store import audit, directives
from dashboard.store.database import reading, writing
from dashboard.store.directives import Directive
from dashboard.store.people import Person
from tests.builders import NOW
from tests.builders import reading as a_panel

REGENT = Person(1, "bupati", "Bupati", "bupati")
HEAD = Person(2, "dinkes", "Kepala Dinkes", "kepala_opd", "Dinkes")
OTHER = Person(3, "dlh", "Kepala DLH", "kepala_opd", "DLH")
ANALYST = Person(4, "sari", "Sari", "analis")
DRAFT = Draft("Tambah ambulans siaga di Pacet", "Dua unit siaga 24 jam di Pacet", "Dinkes", "2026-12-01")
DAY = timedelta(days=1)


def given(engine: Engine, draft: Draft = DRAFT) -> int:
    with writing(engine) as connection:
        return give(connection, draft, a_panel(), REGENT, NOW)


def turn(engine: Engine, number: int, what: Turn, by: Person, **more: object) -> Stage:
    with writing(engine) as connection:
        return take(connection, number, what, by, NOW + timedelta(hours=1), **more)


def one(engine: Engine, number: int) -> Directive:
    with reading(engine) as connection:
        found = directives.directive(connection, number)
    assert found is not None
    return found


def test_an_instruction_is_tied_to_the_panel_as_it_stood_and_to_the_end_of_its_day(engine: Engine) -> None:
    found = one(engine, given(engine))
    assert found.as_it_stood == "Terjawab ≤ 15 detik: 93,1 %, normal, data segar"
    assert (found.seen_at, found.opd, found.given_by, found.stage) == (NOW, "Dinkes", "Bupati", Stage.GIVEN)
    assert found.due_at.isoformat() == "2026-12-01T17:00:00+00:00"


def test_the_whole_way_with_more_time_evidence_and_a_return_is_kept_in_its_history(engine: Engine) -> None:
    number = given(engine)
    for what, by, more in [
        (Turn.ACCEPT, HEAD, {}),
        (Turn.PROGRESS, HEAD, {"words": "Satu unit sudah di Pacet"}),
        (Turn.ASK_TIME, HEAD, {"words": "Menunggu sopir baru", "due_day": "2026-12-10"}),
        (Turn.GRANT_TIME, REGENT, {}),
        (Turn.REPORT_DONE, HEAD, {"words": "Dua unit siaga penuh", "evidence": "https://drive.contoh.go.id/a"}),
        (Turn.RETURN, REGENT, {"words": "Jadwal malam belum ada"}),
        (Turn.REPORT_DONE, HEAD, {"words": "Jadwal malam terlampir", "evidence": "/laporan/jadwal"}),
        (Turn.CONFIRM, REGENT, {}),
    ]:
        turn(engine, number, what, by, **more)
    with reading(engine) as connection:
        lines = directives.turns_of(connection, number)
        log = audit.entries(connection)
        assert directives.directives_of(connection) == []
    assert [line.turn for line in lines][:3] == [Turn.GIVE, Turn.ACCEPT, Turn.PROGRESS]
    assert (lines[-2].words, lines[-2].evidence) == ("Jadwal malam terlampir", "/laporan/jadwal")
    assert one(engine, number).due_at.isoformat() == "2026-12-10T17:00:00+00:00"
    assert log[0].about == f"nomor {number}: menyatakan selesai"
    assert "Pacet" not in str(log)


@pytest.mark.parametrize(
    ("by", "what", "sentence"),
    [
        (OTHER, Turn.ACCEPT, "Hanya OPD yang dapat menerima"),
        (REGENT, Turn.ACCEPT, "Hanya OPD yang dapat menerima"),
        (ANALYST, Turn.WITHDRAW, "Hanya pemberi yang dapat membatalkan"),
        (HEAD, Turn.CONFIRM, "tidak dapat menyatakan selesai"),
    ],
)
def test_nobody_takes_a_turn_that_is_not_theirs(engine: Engine, by: Person, what: Turn, sentence: str) -> None:
    number = given(engine)
    with pytest.raises(EntryRefused, match=sentence):
        turn(engine, number, what, by, words="alasan yang panjang")
    assert one(engine, number).stage is Stage.GIVEN


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"what": "ayo"}, "Arahan 'ayo' 3 huruf; yang benar 10 sampai 300"),
        ({"done_means": ""}, "Selesai berarti '' 0 huruf"),
        ({"opd": ""}, "OPD '' tidak dikenal"),
        ({"due_day": "besok"}, "Tenggat 'besok' bukan tanggal"),
        ({"due_day": "2026-11-22"}, "harus dari 2026-11-23 sampai"),
    ],
)
def test_an_instruction_that_says_too_little_is_refused(engine: Engine, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(EntryRefused, match=sentence):
        given(engine, replace(DRAFT, **change))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "//jahat.example/x",
        "/\\jahat.example",
        "data:text/html,x",
        "https://u:p@x/",
        "",
        "x" * 600,
    ],
)
def test_evidence_is_a_link_that_cannot_run_a_script(engine: Engine, link: str) -> None:
    number = given(engine)
    turn(engine, number, Turn.ACCEPT, HEAD)
    with pytest.raises(EntryRefused, match="Tautan bukti"):
        turn(engine, number, Turn.REPORT_DONE, HEAD, words="Dua unit siaga penuh", evidence=link)


def test_more_time_must_be_later_and_a_refusal_leaves_the_day(engine: Engine) -> None:
    number = given(engine)
    with pytest.raises(EntryRefused, match="tidak sesudah tenggat sekarang"):
        turn(engine, number, Turn.ASK_TIME, HEAD, words="Menunggu sopir baru", due_day="2026-12-01")
    turn(engine, number, Turn.ASK_TIME, HEAD, words="Menunggu sopir baru", due_day="2026-12-10")
    turn(engine, number, Turn.REFUSE_TIME, REGENT, words="Warga tidak dapat menunggu")
    found = one(engine, number)
    assert (found.stage, found.due_at.isoformat()) == (Stage.ACCEPTED, "2026-12-01T17:00:00+00:00")


def test_the_regent_stands_for_the_giver_whoever_gave_it(engine: Engine) -> None:
    found = replace(one(engine, given(engine)), giver=99)
    assert sides(found, REGENT) == {GIVER}
    assert sides(found, HEAD) == {OPD}
    assert sides(found, OTHER) == frozenset()


def test_what_is_overdue_stands_first_and_marks_the_panel(engine: Engine) -> None:
    with reading(engine) as connection:
        assert open_now(connection, NOW).band == "Tidak ada yang terbuka"
    given(engine)
    given(engine, replace(DRAFT, opd="DLH", what="Angkut sampah di Mojosari", due_day="2026-11-24"))
    with reading(engine) as connection:
        early = open_now(connection, NOW)
        late = open_now(connection, NOW + 2 * DAY)
    assert (early.value, early.band) == (2, "Semua dalam tenggat")
    assert (late.band, late.detail["overdue"]) == ("Ada yang lewat tenggat", 1)
    assert late.detail["rows"][0] == {
        "label": "DLH: Angkut sampah di Mojosari", "value": "lewat tenggat", "status": "waspada",
    }  # fmt: skip
