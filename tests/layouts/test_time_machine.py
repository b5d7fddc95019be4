"""Any page or wall as it was known at a moment: what was known then, in words, and nothing live in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from dash.development.base_component import Component
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import clock
from dashboard.briefings.compose import _link
from dashboard.exploring.asking import Desk
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.alert_state import Alert, Event, Severity, State
from dashboard.formulas.directive_course import Stage, Turn
from dashboard.indicators.assessment_state import newest_state
from dashboard.store import alerts, assessments, directives
from dashboard.store.alerts import Happening, Kept
from dashboard.store.assessments import Entry
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.directives import Directive, TurnTaken
from datasources.spbe.instrument_files import instruments
from layouts.board import Board
from layouts.directives.board_by_opd import as_it_stood
from layouts.exploring.place import answer_id
from layouts.pages import CLOSED, PAGES, UNLISTED
from layouts.pages.page import Page
from layouts.time_machine import replay
from layouts.time_machine.lists import LISTS, NO_ALERTS, alerts_then, directives_then
from layouts.time_machine.machine import MACHINE, TimeMachine
from layouts.time_machine.moment import NoSuchMoment, as_asked, asked_moment
from layouts.time_machine.page import as_known
from layouts.time_machine.still import NO_PAGE
from tests.layouts.past_store import NOON, NOW, at, keep_past, sources_of

PANEL = "tile~calls112.asa~page"


def a_machine(engine: Engine, folder: Path) -> TimeMachine:
    keep_past(engine)
    sources = sources_of(folder)
    return TimeMachine(engine, Board(engine, sources), Desk(engine, sources), LISTS)


@pytest.fixture
def machine(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TimeMachine:
    """On both databases, for what the store must answer."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return a_machine(engine, tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all that is asked over HTTP."""
    folder = tmp_path_factory.mktemp("past")
    engine = open_database(f"sqlite:///{folder / 'store.db'}")
    metadata.create_all(engine)
    server = Flask("test")
    server.extensions[MACHINE] = machine = a_machine(engine, folder)
    replay.register(server, machine)
    yield server
    engine.dispose()


