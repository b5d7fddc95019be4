"""A source that is silent for longer than it usually is, measured by its own gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from dashboard.formulas.percentile import nearest_rank

LEAST_GAPS = 30
"""Fewer gaps do not tell what is usual."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The newest moment heard of, the gap that 99 % of the `gaps` earlier ones did not exceed, and the present one."""

    last: datetime
    usual: timedelta
    present: timedelta
    gaps: int

    @property
    def unusual(self) -> bool:
        """Whether the source is silent for longer than its own p99 (nearest rank)."""
        return self.present > self.usual


def silence(moments: Iterable[datetime], at: datetime, lasting: timedelta = timedelta(0)) -> Silence | None:
    """How silent a source is at `at`; None from fewer than thirty gaps between different moments.

    `lasting` is how long each moment stands for, as an hour of counted calls does.
    """
    heard = sorted({moment for moment in moments if moment <= at})
    gaps = [later - earlier for earlier, later in pairwise(heard)]
    usual = nearest_rank(gaps, 99)
    if usual is None or len(gaps) < LEAST_GAPS:
        return None
    return Silence(heard[-1], usual, max(at - heard[-1] - lasting, timedelta(0)), len(gaps))
