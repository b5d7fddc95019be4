"""Programmes of a judged masterplan taken together: achievement, reports, and progress, each with of how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.achievement import Pooled, pooled
from dashboard.indicators.judged_plan import LEFT_OUT, JudgedProgramme


def pooled_achievement(programmes: Iterable[JudgedProgramme]) -> Pooled:
    """Over all indicators that are due, each once."""
    return pooled(one.achieved for p in programmes for one in p.indicators if one.period is not None)


def told(programmes: Iterable[JudgedProgramme]) -> tuple[int, int]:
    """(indicators whose judged period has a value, indicators whose period is to be judged)."""
    every = [one for p in programmes for one in p.indicators if one.period is not None]
    return sum(one.realised is not None for one in every), len(every)


@dataclass(frozen=True, slots=True)
class MeanProgress:
    """Planned and actual progress, the mean over `n` of `m` programmes with actions: those that reported all due."""

    planned: Decimal | None
    actual: Decimal | None
    n: int
    m: int


def mean_progress(programmes: Iterable[JudgedProgramme]) -> MeanProgress:
    """Each programme that was not stopped, put off or ended counts once."""
    every = [p.progress for p in programmes if p.progress.items and p.state not in LEFT_OUT]
    known = [(p.planned, p.actual) for p in every if p.planned is not None and p.actual is not None]
    if not known:
        return MeanProgress(None, None, 0, len(every))
    planned, actual = (sum(side, Decimal(0)) / len(known) for side in zip(*known, strict=True))
    return MeanProgress(planned, actual, len(known), len(every))
