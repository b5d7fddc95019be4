"""The time under at least one warning: spans that do not touch, and how much of each stretch they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from dashboard.store.database import from_ms, to_ms, to_ms_up
from dashboard.store.warning_terms import Terms

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class WarnedTime:
    """`begin` and `over` of each span in ms, in order of time."""

    begin: np.ndarray
    over: np.ndarray

    def __len__(self) -> int:
        return len(self.begin)

    @property
    def ms(self) -> int:
        """All of it."""
        return int((self.over - self.begin).sum())

    def spans(self) -> list[tuple[datetime, datetime]]:
        """The spans as moments."""
        edges = zip(self.begin.tolist(), self.over.tolist(), strict=True)
        return [(begin, over) for a, b in edges if (begin := from_ms(a)) and (over := from_ms(b))]

    def hours_between(self, edges: Sequence[int]) -> list[Decimal]:
        """Hours from each edge (ms, in order) to the next, in tenths, whole minutes of them."""
        before = np.concatenate([[0], np.cumsum(self.over - self.begin)])
        at = np.asarray(edges, np.int64)
        place = np.searchsorted(self.over, at, "right")
        started = np.append(self.begin, at.max(initial=0))[place]
        covered = before[place] + np.clip(at - started, 0, None)
        minutes = (np.diff(covered) // MINUTE_MS).tolist()
        hours = {n: round(Decimal(n) / 60, 1) for n in set(minutes)}
        return [hours[n] for n in minutes]


def warned_time(terms: Terms, start: datetime, end: datetime) -> WarnedTime:
    """The time that any of them covers, cut to [start, end)."""
    first, last = to_ms(start), to_ms_up(end)
    order = np.argsort(terms.start, kind="stable")
    begin, over = np.clip(terms.start[order], first, last), np.clip(terms.end[order], first, last)
    some = begin < over
    begin, reached = begin[some], np.maximum.accumulate(over[some])
    if not len(begin):
        return WarnedTime(begin, reached)
    new = np.flatnonzero(np.append(True, begin[1:] > reached[:-1]))
    return WarnedTime(begin[new], reached[np.append(new[1:], len(begin)) - 1])
