"""How long a stage took in many incidents at once, from the columns of their moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from dashboard.formulas.stages import INTERVALS, Stage, StageTimes
from dashboard.store.incident_columns import IncidentColumns
from dashboard.store.incident_days import ABSENT

CELLS = {
    "received": "received", "answered": "call_answered", "dispatched": "dispatched", "en_route": "enroute",
    "arrived": "arrived", "closed": "closed",
}  # fmt: skip
"""Moment of a life cycle → column."""


@dataclass(frozen=True, slots=True)
class Lengths(Sequence[timedelta]):
    """Lengths of time in order, the shortest first, kept as milliseconds until somebody looks at one."""

    ms: np.ndarray

    def __len__(self) -> int:
        return len(self.ms)

    def __getitem__(self, place: Any) -> Any:
        return timedelta(milliseconds=int(self.ms[place]))


def lengths(columns: IncidentColumns, stage: Stage, answered: str = "call_answered") -> StageTimes:
    """A stage as the formula `stage_times` has it; `answered` names the column that holds the answering."""
    cells = {**CELLS, "answered": answered}
    begin, end = INTERVALS[stage]
    return between(columns.cells[cells[begin]], columns.cells[cells[end]])


def between(starts: np.ndarray, ends: np.ndarray) -> StageTimes:
    """The same between two columns of moments in ms."""
    known = (starts != ABSENT) & (ends != ABSENT)
    took = (ends - starts)[known]
    times = np.sort(took[took >= 0])
    zero = int(np.searchsorted(times, 0, "right"))
    return StageTimes(Lengths(times), zero, len(took) - len(times), len(starts) - len(took))
