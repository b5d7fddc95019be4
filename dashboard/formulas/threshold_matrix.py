"""A level from pressure and capacity: the worst indicator decides each, a matrix joins them, gates raise it.

Model: the assessment of KMK HK.01.07/MENKES/4805/2021 and its vaccination conditions; the rule itself is data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Literal

Sign = Literal[">=", ">", "<=", "<"]
_MET: dict[Sign, Callable[[Decimal, Decimal], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt}


@dataclass(frozen=True, slots=True)
class Threshold:
    """The value is one class worse when it is `sign` `at`."""

    sign: Sign
    at: Decimal

    def met(self, value: Decimal) -> bool:
        """Whether the value is past it."""
        return _MET[self.sign](value, self.at)


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator of an axis; its thresholds from the best class to the worst. What is `given` nobody can improve."""

    id: str
    name: str
    unit: str
    thresholds: tuple[Threshold, ...]
    source: str
    given: bool = False

    def class_of(self, value: Decimal) -> int:
        """0 for the best class."""
        return sum(threshold.met(value) for threshold in self.thresholds)


@dataclass(frozen=True, slots=True)
class Axis:
    """Classes from best to worst, and the indicators of which the worst decides."""

    name: str
    classes: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Levels up to `level` are given only when every condition is met; for `grace_days` an area that was there stays.

    `needs` are the conditions by id with the worst class each may be in.
    """

    level: int
    needs: Mapping[str, int]
    grace_days: int
    source: str


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A rule of levels; the smallest level is the best. `matrix` by (class of pressure, class of capacity)."""

    pressure: Axis
    capacity: Axis
    matrix: tuple[tuple[int, ...], ...]
    situations: Mapping[str, tuple[int, ...]]
    """Rows that are declared, not measured: levels by class of capacity."""
    conditions: tuple[Measure, ...]
    gates: tuple[Gate, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every value the rule asks for."""
        return (*self.pressure.measures, *self.capacity.measures, *self.conditions)

    def measure(self, name: str) -> Measure:
        """By its id. Raises StopIteration for an unknown one."""
        return next(m for m in self.measures if m.id == name)


@dataclass(frozen=True, slots=True)
class Before:
    """What was decided before: the level, and since when a gate is not met."""

    level: int
    unmet_since: date | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """A level and why. `level` None: cannot be assessed, for a value is missing; never better than `at_best` then."""

    level: int | None
    at_best: int
    row: int | None
    column: int
    deciding: tuple[str, ...]
    """Ids of the indicators in the class that decides their axis."""
    unmet: tuple[Gate, ...]
    missing: tuple[str, ...]
    in_grace: bool = False


def assessed(
    rule: LevelRule,
    values: Mapping[str, Decimal | None],
    at: date,
    before: Before | None = None,
    situation: str | None = None,
) -> Assessed:
    """The level of these values; a missing one never looks good. Raises KeyError for an unknown situation."""
    known = {key: value for key, value in values.items() if value is not None}
    row, column = None if situation else _worst(rule.pressure, known), _worst(rule.capacity, known)
    cell = (rule.situations[situation] if situation else rule.matrix[row or 0])[column]
    closed = [g for g in rule.gates if cell <= g.level and not _open(rule, g, known)]
    failed = tuple(g for g in closed if _fails(rule, g, known))
    graced = [g for g in failed if _in_grace(g, at, before)]
    at_best = max((cell, *(g.level + 1 for g in failed if g not in graced)))
    axes = ((rule.capacity, column),) if row is None else ((rule.pressure, row), (rule.capacity, column))
    missing = [m.id for axis, _ in axes for m in axis.measures if m.id not in known]
    missing += [name for g in closed if g not in failed for name in g.needs if name not in known]
    deciding = [m.id for axis, worst in axes for m in axis.measures if _class(m, known) == worst]
    return Assessed(
        level=None if missing else at_best,
        at_best=at_best,
        row=row,
        column=column,
        deciding=tuple(deciding),
        unmet=failed,
        missing=tuple(dict.fromkeys(missing)),
        in_grace=bool(graced),
    )


def _class(measure: Measure, known: Mapping[str, Decimal]) -> int | None:
    return measure.class_of(known[measure.id]) if measure.id in known else None


def _worst(axis: Axis, known: Mapping[str, Decimal]) -> int:
    return max((_class(m, known) or 0 for m in axis.measures), default=0)


def _open(rule: LevelRule, gate: Gate, known: Mapping[str, Decimal]) -> bool:
    """Whether every condition is known and met."""
    return set(gate.needs) <= known.keys() and not _fails(rule, gate, known)


def _fails(rule: LevelRule, gate: Gate, known: Mapping[str, Decimal]) -> bool:
    return any((_class(rule.measure(name), known) or 0) > worst for name, worst in gate.needs.items())


def _in_grace(gate: Gate, at: date, before: Before | None) -> bool:
    if before is None or before.level > gate.level or before.unmet_since is None:
        return False
    return at < before.unmet_since + timedelta(days=gate.grace_days)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a value is from the class below and from the class above it, in its own unit; None at an end."""

    to_better: Decimal | None
    to_worse: Decimal | None


def distance(measure: Measure, value: Decimal) -> Distance:
    """What must change to be one class better, and how much may change before it is one class worse."""
    at = measure.class_of(value)
    better = abs(value - measure.thresholds[at - 1].at) if at else None
    worse = abs(measure.thresholds[at].at - value) if at < len(measure.thresholds) else None
    return Distance(better, worse)
