"""A matrix of levels as a problem: each indicator climbs class by class; any cell that is good enough is a way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.threshold_matrix import Axis, LevelRule, Measure
from dashboard.planning.problem import Problem, Step


def level_problem(
    rule: LevelRule,
    values: Mapping[str, Decimal],
    target: int,
    efforts: Mapping[str, Fraction],
    blocked: frozenset[str] = frozenset(),
) -> Problem:
    """How to come to `target` or better. Raises KeyError for a missing value: what is not known cannot be planned."""
    steps = tuple(s for m in rule.measures for s in _steps(m, values[m.id], efforts.get(m.id, Fraction(1))))
    ways = tuple(
        frozenset(_needed(rule, values, row, column, target))
        for row in range(len(rule.pressure.classes))
        for column in range(len(rule.capacity.classes))
        if rule.matrix[row][column] <= target
    )
    return Problem(steps, ways=ways or (frozenset({"tidak ada sel"}),), excluded=frozenset(blocked))


def _steps(measure: Measure, value: Decimal, effort: Fraction) -> list[Step]:
    found: list[Step] = []
    for place in range(measure.class_of(value), 0, -1):
        edge = measure.thresholds[place - 1]
        before = (found[-1].key,) if found else ()
        label = f"{edge.at:f}"
        found.append(
            Step(_key(measure, place - 1), measure.id, (measure.id, place), Fraction(0), effort, before, label)
        )
    return found


def _key(measure: Measure, place: int) -> str:
    return f"{measure.id}:{place}"


def _needed(rule: LevelRule, values: Mapping[str, Decimal], row: int, column: int, target: int) -> list[str]:
    """The steps that bring the axes to this cell, and the conditions without which a gate would raise its level."""
    found = _brought(rule.pressure, values, row) + _brought(rule.capacity, values, column)
    for gate in rule.gates:
        if rule.matrix[row][column] <= gate.level and gate.level + 1 > target:
            conditions = ((rule.measure(name), worst) for name, worst in gate.needs.items())
            found += [_key(c, place) for c, worst in conditions for place in range(worst, c.class_of(values[c.id]))]
    return found


def _brought(axis: Axis, values: Mapping[str, Decimal], to: int) -> list[str]:
    return [_key(m, place) for m in axis.measures for place in range(to, m.class_of(values[m.id]))]
