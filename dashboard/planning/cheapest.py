"""The cheapest plan, and the next ones that differ in kind: 0/1 programme solved by HiGHS, checked exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from dashboard.planning.problem import Plan, Problem, Step, checked

Pattern = Mapping[Any, int]


def cheapest(problem: Problem, unlike: tuple[Pattern, ...] = (), widest: bool = True) -> Plan | None:
    """The cheapest plan, of equally cheap ones one with the largest gain; None when no plan can reach it.

    `unlike` are patterns it must not contain: to add steps to a plan that is enough makes no other plan.
    Not to ask for the `widest` is faster where only the cost matters.
    """
    steps = problem.open_steps
    if not problem.pinned <= {s.key for s in steps}:
        return None
    if not steps:
        solved = problem.needed <= 0 and (not problem.ways or frozenset() in problem.ways) and not unlike
        return checked(problem, set()) if solved else None
    programme = _Programme(problem, steps)
    for pattern in unlike:
        programme.contain_not(pattern)
    chosen = programme.solved(widest)
    return None if chosen is None else checked(problem, chosen)


def plans(problem: Problem, most: int) -> Iterator[Plan]:
    """Up to `most` plans of different patterns, the cheapest first; none of them only adds to an earlier one."""
    found: list[Pattern] = []
    while len(found) < most and (plan := cheapest(problem, tuple(found))) is not None:
        yield plan
        found.append(dict(plan.pattern))


def scaled(numbers: list[Fraction]) -> list[int]:
    """The numbers as integers of one scale: floating point then holds them exactly."""
    scale = lcm(*(n.denominator for n in numbers)) if numbers else 1
    return [int(n * scale) for n in numbers]


@dataclass
class _Programme:
    """Columns: a 0/1 for each step, for each way, and 'at least j steps of this kind' for each kind, in that order."""

    problem: Problem
    steps: tuple[Step, ...]
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    kinds: dict[Any, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        place = {s.key: at for at, s in enumerate(self.steps)}
        self.width = len(self.steps) + len(self.problem.ways)
        for at, step in enumerate(self.steps):
            for before in step.after:
                self.rows.append(({at: 1, place[before]: -1}, -1, 0))
        *gains, needed = scaled([*(s.gain for s in self.steps), self.problem.needed])
        self.gains = gains
        self.rows.append(({at: g for at, g in enumerate(gains) if g}, needed, float("inf")))
        self._ways(place)

    def _ways(self, place: dict[str, int]) -> None:
        first = len(self.steps)
        for at, way in enumerate(self.problem.ways, first):
            if way <= place.keys():
                self.rows.extend(({place[key]: 1, at: -1}, 0, 1) for key in way)
            else:
                self.rows.append(({at: 1}, 0, 0))
        if self.problem.ways:
            self.rows.append((dict.fromkeys(range(first, self.width), 1), 1, float("inf")))

    def _count_kinds(self) -> None:
        """y1 ≥ y2 ≥ … and their sum = the number of steps taken: one vector of y for one pattern."""
        for kind in dict.fromkeys(s.kind for s in self.steps):
            members = [at for at, s in enumerate(self.steps) if s.kind == kind]
            columns = list(range(self.width, self.width + len(members)))
            self.width += len(members)
            self.kinds[kind] = columns
            self.rows.append(({**dict.fromkeys(members, 1), **dict.fromkeys(columns, -1)}, 0, 0))
            self.rows.extend(({b: 1, a: -1}, -1, 0) for a, b in pairwise(columns))

    def contain_not(self, pattern: Pattern) -> None:
        """A cut: of at least one kind there must be fewer steps than in the pattern."""
        if not self.kinds:
            self._count_kinds()
        # With y ordered, the last one of a kind is the first to go.
        last = [columns[pattern[kind] - 1] for kind, columns in self.kinds.items() if pattern.get(kind)]
        self.rows.append((dict.fromkeys(last, -1), 1 - len(last), float("inf")))

    def solved(self, widest: bool) -> set[str] | None:
        """The keys of the steps taken; None when there is no solution."""
        # Imported here because it costs half a second that no other command should pay.
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        costs = scaled([s.cost for s in self.steps])
        share = Fraction(1, sum(self.gains) + 1) if widest else Fraction(0)
        objective = np.zeros(self.width)
        objective[: len(self.steps)] = [float(c - g * share) for c, g in zip(costs, self.gains, strict=True)]
        lower = np.zeros(self.width)
        lower[[at for at, s in enumerate(self.steps) if s.key in self.problem.pinned]] = 1
        cells = [(at, column, value) for at, (row, _, _) in enumerate(self.rows) for column, value in row.items()]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), self.width))
        limits = LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])
        answer = milp(objective, integrality=np.ones(self.width), bounds=Bounds(lower, 1), constraints=limits,
                      options={"mip_rel_gap": 0})  # fmt: skip
        if answer.status == 2:
            return None
        if answer.x is None or answer.status != 0:
            raise ArithmeticError(f"the optimiser gave up: {answer.message}")
        return {s.key for s, x in zip(self.steps, answer.x, strict=False) if x > 0.5}
