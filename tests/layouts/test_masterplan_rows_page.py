"""The form of a row of the masterplan: made of the sheet's declaration, shown to its owner, refused by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from dash import Dash
from flask import Flask, g
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import Engine

from dashboard import clock
from dashboard.editing.plan_sheets import SHEETS, rows_of, seen_as
from dashboard.indicators.standing_plan import standing_plan
from dashboard.store import audit
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.who import NOT_ALLOWED, STORE
from layouts.masterplan import rows
from layouts.masterplan.row_words import row_address
from layouts.pages import masterplan, plan_rows
from tests.dashboard.masterplan_kept import ANALYST, HEAD, NOW, document, other, small_plan
from tests.dashboard.resources_kept import kept
from tests.dashboard.test_masterplan_rows import INDICATOR, NEW

STRANGER = Person(3, "citra", "Kepala DLH", "kepala_opd", "DLH")
REGENT = Person(4, "b", "Bupati", "bupati")
WHY = "Rapat evaluasi menaikkan target"


class Form:
    """The callbacks of the page, asked as somebody."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.server = engine, Flask("test")
        self.server.extensions[STORE] = engine
        self.app = Dash("test", server=self.server)  # type: ignore[arg-type]
        rows.register(self.app, engine)

    def ask(self, output: str, who: Person | None, *arguments: Any) -> Any:
        callback = next(c for name, c in self.app.callback_map.items() if output in name)["callback"]
        with self.server.test_request_context("/"):
            g.person = who
            return callback.__wrapped__(*arguments)

    def show(self, who: Person | None, **which: Any) -> Any:
        return self.ask("plan-row-head.children", who, which, None)

    def save(self, who: Person | None, which: Any, cells: Any, reason: Any = "", seen: Any = "") -> str:
        names, values = [{"type": "plan-cell", "name": name} for name in cells], [*cells.values()]
        outcome, _ = self.ask("plan-row-said.children", who, 1, which, seen, reason, names, values)
        return text(outcome)

    def refusals(self) -> list[tuple[str, str, str]]:
        with reading(self.engine) as connection:
            return [(e.who, e.what, e.about) for e in audit.entries(connection, wanted=audit.Wanted(outcome="ditolak"))]

    def seen(self, sheet: Any, programme: str, place: int = 0) -> str:
        with reading(self.engine) as connection:
            return seen_as(SHEETS[sheet], rows_of(connection, sheet, programme, NOW)[place])


