"""Which sums of whole levels lie behind printed domain values: levels are whole, so few sums print alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from dashboard.formulas.maturity_index import half_up


@dataclass(frozen=True, slots=True)
class WeightClass:
    """Indicators of one upper group with one weight: within it only the sum of levels matters to the index."""

    group: int
    weight: Decimal
    members: tuple[int, ...]


Sums = Mapping[WeightClass, int]


@dataclass(frozen=True, slots=True)
class LevelSums:
    """One reading of a published result: the sum of levels of each class, and the unrounded index they give."""

    sums: Sums
    index: Fraction


def weight_classes(weights: Mapping[int, Decimal], upper: Mapping[int, Sequence[int]]) -> tuple[WeightClass, ...]:
    """The classes of a scheme, in the order of its groups."""
    found: list[WeightClass] = []
    for group, members in upper.items():
        for weight in dict.fromkeys(weights[n] for n in members):
            found.append(WeightClass(group, weight, tuple(n for n in members if weights[n] == weight)))
    return tuple(found)


def sums_behind(
    classes: Sequence[WeightClass], printed: Mapping[int, Decimal], lowest: int, highest: int
) -> list[LevelSums]:
    """Every combination of level sums whose groups print as given (two decimals, halves upward)."""
    by_group = [
        list(_of_group([c for c in classes if c.group == group], value, lowest, highest))
        for group, value in printed.items()
    ]
    total = sum((c.weight * len(c.members) for c in classes), Decimal(0))
    found = []
    for parts in product(*by_group):
        sums = {weight_class: s for part in parts for weight_class, s in part.items()}
        points = sum((Fraction(c.weight) * s for c, s in sums.items()), Fraction(0))
        found.append(LevelSums(sums, points / Fraction(total)))
    return found


def _of_group(classes: Sequence[WeightClass], printed: Decimal, lowest: int, highest: int) -> Iterator[Sums]:
    """All but the last class are tried in turn; the last then has a narrow range to look in."""
    *tried, last = classes
    weight = sum((Fraction(c.weight) * len(c.members) for c in classes), Fraction(0))
    half = Fraction(1, 200)
    for sums in product(*(range(lowest * len(c.members), highest * len(c.members) + 1) for c in tried)):
        given = sum((Fraction(c.weight) * s for c, s in zip(tried, sums, strict=True)), Fraction(0))
        first = ((Fraction(printed) - half) * weight - given) / Fraction(last.weight)
        final = ((Fraction(printed) + half) * weight - given) / Fraction(last.weight)
        n = len(last.members)
        for s in range(max(lowest * n, int(first)), min(highest * n, int(final) + 1) + 1):
            if half_up((given + Fraction(last.weight) * s) / weight) == printed:
                yield {**dict(zip(tried, sums, strict=True)), last: s}
