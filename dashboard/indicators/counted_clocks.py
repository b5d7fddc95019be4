"""Cases of any kind against their clocks, and those that have none with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dashboard.formulas.within_clock import Clock, Tally, tally
from dashboard.formulas.working_days import WorkingCalendar

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally, and what was left out of it and why."""

    tally: Tally
    excluded: Counter[str]


def counted(
    calendar: WorkingCalendar, cases: Iterable[Case], clock: Callable[[Case], Clock | str], today: date
) -> Counted:
    """The cases, judged at the end of `today`; what happened later is not known yet.

    `clock` gives the clock of a case, or the reason why it has none.
    """
    clocks: list[Clock] = []
    excluded: Counter[str] = Counter()
    for case in cases:
        made = clock(case)
        if isinstance(made, str):
            excluded[made] += 1
        else:
            is_later = made.done is not None and made.done > today
            clocks.append(Clock(made.start, None, made.limit) if is_later else made)
    return Counted(tally(calendar, clocks, today), excluded)
