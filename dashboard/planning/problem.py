"""A plan as a problem: steps with gain, cost and order, how much gain is needed, and what must or cannot be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done. `item` is what it improves; `after` are the keys of steps it presupposes.

    Steps of one `kind` are interchangeable to whoever compares plans: same gain, same cost, same part.
    """

    key: str
    item: Hashable
    kind: Hashable
    gain: Fraction
    cost: Fraction
    after: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Which steps there are and what is wanted: gains of at least `needed`, and one of `ways`, if any, complete.

    `pinned` steps are taken in any case; `excluded` items cannot be improved.
    """

    steps: tuple[Step, ...]
    needed: Fraction = Fraction(0)
    ways: tuple[frozenset[str], ...] = ()
    pinned: frozenset[str] = frozenset()
    excluded: frozenset[Hashable] = frozenset()

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps that may be taken: not of an excluded item, and presupposing none that may not."""
        found: dict[str, Step] = {}
        waiting = [s for s in self.steps if s.item not in self.excluded]
        while ready := [s for s in waiting if s.key not in found and set(s.after) <= found.keys()]:
            found.update({s.key: s for s in ready})
        return tuple(s for s in self.steps if s.key in found)

    def without(self, item: Hashable) -> Problem:
        """The same problem when an item cannot be improved; what was pinned of it, and what builds on it, is let go."""
        excluded = replace(self, excluded=self.excluded | {item})
        still_open = {s.key for s in excluded.open_steps}
        return replace(excluded, pinned=self.pinned & still_open)

    def with_pinned(self, key: str) -> Problem:
        """The same problem when a step is taken in any case."""
        return replace(self, pinned=self.pinned | {key})


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of steps that solves a problem, checked with exact numbers."""

    steps: tuple[Step, ...]
    cost: Fraction
    gain: Fraction
    spare: Fraction
    """Gain beyond what is needed."""

    @property
    def pattern(self) -> Mapping[Hashable, int]:
        """How many steps of each kind."""
        return Counter(step.kind for step in self.steps)


def checked(problem: Problem, keys: set[str]) -> Plan:
    """The plan of those steps. Raises ArithmeticError when it does not solve the problem: the optimiser counts in
    floating point, this does not.
    """
    steps = tuple(s for s in problem.steps if s.key in keys)
    gain = sum((s.gain for s in steps), Fraction(0))
    possible = {s.key for s in problem.open_steps}
    ordered = all(set(s.after) <= keys for s in steps)
    way = not problem.ways or any(w <= keys for w in problem.ways)
    if gain < problem.needed or not ordered or not way or not problem.pinned <= keys <= possible:
        raise ArithmeticError(f"{len(keys)} steps do not solve the problem they were found for")
    return Plan(steps, sum((s.cost for s in steps), Fraction(0)), gain, gain - problem.needed)
