"""All there is to say of a problem: the cheapest plan, the next ones, and what each item is worth. Kept for repeats."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dashboard.planning.cheapest import plans
from dashboard.planning.problem import Plan, Problem
from dashboard.planning.worth import Worth, worths

MOST_KEPT = 128


@dataclass(frozen=True, slots=True)
class Outcome:
    """`plans` is empty when nothing reaches what is needed."""

    plans: tuple[Plan, ...]
    worths: Mapping[Hashable, Worth]


@lru_cache(maxsize=MOST_KEPT)
def outcome(problem: Problem, most: int) -> Outcome:
    """Up to `most` plans, cheapest first. The same problem is solved once: many look at one shared address."""
    found = tuple(plans(problem, most))
    return Outcome(found, worths(problem, found[0]) if found and found[0].steps else {})
