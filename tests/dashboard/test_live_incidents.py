"""What the live panels say of incidents: the questions' rules of counting, and no single sensitive case."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.indicators.catalogue.incidents112 import incidents_24h, within_15_min
from dashboard.indicators.indicator import Finding, Formula
from dashboard.indicators.open_incidents import open_now
from dashboard.store.database import reading
from tests.dashboard.incidents_kept import NOW, PACET, incident, keep, minutes

HOUR_AGO = NOW - timedelta(hours=1)


@pytest.mark.parametrize("formula", [open_now, incidents_24h])
def test_pranks_questions_and_cancelled_tickets_are_no_incidents(engine: Engine, formula: Formula) -> None:
    tickets = [incident(HOUR_AGO, class_raw=word) for word in ("PRANK", "Informasi", "tidak darurat", "luar wilayah")]
    no_incidents = [*tickets, incident(HOUR_AGO, cancelled=True)]
    keep(engine, [incident(HOUR_AGO), *no_incidents])
    assert asked(engine, formula).value == 1


def test_what_is_left_out_of_the_fifteen_minutes_is_counted_by_reason(engine: Engine) -> None:
    keep(engine, [incident(arrived=9), incident(arrived=9, class_raw="PRANK"), incident(arrived=9, cancelled=True)])
    found = asked(engine, within_15_min)
    assert found.n == 1
    assert found.detail["remark"] == "2 tiket tidak dihitung"
    assert found.detail["remark_more"] == "1 gangguan (prank, ghost, salah sambung), 1 dibatalkan"


@pytest.mark.parametrize("word", ["KDRT", "AMBULAN", "ORANG GILA BERNAMA SULASTRI"])
def test_a_sensitive_or_unknown_case_is_not_listed_by_kind_and_place(engine: Engine, word: str) -> None:
    keep(engine, [incident(HOUR_AGO, category_raw=word), incident(NOW - minutes(5))])
    found = asked(engine, open_now)
    labels = [row["label"] for row in found.detail["rows"]]
    assert labels == ["Medis, sosial, dan yang belum dipetakan (<3), yang tertua", "Kebakaran · Pacet"]
    assert word.casefold() not in json.dumps(found.detail).casefold()


def test_small_numbers_of_a_category_are_not_told_with_the_day(engine: Engine) -> None:
    keep(engine, [incident(HOUR_AGO, category_raw="KDRT")])
    found = asked(engine, incidents_24h)
    assert "kdrt" not in json.dumps(found.detail).casefold()
    assert found.detail["kecamatan"][PACET] == 1


def test_incidents_without_a_kecamatan_are_said_beside_the_map(engine: Engine) -> None:
    keep(engine, [incident(HOUR_AGO, kecamatan_code=None), incident(HOUR_AGO)])
    assert asked(engine, incidents_24h).detail["remark"] == "+ 1 tanpa kecamatan"


def test_forgotten_tickets_stand_apart(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(hours=25)), incident(HOUR_AGO)])
    found = asked(engine, open_now)
    assert (found.value, found.detail["forgotten"]) == (1, 1)
    assert found.detail["remark"] == "+ 1 tiket terbuka > 24 jam, dihitung tersendiri"


def test_while_nothing_is_open_the_list_says_what_was(engine: Engine) -> None:
    closed = [incident(NOW - timedelta(hours=h), closed=40) for h in (3, 50)]
    keep(engine, [*closed, incident(NOW - timedelta(hours=30))])
    calm = asked(engine, open_now).detail["calm"]
    assert [row["value"] for row in calm] == [1, 1, 3, 1, ""]


def asked(engine: Engine, formula: Formula) -> Finding | Any:
    with reading(engine) as connection:
        return formula(connection, NOW)
