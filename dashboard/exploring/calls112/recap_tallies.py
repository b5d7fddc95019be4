"""What others counted of the calls, as tallies by their own periods: an hour, a day, a week, a month."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.sentences import day_words, whole
from dashboard.formulas.queue_tally import QueueTally, tally_buckets
from dashboard.formulas.waits import bucket
from dashboard.store.recaps import recaps_between
from datasources.calls112.records import RecapCount

Period = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class RecapTallies:
    """Tallies of periods that do not overlap, oldest first."""

    periods: tuple[Period, ...]
    tallies: tuple[QueueTally, ...]

    @property
    def newest(self) -> datetime | None:
        """The end of the last period."""
        return self.periods[-1][1] if self.periods else None

    @property
    def sentence(self) -> str:
        """From when to when they count, and what they are."""
        first, last = clock.wib(self.periods[0][0]).date(), clock.wib(self.periods[-1][1] - timedelta(seconds=1)).date()
        covered = sum((end - start for start, end in self.periods), timedelta(0))
        gaps = "" if covered == self.periods[-1][1] - self.periods[0][0] else ", dengan celah"
        span = f"{day_words(first)} sampai {day_words(last)}"
        return f"Dari {whole(len(self.periods))} rekap, {span}{gaps}; rekap yang melewati batas masa tidak dihitung."

    def by_week(self) -> dict[datetime, QueueTally]:
        """Monday 00.00 WIB → tally of the weeks that recaps cover without a gap; longer recaps tell of no week."""
        weeks: dict[datetime, list[int]] = {}
        for place, (start, end) in enumerate(self.periods):
            monday = clock.week_start(start)
            if end <= monday + timedelta(days=7):
                weeks.setdefault(monday, []).append(place)
        return {
            monday: reduce(lambda one, other: one + other, [self.tallies[place] for place in places])
            for monday, places in weeks.items()
            if sum((self.periods[p][1] - self.periods[p][0] for p in places), timedelta(0)) == timedelta(days=7)
        }


def recap_tallies(connection: Connection, start: datetime, end: datetime) -> RecapTallies:
    """The recaps that lie wholly in [start, end); of two that overlap the shorter one counts."""
    counts: dict[Period, dict[str, dict[str, int]]] = {}
    for subject in ("calls", "waits"):
        for recap in recaps_between(connection, subject, start, end):  # type: ignore[arg-type]
            _add(counts, recap)
    chosen = apart([period for period, told in counts.items() if "calls" in told])
    return RecapTallies(tuple(chosen), tuple(_tally(counts[period]) for period in chosen))


def apart(periods: Sequence[Period]) -> list[Period]:
    """Periods that do not overlap, oldest first: of two that do the shorter one."""
    chosen: list[Period] = []
    for start, end in sorted(periods, key=lambda period: (period[1] - period[0], period[0])):
        place = bisect(chosen, (start, end))
        after_last = place == 0 or chosen[place - 1][1] <= start
        if after_last and (place == len(chosen) or end <= chosen[place][0]):
            chosen.insert(place, (start, end))
    return chosen


def _add(counts: dict[Period, dict[str, dict[str, int]]], recap: RecapCount) -> None:
    counts.setdefault((recap.start, recap.end), {}).setdefault(recap.subject, {})[recap.label] = recap.n


def _tally(told: Mapping[str, Mapping[str, int]]) -> QueueTally:
    calls = told["calls"]
    offered, answered, abandoned = (calls.get(label) for label in ("offered", "answered", "abandoned"))
    timeout = calls.get("timeout")
    if timeout is None and None not in (offered, answered, abandoned) and offered == answered + abandoned:  # type: ignore[operator]
        timeout = 0
    waits = {bucket(label): n for label, n in told.get("waits", {}).items()}
    if waits:
        return tally_buckets(waits, answered, offered=offered, abandoned=abandoned, timeout=timeout)
    return QueueTally(offered=offered, answered=answered, abandoned=abandoned, timeout=timeout)
