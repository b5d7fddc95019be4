"""Problems to plan: small random ones that brute force can try out, and one of the size of SPBE."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from dashboard.planning.ladder import Rung, steps_up
from dashboard.planning.problem import Problem, Step
from datasources.spbe.instrument_files import instruments

SUMS_2024 = ((1, 10, 45), (11, 20, 38), (21, 31, 31), (32, 41, 48), (42, 47, 28))


def random_problem(dice: Random) -> Problem:
    """At most eleven steps of four indicators, sometimes with pins, exclusions, ties between indicators, or ways."""
    rungs = [
        Rung(n, Decimal(dice.randint(2, 5)), Decimal(dice.choice(["1.30", "2.50", "1.50", "2.75"])),
             Fraction(dice.choice([1, 1, 2, Fraction(3, 2)])), dice.randint(1, 2))
        for n in range(1, dice.randint(3, 5))
    ]  # fmt: skip
    steps = list(steps_up(rungs, Decimal(5)))[:11]
    keys = [s.key for s in steps]
    if len(steps) > 3 and dice.random() < 0.3:
        at = dice.randrange(1, len(steps))
        other = dice.choice(keys[:at])
        s = steps[at]
        steps[at] = Step(s.key, s.item, ("terikat", s.key), s.gain, s.cost, (*s.after, other))
    total = sum((s.gain for s in steps), Fraction(0))
    needed = total * Fraction(dice.randint(-1, 10), 9)
    pinned = frozenset({dice.choice(keys)}) if keys and dice.random() < 0.2 else frozenset[str]()
    excluded = frozenset({dice.randint(1, 4)}) if dice.random() < 0.3 else frozenset[int]()
    ways = ()
    if keys and dice.random() < 0.25:
        ways = tuple(frozenset(dice.sample(keys, min(2, len(keys)))) for _ in range(2))
    return Problem(tuple(steps), needed, ways, pinned, excluded)


def mojokerto_like() -> Problem:
    """47 indicators with the level sums of the 2024 result, four points below Memuaskan."""
    instrument = instruments()["SPBE-2020"]
    rungs = []
    for first, last, total in SUMS_2024:
        low, rest = divmod(total, last - first + 1)
        for place, number in enumerate(range(first, last + 1)):
            weight = instrument.indicators[number].weight
            value = Decimal(low + (place < rest))
            rungs.append(Rung(number, value, weight, Fraction(1), instrument.upper_of(number)))
    return Problem(steps_up(rungs, Decimal(5)), Fraction(4))
