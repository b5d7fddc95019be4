"""Who was reached in time, for many groups of incidents at once: the rule is asked once for each kind of case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from dashboard.exploring.calls112.counted import TYPED_BY_HAND
from dashboard.exploring.calls112.counted_columns import CountedColumns
from dashboard.formulas.stages import FORGOTTEN, LIMIT, LifeCycle, WithinLimit, within_limit
from dashboard.store.database import from_ms, to_ms_up
from dashboard.store.incident_columns import IncidentColumns
from dashboard.store.incident_days import ABSENT

MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Reached:
    """Those of one group: who was reached in time, and the mean response."""

    result: WithinLimit
    mean: timedelta | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Each incident with the number of its kind, and what the rule says of each kind."""

    found: CountedColumns
    regulated: np.ndarray
    kinds: np.ndarray
    verdicts: tuple[WithinLimit, ...]
    response_ms: np.ndarray
    """Negative where there is none."""

    def of_groups(self, groups: np.ndarray, n: int) -> tuple[list[Reached], list[Reached]]:
        """Each of `n` groups: everything in it, and the regulated categories in it."""
        return self._of(groups, n), self._of(groups[self.regulated], n, self.regulated)

    def _of(self, groups: np.ndarray, n: int, chosen: np.ndarray | slice = slice(None)) -> list[Reached]:
        width = len(self.verdicts)
        counts = np.bincount(groups * width + self.kinds[chosen], minlength=n * width).reshape(n, width)
        took = self.response_ms[chosen]
        told = took >= 0
        sums = np.zeros(n, np.int64)
        np.add.at(sums, groups[told], took[told])
        lengths = np.bincount(groups[told], minlength=n)
        return [self._reached(*each) for each in zip(counts, sums.tolist(), lengths.tolist(), strict=True)]

    def _reached(self, counts: np.ndarray, sum_ms: int, n: int) -> Reached:
        parts = (self.verdicts[kind] * int(counts[kind]) for kind in np.flatnonzero(counts))
        mean = timedelta(milliseconds=sum_ms) / n if n else None
        return Reached(sum(parts, WithinLimit()), mean)


def judged(found: CountedColumns, regulated: Collection[str], typed: Collection[str], at: datetime) -> Judged:
    """`regulated` words of categories, `typed` sources whose times a hand typed: they are no measure of minutes."""
    cells = found.columns.cells
    by_hand = found.columns.of_sources(typed)
    took = np.where((cells["arrived"] == ABSENT) | by_hand, np.int64(-1), cells["arrived"] - cells["received"])
    kinds, numbers = _kinds(found.columns, by_hand, at)
    verdicts = []
    for place in numbers:
        cycle = _cycle(found.columns, int(place))
        verdicts.append(_typed() if by_hand[place] else within_limit([cycle], at))
    own = found.columns.having("category_raw", regulated)
    return Judged(found, own, kinds, tuple(verdicts), took)


def _kinds(columns: IncidentColumns, by_hand: np.ndarray, at: datetime) -> tuple[np.ndarray, list[int]]:
    """The number of each incident's kind, and the place of one incident of each: everything the rule looks at."""
    cells = columns.cells
    received, arrived = cells["received"], cells["arrived"]
    age = to_ms_up(at) - received
    asked = (
        by_hand, arrived != ABSENT, arrived < received, arrived - received <= LIMIT // MS,
        cells["closed"] != ABSENT, age > LIMIT // MS, age > FORGOTTEN // MS,
    )  # fmt: skip
    keys = sum((answer.astype(np.int64) << bit for bit, answer in enumerate(asked)), np.zeros(len(columns), np.int64))
    there = np.flatnonzero(np.bincount(keys))
    numbers = np.zeros(1 << len(asked), np.int64)
    numbers[there] = np.arange(len(there))
    return numbers[keys], [int(np.argmax(keys == key)) for key in there]


def _typed() -> WithinLimit:
    result = WithinLimit()
    result.excluded[TYPED_BY_HAND] = 1
    return result


def _cycle(columns: IncidentColumns, place: int) -> LifeCycle:
    cells = columns.cells
    arrived, closed = (from_ms(int(ms)) if (ms := cells[n][place]) != ABSENT else None for n in ("arrived", "closed"))
    return LifeCycle(columns.moment(place), arrived=arrived, closed=closed)
