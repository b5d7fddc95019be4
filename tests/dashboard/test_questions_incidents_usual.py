"""What is usual for incidents: limits per day, and kinds so rare that days are counted between them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.u_chart import chart
from dashboard.store.database import reading
from tests.dashboard.incidents_kept import NOW, TODAY, incident, keep

JUST_NOW = NOW - timedelta(minutes=1)
QUARTER = Filters(TODAY - timedelta(days=83), TODAY)


def test_the_limits_of_a_day_come_from_the_whole_days_and_today_has_none(engine: Engine) -> None:
    counts = [3, 5, 4, 2, 6, 4, 3, 5, 4, 4, 3, 5, 4]
    keep(engine, [incident(JUST_NOW - timedelta(days=ago)) for ago, n in enumerate(counts) for _ in range(n)])
    answer = asked(engine, "incidents112.by_day")
    limits = chart(counts[:0:-1], [1.0] * 12)
    assert limits is not None
    assert [(row["low"], row["high"]) for row in answer.rows] == [*limits.limits, (None, None)]
    assert answer.notes[0] == "Pita: batas 3 sigma (Poisson (u), 12 hari)."


def test_fewer_than_twelve_days_have_no_limits(engine: Engine) -> None:
    keep(engine, [incident(JUST_NOW - timedelta(days=ago)) for ago in range(8)])
    answer = asked(engine, "incidents112.by_day")
    assert {row["high"] for row in answer.rows} == {None}
    assert "perlu 12 hari penuh" in answer.notes[0]


@pytest.mark.parametrize(("lately", "verdict"), [(0, "biasa"), (1, "biasa"), (9, "lebih sering dari biasa")])
def test_many_of_a_rare_kind_in_a_week_are_told_with_their_chance(engine: Engine, lately: int, verdict: str) -> None:
    earlier = [incident(JUST_NOW - timedelta(days=ago), category_raw="ULAR") for ago in range(8, 80, 5)]
    recent = [incident(JUST_NOW - timedelta(days=ago % 7), category_raw="ULAR") for ago in range(lately)]
    keep(engine, [*earlier, *recent])
    (row,) = asked(engine, "incidents112.rare").rows
    assert (row["category"], row["recent"], row["verdict"]) == ("Hewan", lately, verdict)
    assert (row["chance"] < 0.135) is (verdict != "biasa")


def test_a_frequent_kind_and_a_sensitive_one_are_not_among_the_rare(engine: Engine) -> None:
    often = [incident(JUST_NOW - timedelta(hours=8 * n)) for n in range(200)]
    keep(engine, [*often, incident(category_raw="KDRT"), incident(NOW - timedelta(days=60), category_raw="ULAR")])
    assert [row["category"] for row in asked(engine, "incidents112.rare").rows] == ["Hewan"]


def asked(engine: Engine, name: str) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, QUARTER, NOW)
