"""At which step of readiness a river stands: two readings in a row decide, and each step has its own way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from dashboard.formulas.river_course import Reading


@dataclass(frozen=True, slots=True)
class Step:
    """Reached from `value` on; left again below `returns_at`, where one was agreed, else below `value`."""

    value: Decimal
    returns_at: Decimal | None = None

    @property
    def held_from(self) -> Decimal:
        """The lowest value at which a step that was reached still stands."""
        return self.value if self.returns_at is None else self.returns_at


@dataclass(frozen=True, slots=True)
class Standing:
    """`step` counts from 1, the lowest; 0 is below all of them. `since`: the reading that decided it, None before any
    did. `awaits`: the step at which the newest reading stands alone and is not believed yet.
    """

    step: int
    since: datetime | None = None
    awaits: int | None = None


def standing(readings: Sequence[Reading], steps: Sequence[Step]) -> Standing:
    """Where the river stands after `readings` (in order of time) with `steps` from the lowest to the highest.

    A step is entered and left by two readings in a row that agree. Raises ValueError for steps that do not rise,
    and for a return above its own step: see `checked_steps`.
    """
    checked_steps(steps)
    if not readings:
        return Standing(0)
    now, since = 0, None
    for before, here in pairwise(readings):
        risen = min(reached(before.value, steps), reached(here.value, steps))
        kept = max(_kept(before.value, steps, now), _kept(here.value, steps, now))
        target = max(risen, min(now, kept))
        if target != now:
            now, since = target, here.at
    alone = reached(readings[-1].value, steps)
    return Standing(now, since, alone if alone > now else None)


def checked_steps(steps: Sequence[Step]) -> None:
    """Raises ValueError with an Indonesian sentence."""
    for place, (lower, higher) in enumerate(pairwise(steps), start=1):
        if higher.value <= lower.value:
            raise ValueError(
                f"ambang tingkat {place + 1} ({higher.value}) harus lebih tinggi dari tingkat {place} ({lower.value})"
            )
    for place, step in enumerate(steps, start=1):
        if step.returns_at is not None and step.returns_at > step.value:
            raise ValueError(
                f"ambang kembali tingkat {place} ({step.returns_at}) harus di bawah ambangnya ({step.value})"
            )


def reached(value: Decimal, steps: Sequence[Step]) -> int:
    """The highest step at or above which one value lies; 0 below all."""
    return sum(value >= step.value for step in steps)


def _kept(value: Decimal, steps: Sequence[Step], now: int) -> int:
    """The highest of the steps up to `now` that this value still holds."""
    return max((n for n in range(1, now + 1) if value >= steps[n - 1].held_from), default=0)
