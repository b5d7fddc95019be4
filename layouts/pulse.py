"""The pulse of a panel: what a browser needs to judge its freshness alone once the server falls silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dashboard.formulas.freshness import LOST_AFTER, Freshness, worst
from dashboard.indicators.reading import Reading
from dashboard.store.database import to_ms
from dashboard.store.source_states import SourceState

JUST_AFTER = timedelta(milliseconds=1)

Pulse = dict[str, object]


def pulse(reading: Reading) -> Pulse:
    """`answered`: the oldest last answer of its sources, ms UTC or None. `course`: the present freshness and those
    that follow when nothing more is heard, each as [from ms, state, last in order ms or None]; empty without sources.
    """
    answered = [s.answered_at for s in reading.sources if s.answered_at is not None]
    return {
        "answered": to_ms(min(answered)) if answered else None,
        "course": [[to_ms(at), str(f.state), f.since and to_ms(f.since)] for at, f in course(reading)],
    }


def course(reading: Reading) -> list[tuple[datetime, Freshness]]:
    """From when which freshness holds, the present one first, judged by dashboard/formulas/freshness.py alone."""
    if not reading.sources:
        return []
    steps = [(reading.at, reading.freshness)]
    for turn in sorted({turn for source in reading.sources for turn in _turns(source) if turn >= reading.at}):
        then = worst([source.freshness(turn + JUST_AFTER) for source in reading.sources])
        if then.state is not steps[-1][1].state:
            steps.append((turn + JUST_AFTER, then))
    return steps


def _turns(source: SourceState) -> Iterator[datetime]:
    """The moments at which a source can turn: each clock once and LOST_AFTER times past its limit."""
    if source.answered_at is None:
        return
    clocks = [(source.answered_at, source.contract.stale_after)]
    if source.contract.silent_after is not None:
        clocks.append((source.newest_data_at or source.answered_at, source.contract.silent_after))
    for start, limit in clocks:
        yield start + limit
        yield start + LOST_AFTER * limit
