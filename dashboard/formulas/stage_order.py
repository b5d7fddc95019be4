"""Whether the stages of incidents follow each other: what runs backwards, and what took no time at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.formulas.stages import ORDER, LifeCycle, out_of_order

Pair = tuple[str, str]
"""Two stages in the order in which they should happen."""


@dataclass(frozen=True, slots=True)
class StageOrder:
    """What is wrong with the order, by pair of stages; `cases` are the positions of the incidents with a fault.

    Zero intervals are no fault and stand apart: often two buttons pressed together (San Francisco's fire service:
    1,066 of 10,207 turnouts). They are counted between neighbours among the known moments only.
    """

    checked: int = 0
    backwards: Counter[Pair] = field(default_factory=Counter)
    cases: tuple[int, ...] = ()
    zero: Counter[Pair] = field(default_factory=Counter)
    zero_cases: tuple[int, ...] = ()


def stage_order(cycles: Sequence[LifeCycle]) -> StageOrder:
    """The order of t0…t8 of each incident; one with fewer than two known moments is not checked."""
    checked, backwards, zero = 0, Counter[Pair](), Counter[Pair]()
    cases, zero_cases = [], []
    for place, cycle in enumerate(cycles):
        known = [(name, moment) for name in ORDER if (moment := getattr(cycle, name)) is not None]
        checked += len(known) > 1
        steps = [(a, b, later - earlier) for (a, earlier), (b, later) in pairwise(known)]
        together = [(a, b) for a, b, took in steps if not took]
        zero.update(together)
        if together:
            zero_cases.append(place)
        if any(took.days < 0 for _, _, took in steps):
            backwards.update(out_of_order(cycle))
            cases.append(place)
    return StageOrder(checked, backwards, tuple(cases), zero, tuple(zero_cases))
