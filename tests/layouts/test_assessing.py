"""The page of one indicator over HTTP: who sees what, who may save, and what is said when not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from dash import Dash
from flask import Flask, g
from sqlalchemy import Engine

from dashboard.editing import assessment_plans as planning
from dashboard.store.assessments import history, keep_values, standing
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from datasources.spbe.instrument_files import instruments
from datasources.spbe.records import AssessedValue
from layouts.access.who import NOT_ALLOWED
from layouts.assessing import indicator
from layouts.assessing.which import which

SPBE = instruments()["SPBE-2020"]
CODE = "SPBE-2020/2025/12"
BUDI = Person(2, "budi", "Kepala Bappeda", "kepala_opd", "Bappeda")
CITRA = Person(3, "citra", "Kepala Dinkes", "kepala_opd", "Dinkes")
ANI, SEKDA = Person(1, "ani", "Ani", "analis"), Person(4, "sekda", "Sekda", "koordinator")
BUPATI, SARI = Person(5, "b", "Bupati", "bupati"), Person(6, "s", "Sari", "supervisor_112")
DRAFT = ("kosong", "draf", "3", "SK Bupati", "https://a.id/1")


class Page:
    """The callbacks of the page, asked as somebody."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.server = engine, Flask("test")
        self.app = Dash("test", server=self.server)
        indicator.register(self.app, engine, frozenset({"demo"}))

    def ask(self, output: str, who: Person | None, *arguments: Any) -> Any:
        callback = next(c for name, c in self.app.callback_map.items() if output in name)["callback"]
        with self.server.test_request_context("/"):
            g.person = who
            return callback.__wrapped__(*arguments)

    def show(self, who: Person | None, code: str = CODE) -> Any:
        return self.ask("assess-page.children", who, code, None)

    def move(self, who: Person | None, seen: str, to: str, *typed: str) -> str:
        sentence, _ = self.ask("assess-said.children", who, 1, CODE, seen, to, *typed)
        return str(sentence.children)

    def plan(self, who: Person | None, *typed: Any) -> str:
        return str(self.ask("plan-said.children", who, 1, CODE, *typed)[0].children)

    def stored(self) -> Any:
        with reading(self.engine) as connection:
            return standing(history(connection, SPBE.id, 2025, 12)).get(12)


@pytest.fixture
def page(engine: Engine) -> Page:
    with writing(engine) as connection:
        plan = planning.checked(SPBE, 12, planning.PlanDraft("Bappeda", "", "", False))
        planning.keep(connection, SPBE, 2025, plan, ANI, datetime.now(UTC))
    return Page(engine)


def test_the_owning_opd_saves_its_draft(page: Page) -> None:
    assert page.move(BUDI, *DRAFT).startswith("Tersimpan")
    assert (page.stored().value, page.stored().by, page.stored().owner) == (3, "Kepala Bappeda", "Bappeda")


@pytest.mark.parametrize("who", [None, CITRA, SEKDA, BUPATI, SARI])
def test_nobody_else_drafts_for_it_whatever_they_send(page: Page, who: Person | None) -> None:
    assert page.move(who, *DRAFT) == NOT_ALLOWED
    assert page.stored() is None


def test_stage_after_stage_by_those_who_may(page: Page) -> None:
    steps = ((BUDI, "kosong", "draf"), (ANI, "draf", "diverifikasi"), (SEKDA, "diverifikasi", "dikirim"),
             (ANI, "dikirim", "dokumen"), (SEKDA, "dokumen", "final"))  # fmt: skip
    for who, seen, to in steps:
        assert page.move(who, seen, to, "4", "", "").startswith("Tersimpan"), to
    assert page.stored().stage == "final"
    assert page.move(SEKDA, "final", "draf", "4", "", "") == "Langkah itu tidak ada dari tahap ini; muat ulang halaman."


def test_the_owner_cannot_verify_its_own_draft(page: Page) -> None:
    page.move(BUDI, *DRAFT)
    assert page.move(BUDI, "draf", "diverifikasi", "5", "", "") == NOT_ALLOWED
    assert page.stored().stage == "draf"


def test_a_stage_that_another_has_moved_meanwhile_is_not_overwritten(page: Page) -> None:
    page.move(BUDI, *DRAFT)
    assert "sementara itu sudah di tahap 'draf OPD'" in page.move(BUDI, *DRAFT)


def test_a_refused_link_keeps_what_was_typed_on_the_screen(page: Page) -> None:
    sentence, kept = page.ask("assess-said.children", BUDI, 1, CODE, *DRAFT[:4], "javascript:alert(1)")
    assert "tidak dapat dipakai" in sentence.children
    assert type(kept).__name__ == "NoUpdate"


@pytest.mark.parametrize(("who", "may"), [(ANI, True), (SEKDA, True), (BUDI, False), (None, False), (BUPATI, False)])
def test_only_those_who_plan_set_owner_and_target(page: Page, who: Person | None, may: bool) -> None:
    said = page.plan(who, "Dinkes", "5", "2", True)
    assert said.startswith("Tersimpan") if may else said == NOT_ALLOWED


def test_a_guest_sees_the_value_and_neither_explanation_nor_form(page: Page) -> None:
    page.move(BUDI, *DRAFT)
    parts, seen, hidden, *rest = page.show(None)
    text = str(parts)
    assert "Nilai 3 (Terdefinisi), tahap draf OPD." in text
    assert "SK Bupati" not in text
    assert "https://a.id/1" not in text
    assert (seen, hidden, rest[-5]) == ("draf", True, True)


def test_the_evidence_is_for_the_owning_opd_and_those_above_it_only(page: Page) -> None:
    page.move(BUDI, *DRAFT)
    for who in (BUDI, ANI, SEKDA, BUPATI):
        assert "https://a.id/1" in str(page.show(who)[0])
        assert "noopener noreferrer" in str(page.show(who)[0])
    parts, _, hidden, *_ = page.show(CITRA)
    assert "Nilai 3 (Terdefinisi), tahap draf OPD." in str(parts)
    assert "https://a.id/1" not in str(parts)
    assert hidden is True


def test_what_a_simulated_source_said_is_marked(page: Page) -> None:
    with writing(page.engine) as connection:
        at = datetime.now(UTC) - timedelta(hours=1)
        keep_values(connection, "demo", [AssessedValue(SPBE.id, 2025, 12, Decimal(4), "final")], at)
    assert "SIMULASI" in str(page.show(None)[0])
    assert "SIMULASI" not in str(Page(page.engine).ask("assess-page.children", None, "SPBE-2020/2025/13", None)[0])


@pytest.mark.parametrize(
    "code", ["", "X/2025/1", "SPBE-2020/2025/48", "SPBE-2020/2030/1", "SPBE-2020/2025/../1", None, 3]
)
def test_an_address_of_no_indicator_says_so(page: Page, code: Any) -> None:
    assert which(code) is None
    assert "Indikator itu tidak ada" in str(page.show(ANI, code)[0])
