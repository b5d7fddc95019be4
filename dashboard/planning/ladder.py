"""From values to steps: each indicator climbs one step after the other, each step worth its weight."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboard.planning.problem import Step


@dataclass(frozen=True, slots=True)
class Rung:
    """An indicator on its way up: value now, weight in percent of the index, effort for one whole level.

    `part` is where it belongs for whoever compares plans: its domain or aspect. `step` is how far one step goes.
    """

    number: int
    value: Decimal
    weight: Decimal
    effort: Fraction
    part: Hashable
    step: Decimal = Decimal(1)


_NONE: tuple[str, ...] = ()


def key(number: int, value: Decimal) -> str:
    """'12:4' names the step of indicator 12 that ends at 4."""
    return f"{number}:{value.normalize():f}"


def reached(step: Step) -> Decimal:
    """The value a step ends at."""
    return Decimal(step.key.partition(":")[2])


def steps_up(rungs: Iterable[Rung], highest: Decimal) -> tuple[Step, ...]:
    """The steps of all indicators. A value between two rungs first climbs to the next one, at a part of the effort."""
    found: list[Step] = []
    for rung in rungs:
        at, before = rung.value, _NONE
        while at < highest:
            to = min(highest, (at // rung.step + 1) * rung.step)
            climbed = Fraction(to - at)
            name = key(rung.number, to)
            kind = (rung.part, rung.weight, rung.effort, climbed)
            found.append(Step(name, rung.number, kind, Fraction(rung.weight) * climbed, rung.effort * climbed, before))
            at, before = to, (name,)
    return tuple(found)


def steps_down(rungs: Iterable[Rung], lowest: Decimal) -> tuple[Step, ...]:
    """The steps that would lose points: every indicator down to the lowest value, each step counting one."""
    found: list[Step] = []
    for rung in rungs:
        at, before = rung.value, _NONE
        while at > lowest:
            to = max(lowest, -(-at // rung.step) * rung.step - rung.step)
            fallen = Fraction(at - to)
            name = key(rung.number, to)
            kind = (rung.part, rung.weight, fallen)
            found.append(
                Step(name, rung.number, kind, Fraction(rung.weight) * fallen, fallen / Fraction(rung.step), before)
            )
            at, before = to, (name,)
    return tuple(found)
