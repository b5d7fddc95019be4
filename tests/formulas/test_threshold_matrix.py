"""Levels from a matrix: the published example, every edge, gates and grace, missing values, and the way out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from dashboard.formulas.threshold_matrix import Assessed, Before, assessed, distance
from dashboard.level_rules.files import level_rules
from dashboard.planning.cheapest import cheapest
from dashboard.planning.matrix_steps import level_problem
from dashboard.planning.problem import checked

PPKM, FLOOD = level_rules()["ppkm"], level_rules()["siaga_banjir"]
DAY = date(2022, 5, 20)
SURABAYA = {"kasus": "1.95", "rawat": "0.75", "mati": "0.03", "positivity": "0.39", "kontak": "31", "bor": "1.66",
            "vaksin": "116.27", "lansia": "93.43"}  # fmt: skip


def test_surabaya_in_may_2022_is_assessed_at_level_1() -> None:
    found = level(SURABAYA)
    assert (found.level, found.row, found.column, found.missing) == (1, 0, 0, ())


@pytest.mark.parametrize(
    ("measure", "edges"),
    [
        ("kasus", [("19.99", 0), ("20", 1), ("49.99", 1), ("50", 2), ("149.99", 2), ("150", 3)]),
        ("rawat", [("4.99", 0), ("5", 1), ("10", 2), ("30", 3)]),
        ("mati", [("0.99", 0), ("1", 1), ("2", 2), ("5", 3)]),
        ("positivity", [("4.99", 0), ("5", 1), ("15", 1), ("15.01", 2)]),
        ("kontak", [("15", 0), ("14", 1), ("5", 1), ("4.99", 2)]),
        ("bor", [("59.99", 0), ("60", 1), ("80", 1), ("80.01", 2)]),
    ],
)
def test_each_threshold_belongs_to_one_class(measure: str, edges: list[tuple[str, int]]) -> None:
    rule = PPKM.rule.measure(measure)
    assert [rule.class_of(Decimal(value)) for value, _ in edges] == [place for _, place in edges]


def test_the_worst_indicator_decides_and_is_named() -> None:
    found = level({**SURABAYA, "kasus": "19.99", "rawat": "10.0", "mati": "0.5"})
    assert (found.row, found.level) == (2, 2)
    assert found.deciding[0] == "rawat"


def test_no_value_can_be_bought_by_another() -> None:
    for others in ("0", "1"):
        assert level({**SURABAYA, "mati": "5", "kasus": others, "rawat": others}).row == 3


@pytest.mark.parametrize(("row", "column", "expected"), [(0, 0, 1), (3, 2, 4), (1, 2, 3), (2, 0, 2)])
def test_the_matrix_gives_the_level_of_its_cell(row: int, column: int, expected: int) -> None:
    cases, bor = ("1", "25", "60", "151")[row], ("10", "70", "90")[column]
    assert level({**SURABAYA, "kasus": cases, "bor": bor}).level == expected


@pytest.mark.parametrize("missing", ["kasus", "rawat", "mati", "positivity", "kontak", "bor", "vaksin", "lansia"])
def test_a_missing_value_is_never_level_1(missing: str) -> None:
    found = level({**SURABAYA, missing: None})
    assert (found.level, found.missing) == (None, (missing,))
    assert found.at_best == 1


def test_what_is_known_still_says_how_good_it_can_be_at_best() -> None:
    found = level({**SURABAYA, "kasus": None, "mati": "5"})
    assert (found.level, found.at_best) == (None, 3)


@pytest.mark.parametrize(
    ("total", "elderly", "expected"),
    [("70", "60", 1), ("69.9", "60", 2), ("70", "59.9", 2), ("50", "40", 2), ("49.9", "60", 3), ("70", "39.9", 3)],
)
def test_gates_only_make_the_level_worse(total: str, elderly: str, expected: int) -> None:
    assert level({**SURABAYA, "vaksin": total, "lansia": elderly}).level == expected


def test_a_gate_that_does_not_matter_asks_for_nothing() -> None:
    found = level({**SURABAYA, "kasus": "200", "vaksin": None, "lansia": None})
    assert (found.level, found.missing) == (3, ())


@pytest.mark.parametrize(
    ("before", "expected", "graced"),
    [
        (Before(1, date(2022, 5, 7)), 1, True),
        (Before(1, date(2022, 5, 6)), 2, False),
        (Before(2, date(2022, 5, 19)), 2, False),
        (None, 2, False),
    ],
)
def test_two_weeks_of_grace_for_who_was_there_already(before: Before | None, expected: int, graced: bool) -> None:
    values = {k: None if v is None else Decimal(v) for k, v in {**SURABAYA, "vaksin": "65"}.items()}
    found = assessed(PPKM.rule, values, DAY, before)
    assert (found.level, found.in_grace) == (expected, graced)


def test_a_declared_situation_stands_in_for_the_measured_pressure() -> None:
    values = {k: Decimal(v) for k, v in SURABAYA.items()}
    without = {**values, "kasus": None, "rawat": None, "mati": None}
    assert assessed(PPKM.rule, {**without, "bor": Decimal(81)}, DAY, None, "klaster").level == 2
    assert assessed(PPKM.rule, without, DAY, None, "tidak ada kasus").level == 0


@pytest.mark.parametrize(
    ("measure", "value", "better", "worse"),
    [("bor", "70", "10", "10"), ("bor", "20", None, "40"), ("kontak", "4", "1", None), ("kasus", "160", "10", None)],
)
def test_how_far_it_is_to_the_next_class(measure: str, value: str, better: str | None, worse: str | None) -> None:
    found = distance(PPKM.rule.measure(measure), Decimal(value))
    assert (found.to_better, found.to_worse) == tuple(None if d is None else Decimal(d) for d in (better, worse))


@pytest.mark.parametrize("seed", range(60))
def test_the_way_out_is_the_cheapest_of_all(seed: int) -> None:
    """Brute force over the classes each indicator could come to, judged by the rule itself."""
    dice = Random(seed)
    rule = FLOOD.rule
    values = {m.id: value_in(m.id, dice.randint(0, len(m.thresholds))) for m in rule.measures}
    efforts = {m.id: Fraction(dice.choice([1, 2, 3])) for m in rule.measures}
    target = dice.randint(1, 3)
    best = None
    for places in product(*(range(m.class_of(values[m.id]) + 1) for m in rule.measures)):
        moved = {m.id: value_in(m.id, place) for m, place in zip(rule.measures, places, strict=True)}
        if (assessed(rule, moved, DAY).level or 9) <= target:
            steps = zip(rule.measures, places, strict=True)
            cost = sum((efforts[m.id] * (m.class_of(values[m.id]) - p) for m, p in steps), Fraction(0))
            best = cost if best is None else min(best, cost)
    problem = level_problem(rule, values, target, efforts)
    plan = cheapest(problem)
    assert plan is not None
    assert plan.cost == best
    assert checked(problem, {s.key for s in plan.steps}) == plan


def test_what_cannot_be_improved_may_leave_no_way() -> None:
    values = {m.id: value_in(m.id, len(m.thresholds)) for m in FLOOD.rule.measures}
    assert cheapest(level_problem(FLOOD.rule, values, 1, {}, frozenset({"hujan"}))) is None


def test_the_shipped_rules_say_what_they_are() -> None:
    assert (PPKM.standing, FLOOD.standing) == ("historis", "lokal")
    assert PPKM.words(2) == "Level 2"
    assert FLOOD.words(2) == "2 (Siaga)"


def level(values: dict[str, str | None]) -> Assessed:
    return assessed(PPKM.rule, {k: None if v is None else Decimal(v) for k, v in values.items()}, DAY)


def value_in(name: str, place: int) -> Decimal:
    """A value of the flood rule in that class."""
    values = {"hujan": (0, 60, 120), "sungai": (10, 75, 95), "personel": (100, 60, 10), "perahu": (100, 70, 10),
              "logistik": (9, 2, 0), "kontingensi": (12, 48)}  # fmt: skip
    return Decimal(values[name][place])
