"""The calls of a period as one tally, from the queue or, where nobody kept it, from what others counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, reduce

from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import typed_sources
from dashboard.exploring.calls112.recap_tallies import recap_tallies
from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.formulas.queue_tally import QueueTally, Spent
from dashboard.formulas.waits import Waits
from dashboard.store import calls_counted
from dashboard.store.call_waits import Blocks, Histogram, unpacked, waits_between, weekly_blocks
from dashboard.store.calls_counted import CallHour

NO_CALLS = "tidak ada panggilan tercatat dalam masa ini"
WHOLE = "Panggilan tidak membawa kecamatan; angka ini selalu seluruh kabupaten."
BY_HAND = "waktu pada sumber ini diketik tangan, detiknya tidak dapat dipercaya"
SOME_UNTOLD = 100
"""One call in so many may lack its wait or talk: it is left out and counted; more, and nothing is computed."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tally with what must be said of it. `typed_by_hand`: its seconds must not be shown."""

    tally: QueueTally
    newest: datetime | None
    notes: tuple[str, ...] = ()
    typed_by_hand: bool = False
    from_recaps: bool = False


def tallied(connection: Connection, filters: Filters, at: datetime, with_waits: bool = True) -> Tallied | None:
    """The period until `at`; None when nobody counted a call in it. The waits only where they are asked for."""
    end = min(filters.end, at)
    counted = calls_counted.all_between(connection, filters.start, end)
    if counted is None:
        return _from_recaps(connection, filters)
    tally = of_counts(counted, waits_between(connection, filters.start, end) if with_waits else {})
    waiting = tally.waiting
    notes = (f"{whole(waiting)} panggilan masih menunggu atau tidak diketahui akhirnya.",) if waiting else ()
    typed = bool(calls_counted.sources_between(connection, filters.start, end) & typed_sources(connection))
    newest = calls_counted.newest_hour(connection, end)
    return Tallied(tally, newest, (WHOLE, *notes), typed)


def weekly_tallies(
    connection: Connection, start: datetime, end: datetime, with_waits: bool = True
) -> dict[datetime, QueueTally]:
    """Monday 00.00 WIB → the tally of its week; `start` is such a Monday. The waits only where they are asked for."""
    blocks = weekly_blocks(connection, start, end) if with_waits else {}
    weeks = calls_counted.weeks_between(connection, start, end)
    if weeks:
        return {week.hour: _of_week(week, blocks.get(week.hour, ())) for week in weeks}
    return recap_tallies(connection, start, end).by_week()


@lru_cache(256)
def _of_week(week: CallHour, blocks: Blocks) -> QueueTally:
    """Remembered by what it is made of: weeks that are over are asked for again and again, a correction is another."""
    return of_counts(week, {outcome: unpacked((block,)) for outcome, block in blocks})


def of_counts(calls: CallHour, waits: Mapping[str, Histogram]) -> QueueTally:
    """What was counted and the histograms of its waits as one tally."""
    ended = calls.answered + calls.abandoned + calls.timeout + calls.unknown
    untold = calls.answered - calls.talked_n
    return QueueTally(
        offered=calls.offered,
        answered=calls.answered,
        abandoned=calls.abandoned,
        timeout=calls.timeout,
        unknown=calls.unknown,
        waiting=max(0, calls.offered - ended),
        talking=untold if 0 < untold * SOME_UNTOLD <= calls.answered else 0,
        answered_waits=Waits(waits.get("answered", {})),
        abandoned_waits=Waits(waits.get("abandoned", {})),
        timeout_waits=Waits(waits.get("timeout", {})),
        talk=Spent(calls.talked_s, calls.talked_n),
    )


def timed(tally: QueueTally) -> tuple[QueueTally, int]:
    """The tally without the few calls whose wait nobody wrote down, and how many these are.

    When more than one in a hundred of a kind lacks it, that kind stays as it is, and its figures say what is missing.
    """
    left_out, changed = 0, tally
    for kind in ("answered", "abandoned", "timeout"):
        calls, waits = getattr(tally, kind), getattr(tally, f"{kind}_waits")
        missing = 0 if calls is None or waits is None else calls - waits.total
        if 0 < missing * SOME_UNTOLD <= (calls or 0):
            offered = None if changed.offered is None else changed.offered - missing
            changed = replace(changed, offered=offered, **{kind: calls - missing})
            left_out += missing
    return changed, left_out


def _from_recaps(connection: Connection, filters: Filters) -> Tallied | None:
    recaps = recap_tallies(connection, filters.start, filters.end)
    if not recaps.periods:
        return None
    tally = reduce(lambda one, other: one + other, recaps.tallies)
    return Tallied(tally, recaps.newest, (WHOLE, recaps.sentence), from_recaps=True)
