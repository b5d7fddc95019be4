"""Achievement of a target by the direction in which its indicator is good, with a cap, and averages with coverage.

Higher is better: realisation ÷ target. Lower is better: 2 − realisation ÷ target, the habit of performance reports
(LAKIP; from memory, to be checked against Permendagri 86/2017). A range: 100 % inside it; outside it the nearer bound
is the target, an agreement of this application. What cannot be computed is no 0 % and no 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.not_computable import NotComputable

UP, DOWN, RANGE = "naik", "turun", "rentang"
HUNDRED, USUAL_CAP = Decimal(100), Decimal(120)
NO_TARGET = NotComputable("target belum ditetapkan")
ZERO_TARGET = NotComputable("targetnya 0")
NO_REALISATION = NotComputable("realisasi belum diisi")


@dataclass(frozen=True, slots=True)
class Target:
    """A number, or a range from `low` to `high`."""

    low: Decimal
    high: Decimal | None = None


def parsed(text: str) -> Target:
    """'40' or '40..60'."""
    low, _, high = text.partition("..")
    return Target(Decimal(low), Decimal(high) if high else None)


def achievement(
    direction: str, target: Target | None, realised: Decimal | None, cap: Decimal = USUAL_CAP
) -> Decimal | NotComputable:
    """Per cent from 0 to `cap`, to 28 digits."""
    if target is None:
        return NO_TARGET
    if realised is None:
        return NO_REALISATION
    lower = direction == DOWN
    aim = target.low
    if direction == RANGE and target.high is not None:
        if target.low <= realised <= target.high:
            return HUNDRED
        lower = realised > target.high
        aim = target.high if lower else target.low
    if aim == 0:
        return ZERO_TARGET
    share = realised / aim
    return min(max((2 - share if lower else share) * HUNDRED, Decimal(0)), cap)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean of what can be computed, and of how many it is: `n` of `m`. `mean` is None when nothing can be."""

    mean: Decimal | None
    n: int
    m: int


def pooled(found: Iterable[Decimal | NotComputable]) -> Pooled:
    """Each counts once, whichever programme it belongs to."""
    every = list(found)
    known = [one for one in every if isinstance(one, Decimal)]
    return Pooled(sum(known, Decimal(0)) / len(known) if known else None, len(known), len(every))


@dataclass(frozen=True, slots=True)
class Weighted:
    """Work of some weight, the day by which the document wants it done is over or not, and how far it is (per cent)."""

    weight: Decimal
    is_due: bool
    progress: Decimal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Planned and actual progress in per cent by weight. `late`: due, reported as not done; `silent`: due, unreported.

    `actual` is None while something that is due was not reported; what is not due yet and unreported has not begun.
    Both are None without items.
    """

    planned: Decimal | None
    actual: Decimal | None
    late: int
    silent: int
    items: int


def progress(work: Iterable[Weighted]) -> Progress:
    """Planned is what the document wants done by now: no straight line is drawn between its days."""
    every = list(work)
    whole = sum((one.weight for one in every), Decimal(0))
    late = sum(one.is_due and one.progress is not None and one.progress < HUNDRED for one in every)
    silent = sum(one.is_due and one.progress is None for one in every)
    if not whole:
        return Progress(None, None, late, silent, len(every))
    planned = sum((one.weight for one in every if one.is_due), Decimal(0)) * HUNDRED / whole
    actual = sum((one.weight * (one.progress or 0) for one in every), Decimal(0)) / whole
    return Progress(planned, None if silent else actual, late, silent, len(every))
