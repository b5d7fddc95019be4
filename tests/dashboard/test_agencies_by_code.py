"""Agencies by code: many spellings are one agency, and what nobody has mapped is counted and not shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading, writing
from dashboard.store.meanings import set_meaning
from tests.dashboard.incidents_kept import NOW, TWO_WEEKS, incident, keep


def test_spellings_of_one_agency_are_one_row(engine: Engine) -> None:
    keep(engine, [incident(opd=word) for word in ("Damkar", "SATPOL PP/DAMKAR", "pemadam  kebakaran")])
    assert agencies(engine) == {"Damkar": 3}


def test_a_word_that_nobody_mapped_is_counted_and_not_shown_until_somebody_does(engine: Engine) -> None:
    keep(engine, [incident(opd="Pak Suwito yang jaga"), incident(opd=None)])
    assert agencies(engine) == {"OPD belum dipetakan": 1, "OPD belum dicatat": 1}
    with writing(engine) as connection:
        set_meaning(connection, "agency", "pak suwito yang jaga", "damkar", "Sari", NOW)
    assert agencies(engine) == {"Damkar": 1, "OPD belum dicatat": 1}


@pytest.mark.parametrize(("account", "seen"), [("dinas kesehatan", 2), ("Dinkes", 2), ("Damkar", 1), ("Entah", 0)])
def test_an_account_sees_its_agency_under_every_spelling(engine: Engine, account: str, seen: int) -> None:
    keep(engine, [incident(opd=word) for word in ("Dinkes", "PSC 119", "Damkar", "tidak dikenal")])
    assert len(asked(engine, "opd112.cases", account).rows) == seen
    assert sum(row["n"] for row in asked(engine, "opd112.waiting", account).rows) == seen


def test_the_case_list_names_no_place_of_a_sensitive_case(engine: Engine) -> None:
    keep(engine, [incident(category_raw="KDRT"), incident()])
    rows = {row["category"]: row["kecamatan"] for row in asked(engine, "opd112.cases", None).rows}
    assert rows == {"Perempuan dan anak": "disamarkan", "Kebakaran": "Pacet"}


def agencies(engine: Engine) -> dict[str, int]:
    return {row["agency"]: row["n"] for row in asked(engine, "incidents112.agencies", None).rows}


def asked(engine: Engine, name: str, account: str | None) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, replace(TWO_WEEKS, opd=account), NOW)
