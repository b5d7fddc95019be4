"""What must be done: Mojokerto 2024 to Memuaskan from published values and from entered ones, and Pemdi."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import last_days
from dashboard.exploring.question import Answer
from dashboard.exploring.spbe.plan_answers import questions
from dashboard.exploring.spbe.plan_problem import starting, tied
from dashboard.exploring.spbe.plan_request import PlanRequest, request_of
from dashboard.exploring.spbe.plan_words import step_words
from dashboard.planning.cheapest import cheapest, plans
from dashboard.planning.ladder import Rung, steps_up
from dashboard.planning.problem import Problem
from dashboard.store.assessment_plans import IndicatorPlan, set_plan
from dashboard.store.assessments import keep_values
from dashboard.store.database import reading, writing
from dashboard.store.published_results import keep_results
from datasources.spbe.instrument import Requirement
from datasources.spbe.instrument_files import instruments
from datasources.spbe.published import PublishedResults
from datasources.spbe.records import AssessedValue

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
TODAY = last_days(1, NOW.date())
SPBE, PEMDI = instruments()["SPBE-2020"], instruments()["PEMDI-2026"]
D1, D2, D3, A7, A8 = (Fraction(w) for w in ("1.3", "2.5", "1.5", "2.75", "3"))
SUMS_2024 = ((1, 10, 45), (11, 20, 38), (21, 31, 31), (32, 41, 48), (42, 47, 28))
TWO_STEPS = [{D2, D3}, {A7, D3}, {A8, D1}]
"""The two-step sets of the worked example; 3 x D3 is the three-step one."""


def test_the_published_values_give_the_two_step_sets_and_none_cheaper(engine: Engine) -> None:
    with writing(engine) as connection:
        publish(connection)
        start = starting(connection, request_of({"dari": "terbit", "sasaran": "Memuaskan"}))
    assert start.indices == (Fraction("4.16"), Fraction("4.1625"))
    assert start.up.needed == 4
    found = list(plans(start.up, 60))
    two = [{s.gain for s in p.steps} for p in found if p.cost == 2]
    assert min(p.cost for p in found) == 2
    for wanted in TWO_STEPS:
        assert wanted in two
    assert len(two) == 10
    assert [D3] * 3 in [[s.gain for s in p.steps] for p in found if p.cost == 3]
    exact = next(p for p in found if {s.gain for s in p.steps} == {D2, D3})
    assert exact.spare == 0


def test_no_single_level_is_enough_and_no_other_pair(engine: Engine) -> None:
    weights, pairs = (D1, D2, D3, A7, A8), 0
    for one in weights:
        assert one < 4
        pairs += sum(one + other >= 4 and one <= other for other in weights)
    assert pairs == 11  # of which 2 x A8 has no room in one reading of the published values


def test_entered_levels_of_2024_reach_memuaskan_with_two_levels(engine: Engine) -> None:
    answer = planned(engine, {"sasaran": "Memuaskan"}, "langkah")
    said = " ".join(answer.notes)
    assert "kurang 4,00 poin" in said
    assert "2 langkah, upaya 2" in said
    assert "Cadangan predikat Sangat Baik: 66,00 poin" in said
    assert len(answer.rows) == 2


def test_what_is_pinned_blocked_or_dear_changes_the_plan(engine: Engine) -> None:
    pinned = planned(engine, {"sasaran": "Memuaskan", "pin": "21"}, "langkah")
    assert any(str(row["what"]).startswith("21 ") for row in pinned.rows)
    without = planned(engine, {"sasaran": "Memuaskan", "tanpa": ",".join(map(str, range(11, 48)))}, "langkah")
    assert all(int(str(row["what"]).split()[0]) <= 10 for row in without.rows)
    assert len(without.rows) == 4
    dear = planned(engine, {"sasaran": "Memuaskan", "upaya": ",".join(f"{n}:9" for n in range(32, 48))}, "langkah")
    assert all(int(str(row["what"]).split()[0]) < 32 for row in dear.rows)


def test_what_somebody_planned_as_impossible_is_left_out_unless_it_is_pinned(engine: Engine) -> None:
    with writing(engine) as connection:
        enter(connection)
        for number in range(1, 48):
            if number not in (21, 22, 23):
                plan = IndicatorPlan(number, blocked=True)
                set_plan(connection, SPBE.id, 2024, plan, "Ani", NOW)
        start = starting(connection, request_of({"sasaran": "Memuaskan"}))
        plan_found = cheapest(start.up)
        assert plan_found is not None
        assert {s.item for s in plan_found.steps} <= {21, 22, 23}
        pinned = starting(connection, request_of({"sasaran": "Memuaskan", "pin": "47"}))
        again = cheapest(pinned.up)
        assert again is not None
        assert 47 in {s.item for s in again.steps}


def test_a_target_out_of_reach_says_how_far_one_comes(engine: Engine) -> None:
    answer = planned(engine, {"sasaran": "Memuaskan", "tanpa": ",".join(map(str, range(1, 47)))}, "langkah")
    assert answer.rows == []
    assert "Tidak tercapai tahun ini" in answer.notes[1]
    assert "masih kurang 1,00 poin" in answer.notes[1]


def test_a_target_that_is_reached_says_so(engine: Engine) -> None:
    answer = planned(engine, {"sasaran": "Baik"}, "langkah")
    assert "sudah tercapai, 156,00 poin di atas batas" in answer.notes[0]
    assert answer.rows == []


def test_pemdi_is_planned_in_parts_of_a_level_and_checked_exactly(engine: Engine) -> None:
    with writing(engine) as connection:
        values = [AssessedValue(PEMDI.id, 2026, n, Decimal("1.26")) for n in PEMDI.indicators]
        keep_values(connection, "buku", values, NOW)
        start = starting(connection, request_of({"instrumen": "PEMDI-2026", "sasaran": "Cukup"}))
        plan = cheapest(start.up)
    assert plan is not None
    assert start.up.needed == 24
    assert ({s.item for s in plan.steps}, plan.cost, plan.spare) == ({20}, Fraction("1.74"), Fraction("2.1"))
    assert start.indices[0] + plan.gain / 100 >= Fraction("1.5")


def test_what_comes_as_a_class_of_another_index_climbs_a_whole_class(engine: Engine) -> None:
    with writing(engine) as connection:
        values = [AssessedValue(PEMDI.id, 2026, n, Decimal("1.5")) for n in PEMDI.indicators]
        keep_values(connection, "buku", values, NOW)
        start = starting(connection, request_of({"instrumen": "PEMDI-2026", "sasaran": "Baik"}))
    reached = {n: [s.key for s in start.up.steps if s.item == n][:2] for n in (1, 5, 6, 7)}
    assert reached == {1: ["1:2", "1:2.5"], 5: ["5:2", "5:3"], 6: ["6:2", "6:3"], 7: ["7:2", "7:3"]}


def test_how_far_a_step_goes_and_why_stands_below_the_plan(engine: Engine) -> None:
    assert step_words(PEMDI) == (
        "Satu langkah = 0,5 level (pilihan lokal; cara asesor membagi satu level belum diterbitkan). "
        "Indikator 5, 6, 7: 1 level sekali naik, karena nilainya kelas dari indeks luar. "
        "Nilai di antara dua langkah naik dahulu ke langkah berikutnya, dengan upaya sebanding."
    )
    assert step_words(SPBE) in planned(engine, {"sasaran": "Memuaskan"}, "langkah").notes


def test_an_indicator_that_presupposes_another_brings_its_steps_along() -> None:
    """12 cannot reach 5 before 11 stands at 4; 13 presupposes what already stands."""
    rungs = [Rung(n, Decimal(v), Decimal("2.50"), Fraction(1), 2) for n, v in ((11, 2), (12, 4), (13, 4), (14, 5))]
    ties = [Requirement(12, Decimal(5), 11, Decimal(4), "U"), Requirement(13, Decimal(5), 14, Decimal(5), "U")]
    steps = tied(steps_up(rungs, Decimal(5)), ties)
    plan = cheapest(Problem(steps, Fraction(0), pinned=frozenset({"12:5"})))
    assert plan is not None
    assert {s.key for s in plan.steps} == {"11:3", "11:4", "12:5"}
    alone = cheapest(Problem(steps, Fraction(0), pinned=frozenset({"13:5"})))
    assert alone is not None
    assert {s.key for s in alone.steps} == {"13:5"}
    assert cheapest(Problem(steps, Fraction(0), pinned=frozenset({"12:5"}), excluded=frozenset({11}))) is None


@pytest.mark.parametrize("asked", [{}, {"instrumen": "PEMDI-2026"}, {"dari": "terbit"}])
def test_without_values_the_plan_says_what_is_missing(engine: Engine, asked: dict[str, str]) -> None:
    with reading(engine) as connection:
        for question in questions(request_of(asked)).values():
            answer = question.ask(connection, TODAY, NOW)
            assert "belum" in answer.missing


def test_an_incomplete_year_names_the_indicators_that_are_missing(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", [AssessedValue(SPBE.id, 2024, n, Decimal(3)) for n in range(1, 46)], NOW)
        answer = questions(request_of({}))["langkah"].ask(connection, TODAY, NOW)
    assert answer.missing == "2 indikator tahun 2024 belum diisi (46, 47); isi dahulu"


@pytest.mark.parametrize(
    "asked",
    [
        {
            "instrumen": "SPBE-2020",
            "dari": "isian",
            "sasaran": "Memuaskan",
            "pin": "3,12",
            "tanpa": "7",
            "upaya": "12:1.5",
        },
        {"instrumen": "PEMDI-2026", "dari": "terbit", "sasaran": "Cukup"},
    ],
)
def test_an_address_asks_for_the_same_plan_again(asked: dict[str, str]) -> None:
    from urllib.parse import parse_qsl

    first = request_of(asked)
    assert request_of(dict(parse_qsl(first.query()))) == first
    assert dict(parse_qsl(first.query())) == asked


@pytest.mark.parametrize(
    "asked",
    [{"instrumen": "X"}, {"sasaran": "Kurang"}, {"pin": "0,99,a;--"}, {"upaya": "12:0,12:-1,99:2,x"}, {"tanpa": "<b>"}],
)
def test_an_address_that_makes_no_sense_asks_for_the_usual_plan(asked: dict[str, str]) -> None:
    assert request_of(asked) == PlanRequest("SPBE-2020", "isian", "Memuaskan")


def planned(engine: Engine, asked: dict[str, str], part: str) -> Answer:
    with writing(engine) as connection:
        enter(connection)
        return questions(request_of(asked))[part].ask(connection, TODAY, NOW)


def publish(connection: object) -> None:
    for batch in PublishedResults().fetch({}):
        keep_results(connection, "terbit", batch.records, NOW)  # type: ignore[arg-type]


def enter(connection: object) -> None:
    """Levels with the sums of the 2024 result."""
    found = []
    for first, last, total in SUMS_2024:
        low, rest = divmod(total, last - first + 1)
        found += [
            AssessedValue(SPBE.id, 2024, n, Decimal(low + (n - first < rest)), "final") for n in range(first, last + 1)
        ]
    keep_values(connection, "buku", found, NOW)  # type: ignore[arg-type]
