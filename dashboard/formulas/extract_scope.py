"""A weekly total that jumps because other records came into the extract, not because more happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_WEEKS = 4
"""On either side of the jump; complete separation of 4 from 4 weeks happens by chance once in 70."""
JUMP = Fraction(115, 100)
CARRIES = 2
"""A constituent carries the jump when it at least doubles (or comes from nothing)."""
CARRIES_OF_JUMP = Fraction(1, 20)
CARRIES_A_WEEK = 10
"""Fewer are a season: a month of floods in a small centre."""
FLAT = Fraction(1, 10)
REST = Fraction(1, 2)
"""At least half of the smaller total must have stayed flat: when everything doubles, more happened."""

Weeks = Sequence[Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A constituent that jumps: its weekly means."""

    name: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """From position `week` on the extract holds more or less than before; means per week."""

    week: int
    before: Fraction
    after: Fraction
    rest_before: Fraction
    rest_after: Fraction
    carriers: tuple[Carrier, ...]


def scope_change(weeks: Weeks) -> ScopeChange | None:
    """The largest lasting jump of the weekly total that single constituents explain while the rest is flat.

    `weeks` are whole weeks in order, counts by constituent. Without limits of a distribution: every week after the
    jump must lie above (or below) every week before it, for the total and for each constituent that carries it.
    """
    found = [change for cut in range(LEAST_WEEKS, len(weeks) - LEAST_WEEKS + 1) if (change := _at(weeks, cut))]
    return max(found, key=lambda change: abs(change.after - change.before), default=None)


def _at(weeks: Weeks, cut: int) -> ScopeChange | None:
    before, after = _mean(map(_total, weeks[:cut])), _mean(map(_total, weeks[cut:]))
    low, high = sorted((before, after))
    if high < JUMP * low or not _apart([_total(week) for week in weeks], cut):
        return None
    carriers = _carriers(weeks, cut, after - before)
    rest_before = before - sum(c.before for c in carriers)
    rest_after = after - sum(c.after for c in carriers)
    is_flat = abs(rest_after - rest_before) <= FLAT * rest_before
    if not carriers or not is_flat or min(rest_before, rest_after) < REST * low:
        return None
    return ScopeChange(cut, before, after, rest_before, rest_after, carriers)


def _carriers(weeks: Weeks, cut: int, jump: Fraction) -> tuple[Carrier, ...]:
    """Constituents that move with the total, those that move most first."""
    found = []
    for name in sorted({name for week in weeks for name in week}):
        counts = [week.get(name, 0) for week in weeks]
        before, after = _mean(counts[:cut]), _mean(counts[cut:])
        low, high = sorted((before, after))
        moved = after - before
        is_large = abs(moved) >= max(Fraction(CARRIES_A_WEEK), CARRIES_OF_JUMP * abs(jump))
        if moved * jump > 0 and is_large and high >= CARRIES * low and _apart(counts, cut):
            found.append(Carrier(name, before, after))
    return tuple(sorted(found, key=lambda c: (-abs(c.after - c.before), c.name)))


def _apart(counts: Sequence[int], cut: int) -> bool:
    before, after = counts[:cut], counts[cut:]
    return min(after) > max(before) or max(after) < min(before)


def _total(week: Mapping[str, int]) -> int:
    return sum(week.values())


def _mean(counts: Sequence[int] | map[int]) -> Fraction:
    values = list(counts)
    return Fraction(sum(values), len(values))
