"""Cases against a limit in working days: done in time, late, or still within it. Open ones are late at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from dashboard.formulas.working_days import WorkingCalendar

Judged = Literal["tepat", "lewat", "berjalan"]


@dataclass(frozen=True, slots=True)
class Clock:
    """One case: the day it began, the day it was done (None: not yet), its limit in working days."""

    start: date
    done: date | None
    limit: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were done in time, are late (done or not), and still run within their limit."""

    in_time: int = 0
    late: int = 0
    running: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.in_time + other.in_time, self.late + other.late, self.running + other.running)

    @property
    def decided(self) -> int:
        """Those of which it is known."""
        return self.in_time + self.late

    @property
    def share(self) -> Fraction | None:
        """In time, of those of which it is known."""
        return Fraction(self.in_time, self.decided) if self.decided else None


def judged(calendar: WorkingCalendar, case: Clock, today: date) -> Judged:
    """A case that is not done is late as soon as its limit is over. Done before it began counts as done at once."""
    due = calendar.due(case.start, case.limit)
    if case.done is not None:
        return "tepat" if case.done <= due else "lewat"
    return "berjalan" if today <= due else "lewat"


def tally(calendar: WorkingCalendar, cases: Iterable[Clock], today: date) -> Tally:
    """All of them."""
    found: dict[Judged, int] = {"tepat": 0, "lewat": 0, "berjalan": 0}
    for case in cases:
        found[judged(calendar, case, today)] += 1
    return Tally(found["tepat"], found["lewat"], found["berjalan"])
