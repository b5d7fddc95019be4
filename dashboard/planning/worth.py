"""What each item is worth to a plan: how much dearer it becomes without the item, and with it in any case."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.planning.cheapest import cheapest
from dashboard.planning.problem import Plan, Problem, Step


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one item: gain and cost of its next step, and how much the cheapest plan changes with it.

    `without` is what the plan costs more when the item cannot be improved (0: others can stand in), None when there
    is then no plan at all. `forced` is what it costs more to take the next step of this item (0: it is in one of the
    cheapest plans).
    """

    gain: Fraction
    cost: Fraction
    without: Fraction | None
    forced: Fraction | None


def worths(problem: Problem, best: Plan) -> Mapping[Hashable, Worth]:
    """Of every item that has an open step. Items that look alike to the problem are computed once."""
    found: dict[Hashable, Worth] = {}
    alike: dict[Hashable, Worth] = {}
    by_item: dict[Hashable, list[Step]] = {}
    for step in problem.open_steps:
        by_item.setdefault(step.item, []).append(step)
    for item, steps in by_item.items():
        looks = _looks(problem, item, steps)
        if looks not in alike:
            alike[looks] = _worth(problem, best, item, steps[0])
        found[item] = alike[looks]
    return found


def _looks(problem: Problem, item: Hashable, steps: list[Step]) -> Hashable:
    """Same kinds, gains and costs in the same order, no tie to other items: then the worth is the same."""
    own = {s.key for s in steps}
    tied = any(set(s.after) - own for s in steps) or any(
        own & set(s.after) for s in problem.steps if s.item != item
    ) or any(own & way for way in problem.ways)  # fmt: skip
    if tied or own & problem.pinned:
        return item
    return tuple((s.kind, s.gain, s.cost) for s in steps)


def _worth(problem: Problem, best: Plan, item: Hashable, first: Step) -> Worth:
    """A plan that does without the item anyway, or takes its step anyway, needs no second look."""
    used = first in best.steps
    without = _dearer(problem.without(item), best) if used else Fraction(0)
    forced = Fraction(0) if used else _dearer(problem.with_pinned(first.key), best)
    return Worth(first.gain, first.cost, without, forced)


def _dearer(problem: Problem, best: Plan) -> Fraction | None:
    plan = cheapest(problem, widest=False)
    return None if plan is None else plan.cost - best.cost