@pytest.fixture
def client(served: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with served.test_request_context("/"):
        yield served.test_client()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-10T12:00", NOON),
        ("2026-11-10T12:00:30", NOON + timedelta(seconds=30)),
        ("2026-11-10T12:00+07:00", NOON),
        ("2026-11-10T12:00 07:00", NOON),
        ("2026-11-10T05:00Z", NOON),
        ("2026-11-10", datetime(2026, 11, 9, 17, tzinfo=UTC)),
    ],
)
def test_a_moment_is_wib_unless_it_names_a_zone(text: str, moment: datetime) -> None:
    assert asked_moment(text, NOW, NOON - timedelta(days=9)) == moment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kemarin", "'kemarin' bukan waktu; tulis seperti 2026-11-10T14:00 (WIB)."),
        ("", "'' bukan waktu"),
        (["2026-11-10", "2026-11-11"], "'' bukan waktu"),
        ("0001-01-01T00:00", "bukan waktu"),
        ("9" * 4000, "9…' bukan waktu"),
        ("2026-11-12T12:01", "Kamis, 12 November 2026 12.01 WIB belum terjadi"),
        ("2026-11-10T11:59", "tidak tercatat; pengukuran pertama Selasa, 10 November 2026 12.00 WIB"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_refused_with_a_sentence(text: object, sentence: str) -> None:
    with pytest.raises(NoSuchMoment) as refused:
        asked_moment(text, NOW, NOON)
    assert sentence in str(refused.value)


def test_what_an_address_carries_is_the_same_moment_again() -> None:
    for moment in (NOON, NOON + timedelta(seconds=7)):
        assert asked_moment(as_asked(moment), NOW, NOON) == moment


def test_a_panel_shows_what_was_known_then_how_fresh_and_how_old_it_was_then(machine: TimeMachine) -> None:
    seen = {}
    for minute in (20, 45, 70, 110):
        found = machine.past(at(minute)).reading("calls112.asa")
        seen[minute] = (str(found.value), str(found.freshness.state), found.sources[0].last_error)
    assert seen == {
        20: ("7", "segar", ""),
        45: ("7", "terlambat", ""),
        70: ("7", "putus", ""),
        110: ("99", "segar", ""),
    }
    _, drawn = machine.past(at(25)).drawing(("tile", "calls112.asa", "page"))
    assert ">7" in drawn
    assert ">15\u00a0mnt<" in drawn
    assert "99" not in drawn


def test_the_replay_answers_panels_of_any_moment_and_never_those_of_now(client: FlaskClient) -> None:
    answer = client.get(f"/then?at=2026-11-10T12:20&panel={PANEL}")
    said = answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert said["said"] == "Seperti diketahui Selasa, 10 November 2026 12.20 WIB"
    assert (said["asked"], list(said["panels"])) == ("2026-11-10T12:20", [PANEL])
    assert ">7" in said["panels"][PANEL]


@pytest.mark.parametrize(
    "query", ["at=besok", "at=2026-11-13T12:00", f"panel={PANEL}", "at=2026-11-10T12:20&panel=tile~tidak.ada~page"]
)
def test_the_replay_refuses_what_it_cannot_show_in_words(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/then?{query}")
    assert answer.status_code == 400
    assert len(answer.get_json()["error"]) > 10


@pytest.mark.parametrize("page", [*PAGES, *UNLISTED, *(page for page, _ in CLOSED)], ids=lambda page: page.name)
def test_no_page_of_the_past_has_anything_that_a_callback_fills(client: FlaskClient, page: Page) -> None:
    shown = as_known(page.layout)(at="2026-11-10T12:20")
    living = [node.id for node in nodes(shown) if getattr(node, "id", None) not in (None, "")]
    assert living, "not even a band"
    assert all(isinstance(name, dict) and name["type"].startswith(("then", "drawn-")) for name in living)
    assert "Seperti diketahui" in str(markups(shown)[0])


def test_a_page_without_a_moment_is_the_page_itself(client: FlaskClient) -> None:
    asked: list[object] = []
    assert as_known(lambda **query: asked.append(query))(bagian="x") is None
    assert asked == [{"bagian": "x"}]


@pytest.mark.parametrize("wrong", ["besok", "2027-01-01T00:00", ["a", "b"]])
def test_a_page_asked_for_no_moment_shows_a_sentence_and_no_panel(client: FlaskClient, wrong: object) -> None:
    shown = as_known(PAGES[0].layout)(at=wrong)
    assert "Tidak dapat ditampilkan" in markups(shown)[0]
    assert len(markups(shown)) == 1


def test_a_page_that_only_knows_today_says_so(client: FlaskClient) -> None:
    by_name = {page.name: page for page in PAGES}
    assert NO_PAGE in texts(as_known(by_name["briefings"].layout)(at="2026-11-10T12:20"))
    said = texts(as_known(by_name["calls112"].layout)(at="2026-11-10T12:20", bagian="panggilan"))
    assert "Tidak dapat ditampilkan seperti diketahui saat itu" in said
    assert "Panggilan per hari" in said or "Panggilan" in said


def test_alerts_are_listed_as_they_stood_with_who_had_taken_them_on_by_then(engine: Engine) -> None:
    alert = Alert(State.CLOSED, Severity.KRITIS, at(90), at(10), raised_at=at(10))
    with writing(engine) as connection:
        number = alerts.begin(connection, Kept(0, "river.level", "", alert, "Tinggi air: 90 cm", "air", "BPBD", False))
        lines = (
            (10, Event.RAISED, State.ACTIVE, "Tinggi air: 150 cm, awas", ""),
            (30, Event.ACCEPTED, State.ACKNOWLEDGED, "Tinggi air: 150 cm, awas", "Sari"),
            (90, Event.CLOSED, State.CLOSED, "Tinggi air: 90 cm", ""),
        )
        alerts.write_down(
            connection, [Happening(number, at(m), e, s, Severity.KRITIS, said, by) for m, e, s, said, by in lines]
        )
    told = {minute: texts(alerts_then(engine, at(minute))) for minute in (5, 20, 40, 100)}
    assert NO_ALERTS in told[5]
    assert "belum diterima" in told[20]
    assert "Sari" not in told[20]
    assert "diterima oleh Sari" in told[40]
    assert NO_ALERTS in told[100]


def test_instructions_stand_at_the_stage_and_with_the_day_they_had_then(engine: Engine) -> None:
    due, later = at(60 * 24), at(60 * 72)
    given = Directive(0, "Tambah ambulans", "Dua unit siaga", "calls112.asa", "Rata-rata: 7 detik", at(0), "Dinkes",
                      later, None, "Bupati", 1, at(0), Stage.DONE, at(90))  # fmt: skip
    with writing(engine) as connection:
        number = directives.add_directive(connection, given)
        for minute, turn, stage, day in (
            (0, Turn.GIVE, Stage.GIVEN, due),
            (10, Turn.ACCEPT, Stage.ACCEPTED, due),
            (20, Turn.ASK_TIME, Stage.TIME_ASKED, later),
            (30, Turn.GRANT_TIME, Stage.ACCEPTED, later),
            (90, Turn.CONFIRM, Stage.DONE, later),
        ):
            directives.add_turn(connection, TurnTaken(number, at(minute), turn, stage, "x", "", "", day))
    with reading(engine) as connection:
        found = {minute: directives.directives_at(connection, at(minute)) for minute in (-1, 5, 25, 40, 100)}
    stood = {m: [(d.stage, d.due_at, d.asked_due_at) for d in then] for m, then in found.items()}
    assert stood == {
        -1: [],
        5: [(Stage.GIVEN, due, None)],
        25: [(Stage.TIME_ASKED, due, later)],
        40: [(Stage.ACCEPTED, later, None)],
        100: [],
    }
    assert "minta tambahan waktu" in texts(directives_then(engine, at(25)))
    assert as_it_stood(found[5][0]) == "/panel?id=calls112.asa&at=2026-11-10T12:00"


def test_values_that_were_entered_later_are_not_in_an_answer_of_the_past(engine: Engine) -> None:
    instrument = next(iter(instruments().values()))
    with writing(engine) as connection:
        for value, minute in (("3", 10), ("5", 100)):
            assessments.append(connection, [
                Entry(instrument.id, 2026, 1, "draf", Decimal(value), "", (), None, "sari", None, None, at(minute))
            ])  # fmt: skip
    told = {}
    for minute in (5, 50, 110):
        with reading(engine) as connection:
            state = newest_state(connection, instrument, at(minute))
        told[minute] = None if state is None else state.values
    assert told == {5: None, 50: {1: Decimal(3)}, 110: {1: Decimal(5)}}


def test_a_question_whose_rows_are_only_added_to_is_answered_as_known_then(client: FlaskClient) -> None:
    by_name = {page.name: page for page in PAGES}
    shown = as_known(by_name["resources"].layout)(at="2026-11-10T12:20")
    assert "Tidak ada angka atau target yang dikoreksi" in texts(shown)
    assert "Koreksi data" not in texts(shown).partition("Tidak dapat ditampilkan")[2]


def test_charts_of_112_are_answered_of_then_and_those_that_cannot_be_are_named(client: FlaskClient) -> None:
    by_name = {page.name: page for page in PAGES}
    shown = texts(as_known(by_name["calls112"].layout)(at="2026-11-10T12:20", bagian="panggilan"))
    named = shown.partition("Tidak dapat ditampilkan seperti diketahui saat itu")[2]
    assert QUESTIONS["calls112.repeat_callers"].title in named
    assert QUESTIONS["calls112.by_day"].title not in named
    assert QUESTIONS["calls112.by_day"].title in shown


def test_charts_of_every_family_are_answered_of_then(client: FlaskClient) -> None:
    by_name = {page.name: page for page in PAGES}
    for name in ("environment", "hazards", "resources", "services", "masterplan", "opd", "readiness"):
        shown = texts(as_known(by_name[name].layout)(at="2026-11-10T12:20"))
        assert "Tidak dapat ditampilkan" not in shown, name


def test_a_page_about_one_opd_or_station_is_about_it_then_too(client: FlaskClient) -> None:
    pages = {page.name: page for page in (*PAGES, *UNLISTED)}
    office = texts(as_known(pages["opd"].layout)(at="2026-11-10T12:20", opd="Dinas Uji"))
    station = markups(as_known(pages["station"].layout)(at="2026-11-10T12:20", id="sensor/pacet"))
    assert "Dinas Uji" in office
    assert "pilih satu OPD" not in office
    assert any("stasiun sensor/pacet" in drawn for drawn in station)


def test_what_cannot_be_put_back_has_its_reason_beside_it(client: FlaskClient) -> None:
    by_name = {page.name: page for page in PAGES}
    shown = texts(as_known(by_name["calls112"].layout)(at="2026-11-10T12:20", bagian="panggilan"))
    assert "(kode penelepon dihapus setelah 72 jam)" in shown


def test_the_past_of_the_desk_is_as_closed_to_a_guest_as_its_present(machine: TimeMachine) -> None:
    with Flask("test").test_request_context("/"), machine.lists(at(20)) as lists:
        queue = lists[str(answer_id("desk112.queue_now"))]()
        by_day = lists[str(answer_id("calls112.by_day"))]()
    assert getattr(queue, "className", "") == "door"
    assert "Tidak ada panggilan tercatat dalam masa ini." in texts(by_day)


def test_the_square_of_the_briefing_lands_on_the_moment_its_figures_were_known() -> None:
    as_of = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    link = urlsplit(_link("https://pk.contoh.go.id/", as_of))
    assert (link.path, asked_moment(parse_qs(link.query)["at"][0], NOW + timedelta(days=30), NOON)) == ("/", as_of)


def nodes(tree: object) -> list[Component]:
    roots = tree if isinstance(tree, list) else [tree]
    return [
        n
        for root in roots
        if isinstance(root, Component)
        for n in (root, *root._traverse())
        if isinstance(n, Component)
    ]


def markups(tree: object) -> list[str]:
    return [node.markup for node in nodes(tree) if hasattr(node, "markup")]


def texts(tree: object) -> str:
    """Every word of a tree of components."""
    words = []
    for node in nodes(tree):
        children = getattr(node, "children", None)
        words += [child for child in (children if isinstance(children, list) else [children]) if isinstance(child, str)]
    return " ".join(words)
