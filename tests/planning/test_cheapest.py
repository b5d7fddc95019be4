"""The optimiser against brute force: small random problems, orders, pins, exclusions, ways, and the shipped bench."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from time import perf_counter

import pytest

from dashboard.planning.cheapest import cheapest, plans
from dashboard.planning.problem import Problem, Step, checked
from dashboard.planning.worth import worths
from tests.planning.problems import mojokerto_like, random_problem

SEEDS = range(500)


def test_brute_force_agrees_on_500_random_instances() -> None:
    solvable = 0
    for seed in SEEDS:
        problem = random_problem(Random(seed))
        best = min((cost for cost, _ in solutions(problem)), default=None)
        plan = cheapest(problem)
        assert (None if plan is None else plan.cost) == best, seed
        solvable += plan is not None
    assert 300 < solvable < 500


@pytest.mark.parametrize("seed", range(60))
def test_runner_ups_come_in_order_and_none_is_left_out(seed: int) -> None:
    problem = random_problem(Random(seed))
    cheapest_of: dict[frozenset[tuple[object, int]], Fraction] = {}
    for cost, keys in solutions(problem):
        pattern = frozenset(checked(problem, keys).pattern.items())
        cheapest_of[pattern] = min(cost, cheapest_of.get(pattern, cost))
    least = [cost for pattern, cost in cheapest_of.items() if not any(_within(p, pattern) for p in cheapest_of)]
    assert [p.cost for p in plans(problem, 5)] == sorted(least)[:5]


def _within(one: frozenset[tuple[object, int]], other: frozenset[tuple[object, int]]) -> bool:
    """Whether a plan of the other pattern only adds steps to one of the first."""
    return one != other and all(n <= dict(other).get(kind, 0) for kind, n in one)


def test_a_plan_and_a_step_too_many_are_no_second_plan() -> None:
    enough, tiny, instead = step("a", 4), step("b", 1), step("c", 4)
    found = [{s.key for s in p.steps} for p in plans(Problem((enough, tiny, instead), Fraction(4)), 9)]
    assert found == [{"a"}, {"c"}] or found == [{"c"}, {"a"}]


@pytest.mark.parametrize("seed", range(40))
def test_the_worth_of_an_item_is_what_the_plan_costs_without_it_and_with_it(seed: int) -> None:
    problem = random_problem(Random(seed))
    best = cheapest(problem)
    if best is None:
        return
    for item, worth in worths(problem, best).items():
        without = min((c for c, _ in solutions(problem.without(item))), default=None)
        first = next(s.key for s in problem.open_steps if s.item == item)
        forced = min((c for c, _ in solutions(problem.with_pinned(first))), default=None)
        assert worth.without == (None if without is None else without - best.cost)
        assert worth.forced == (None if forced is None else forced - best.cost)


def test_among_equally_cheap_plans_the_one_with_the_larger_gain_comes_first() -> None:
    small, large = (step(name, gain) for name, gain in (("kecil", 3), ("besar", 5)))
    plan = cheapest(Problem((small, large), Fraction(3)))
    assert plan is not None
    assert [s.key for s in plan.steps] == ["besar"]


def test_a_threshold_is_met_exactly_and_missed_by_the_smallest_part() -> None:
    steps = (step("a", Fraction(1, 3)), step("b", Fraction(2, 3)))
    plan = cheapest(Problem(steps, Fraction(1)))
    assert plan is not None
    assert (len(plan.steps), plan.spare) == (2, 0)
    assert cheapest(Problem(steps, Fraction(1) + Fraction(1, 10**6))) is None


def test_what_is_pinned_is_taken_and_what_is_excluded_is_not_even_if_dear() -> None:
    steps = (step("murah", 5), step("mahal", 5, cost=9))
    assert {s.key for s in taken(Problem(steps, Fraction(5), pinned=frozenset({"mahal"})))} == {"mahal"}
    assert {s.key for s in taken(Problem(steps, Fraction(5), excluded=frozenset({"murah"})))} == {"mahal"}
    assert cheapest(Problem(steps, Fraction(5), pinned=frozenset({"murah"}), excluded=frozenset({"murah"}))) is None


def test_a_step_brings_the_steps_it_presupposes() -> None:
    steps = (step("4", 1), step("5", 9, after=("4",)), step("lain", 9, cost=3))
    assert [s.key for s in taken(Problem(steps, Fraction(9)))] == ["4", "5"]
    assert [s.key for s in taken(Problem(steps, Fraction(9), excluded=frozenset({"4"})))] == ["lain"]


def test_nothing_to_do_is_a_plan_of_no_steps() -> None:
    plan = cheapest(Problem((step("a", 1),), Fraction(-2)))
    assert plan is not None
    assert (plan.steps, plan.cost) == ((), 0)


def test_an_optimiser_that_errs_is_found_out() -> None:
    problem = Problem((step("a", 1), step("b", 1, after=("a",))), Fraction(1))
    for wrong in (set(), {"b"}):
        with pytest.raises(ArithmeticError, match="do not solve"):
            checked(problem, wrong)


def test_47_indicators_are_planned_in_half_a_second() -> None:
    problem = mojokerto_like()
    cheapest(problem)  # the libraries are loaded once per process
    times = []
    for _ in range(3):
        start = perf_counter()
        assert cheapest(problem) is not None
        times.append(perf_counter() - start)
    assert min(times) <= 0.5


def solutions(problem: Problem) -> Iterator[tuple[Fraction, set[str]]]:
    """Every set of steps that solves a problem, by trying them all."""
    steps = problem.steps
    for bits in product((False, True), repeat=len(steps)):
        keys = {s.key for s, on in zip(steps, bits, strict=True) if on}
        try:
            yield checked(problem, keys).cost, keys
        except ArithmeticError:
            continue


def taken(problem: Problem) -> tuple[Step, ...]:
    plan = cheapest(problem)
    assert plan is not None
    return plan.steps


def step(name: str, gain: Fraction | int, cost: int = 1, after: tuple[str, ...] = ()) -> Step:
    return Step(name, name, name, Fraction(gain), Fraction(cost), after)
