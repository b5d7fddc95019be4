"""The page of one programme: everybody reads it, its OPD enters, and a hand-made request gets no further."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import Dash
from flask import Flask, g
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import Engine

from dashboard import clock
from dashboard.indicators.standing_plan import standing_plan
from dashboard.store import audit
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.who import NOT_ALLOWED
from layouts.masterplan import programme, workbook_file
from layouts.masterplan.form import FIELDS, NEEDS, OPTIONAL, hidden_fields
from tests.dashboard.masterplan_kept import ANALYST, HEAD, NOW, action, document, indicator, other, small_plan
from tests.dashboard.masterplan_kept import programme as programme_of
from tests.dashboard.resources_kept import kept

STRANGER = Person(3, "citra", "Kepala DLH", "kepala_opd", "DLH")
REGENT, DESK = Person(4, "b", "Bupati", "bupati"), Person(5, "s", "Sari", "supervisor_112")
REPORT = {"kind": "realisasi", "row": "I-4", "year": "2026", "period": "TW3", "value": "30", "day": "2026-11-20"}


class Page:
    """The callbacks of the page, asked as somebody."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.server = engine, Flask("test")
        self.app = Dash("test", server=self.server)  # type: ignore[arg-type]
        programme.register(self.app, engine, ())

    def ask(self, output: str, who: Person | None, *arguments: Any) -> Any:
        callback = next(c for name, c in self.app.callback_map.items() if output in name)["callback"]
        with self.server.test_request_context("/"):
            g.person = who
            return callback.__wrapped__(*arguments)

    def show(self, who: Person | None, code: str = "P-1") -> Any:
        return self.ask("plan-page.children", who, code, None)

    def save(self, who: Person | None, code: str = "P-1", **typed: str) -> str:
        outcome, _ = self.ask("plan-edit-said.children", who, 1, code, *(typed.get(name) for name in FIELDS))
        return str(outcome.children)

    def told(self) -> Any:
        with reading(self.engine) as connection:
            plan = standing_plan(connection, NOW)
        assert plan is not None
        return plan.realised.get(("I-4", (2026, "TW3")))


@pytest.fixture
def page(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    kept(engine, small_plan())
    return Page(engine)


@pytest.mark.parametrize("who", [HEAD, ANALYST])
def test_its_opd_and_the_analyst_report(page: Page, who: Person) -> None:
    assert page.save(who, **REPORT).startswith("Tersimpan")
    assert page.told().value == 30


@pytest.mark.parametrize(
    ("who", "said"),
    [(None, NOT_ALLOWED), (REGENT, NOT_ALLOWED), (DESK, NOT_ALLOWED), (STRANGER, "milik Dinkes")],
)
def test_nobody_else_does_whatever_they_send(page: Page, who: Person | None, said: str) -> None:
    assert said in page.save(who, **REPORT)
    assert page.told() is None
    with reading(page.engine) as connection:
        assert audit.entries(connection) == []


@pytest.mark.parametrize(("who", "hidden"), [(None, True), (STRANGER, True), (REGENT, True), (HEAD, False)])
def test_the_form_shows_to_those_who_may(page: Page, who: Person | None, hidden: bool) -> None:
    shown, is_hidden, years, year = page.show(who)
    assert (is_hidden, years[0], years[-1], year) == (hidden, "2024", "2028", "2026")
    words = text(shown)
    for said in (
        "Program P-1",
        "Sesuai rencana",
        "tidak dapat dihitung: targetnya 0",
        "85,0",
        "dari 2 dari 4 indikator",
    ):
        assert said in words


def test_what_was_ended_is_shown_with_its_last_day_and_judged_no_more(page: Page) -> None:
    until, late = date(2026, 10, 31), date(2027, 10, 31)
    before = [programme_of("P-1"), indicator("I-1", "P-1"), action("A-1", "P-1", date(2025, 6, 30), 100)]
    told = small_plan()
    for one, day in zip(before, (late, until, until), strict=True):
        told = other(told, one, replace(one, valid_until=day))
    kept(page.engine, told)
    words = text(page.show(None)[0])
    assert "2024–2028, berlaku sampai 31-10-2027" in words
    assert "Indikator I-1 (%, naik, berakhir 31-10-2026)" in words
    assert "Kegiatan A-1, berakhir 31-10-2026" in words
    assert "Yang dinilai sekarang · 3 indikator" in words


def test_an_example_says_so_beside_its_name(page: Page) -> None:
    assert "CONTOH" not in text(page.show(None)[0])
    kept(page.engine, other(small_plan(), document(), document(standing="contoh")))
    assert "CONTOH" in text(page.show(None)[0])


@pytest.mark.parametrize("code", ["P-9", "", None, 7, "P-1' OR 1=1"])
def test_a_programme_that_is_not_there_is_said_to_be_none(page: Page, code: Any) -> None:
    shown, is_hidden, _, _ = page.show(ANALYST, code)
    assert "tidak ada dalam masterplan" in text(shown)
    assert is_hidden


def test_markup_in_a_name_stays_text(page: Page) -> None:
    evil = "<img src=x onerror=alert(1)>"
    kept(page.engine, other(small_plan(), indicator("I-1", "P-1"), indicator("I-1", "P-1", unit=evil)))
    assert evil in text(page.show(None)[0])  # a string child of a component: React writes it as text
    assert "dangerously" not in text(page.show(None)[0])


def test_the_form_asks_only_for_what_an_entry_takes(page: Page) -> None:
    for kind, needs in NEEDS.items():
        assert [name for name, hidden in zip(OPTIONAL, hidden_fields(kind), strict=True) if not hidden] == [*needs]
    rows, first, *_ = page.ask("plan-edit-row.options", HEAD, "aksi", "P-1")
    assert ([row["value"] for row in rows], first) == (["A-1", "A-2"], "A-1")
    assert page.ask("plan-edit-row.options", None, "aksi", "P-1")[0] == []


@pytest.mark.parametrize(("who", "status"), [(None, 403), (REGENT, 403), (HEAD, 200), (ANALYST, 200)])
def test_the_filled_workbook_goes_to_those_who_may_edit(page: Page, who: Person | None, status: int) -> None:
    server = Flask("test")
    workbook_file.register(server, page.engine)

    @server.before_request
    def identify() -> None:
        g.person = who

    answer = server.test_client().get(workbook_file.PATH)
    assert answer.status_code == status
    assert (answer.data[:2] == b"PK") is (status == 200)


def text(components: Any) -> str:
    """What is sent to the browser."""
    return json.dumps(components, cls=PlotlyJSONEncoder, ensure_ascii=False)