@pytest.fixture
def form(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Form:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    kept(engine, small_plan())
    return Form(engine)


@pytest.mark.parametrize(
    ("who", "hidden"), [(None, True), (REGENT, True), (STRANGER, True), (HEAD, False), (ANALYST, False)]
)
@pytest.mark.parametrize("sheet", [*SHEETS])
def test_each_sheet_of_a_programme_shows_to_its_owner(form: Form, who: Person | None, hidden: bool, sheet: str) -> None:
    _, cells, is_hidden, _, _, _ = form.show(who, lembar=sheet, kode="P-1")
    assert is_hidden is hidden
    headings = [one.heading for one in SHEETS[sheet].fields()]  # type: ignore[index]
    assert [heading in text(cells) for heading in headings] == [not hidden] * len(headings)


def test_a_new_programme_of_a_head_is_its_own_and_an_analyst_names_the_owner(form: Form) -> None:
    own, free = (text(form.show(who, lembar="program")[1]) for who in (HEAD, ANALYST))
    assert '"value": "Dinkes"' in own
    assert own.count('"readonly": true') == 1
    assert '"readonly": true' not in free


def test_without_a_masterplan_in_force_there_is_nothing_to_add_to(form: Form) -> None:
    kept(form.engine, other(small_plan(), document(), document(valid_until=date(2025, 12, 31))))
    _, cells, hidden, said, _, _ = form.show(ANALYST, lembar="program")
    assert (cells, hidden) == ([], True)
    assert "Belum ada masterplan yang berlaku" in text(said)


def test_what_is_changed_is_shown_as_it_is_typed_and_its_key_stays(form: Form) -> None:
    head, cells, _, there, seen, _ = form.show(HEAD, lembar="target", kode="P-1", baris="I-2|2026")
    assert "Ubah target" in text(head)
    assert text(cells).count('"readonly": true') == 2
    assert '"value": "20"' in text(cells)
    assert "sedang diubah" in text(there)
    assert seen == form.seen("target", "P-1", 1)


def test_an_owner_adds_a_programme_and_is_led_to_its_page(form: Form) -> None:
    said = form.save(HEAD, {"lembar": "program"}, NEW)
    assert "Tersimpan" in said
    assert "/masterplan/program?kode=P-9" in said
    assert "P-9" in text(form.show(HEAD, lembar="indikator", kode="P-9")[0])


@pytest.mark.parametrize(("who", "said"), [(None, NOT_ALLOWED), (REGENT, NOT_ALLOWED), (STRANGER, "milik Dinkes")])
@pytest.mark.parametrize("which", [{"lembar": "indikator", "kode": "P-1"}, {"lembar": "program", "kode": "P-1"}])
def test_a_payload_made_by_hand_gets_nobody_else_in(form: Form, who: Person | None, said: str, which: Any) -> None:
    cells = INDICATOR if which["lembar"] == "indikator" else {"name": "Milik kami"}
    assert said in form.save(who, which, cells, WHY, form.seen("program", "P-1"))
    with reading(form.engine) as connection:
        plan = standing_plan(connection, NOW)
    assert plan is not None
    assert (plan.programmes["P-1"].name, len(plan.indicators["P-1"])) == ("Program P-1", 4)


def test_the_audit_shows_whose_programme_another_opd_reached_for(form: Form) -> None:
    form.save(STRANGER, {"lembar": "indikator", "kode": "P-1"}, INDICATOR)
    assert form.refusals() == [("citra", "perubahan", "Program P-1 milik Dinkes; OPD pemiliknya yang mengubahnya.")]
    form.save(HEAD, {"lembar": "indikator", "kode": "P-1"}, {**INDICATOR, "name": ""})
    assert len(form.refusals()) == 1  # a wrong cell is no attempt


@pytest.mark.parametrize("which", [None, "x", 7, [], {}, {"lembar": "x"}, {"lembar": ["aksi"], "kode": {"a": 1}}])
def test_nonsense_is_refused_in_words(form: Form, which: Any) -> None:
    assert "tidak ada" in form.save(HEAD, which, {"name": "x"}, WHY)
    assert form.ask("plan-row-head.children", HEAD, which, None)[2] is True


def test_markup_in_a_cell_stays_text(form: Form) -> None:
    evil = "<img src=x onerror=alert(1)>"
    form.save(HEAD, {"lembar": "program"}, {**NEW, "name": evil})
    shown = text(form.show(HEAD, lembar="program", kode="P-9")[1])
    assert evil in shown  # the value of an input: React writes it as text
    assert "dangerously" not in shown


@pytest.mark.parametrize(("who", "there"), [(None, False), (REGENT, False), (HEAD, True), (ANALYST, True)])
def test_the_way_to_a_new_programme_shows_to_those_who_may(form: Form, who: Person | None, there: bool) -> None:
    with form.server.test_request_context("/"):
        g.person = who
        shown = text(masterplan.PAGE.layout(bagian="program"))
    assert (row_address("program") in shown) is there


def test_the_page_of_a_new_programme_has_no_other_sheets_yet() -> None:
    assert "Lembar" not in text(plan_rows.PAGE.layout())
    assert text(plan_rows.PAGE.layout(lembar="target", kode="P-1")).count("part chosen") == 1


def text(components: Any) -> str:
    """What is sent to the browser."""
    return json.dumps(components, cls=PlotlyJSONEncoder, ensure_ascii=False)
