"""How fresh a source is, judged against its own contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOST_AFTER = 2
"""A source past this multiple of its contract is basi (it answers, its data are old) or putus (it is silent)."""


class FreshState(StrEnum):
    """The words are shown on the panel."""

    FRESH = "segar"
    LATE = "terlambat"
    STALE = "basi"
    LOST = "putus"
    NONE = "belum ada sumber"


@dataclass(frozen=True, slots=True)
class Contract:
    """What an operator promised of a source: `stale_after` the last good answer, `silent_after` the newest data."""

    stale_after: timedelta
    silent_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """A state, the moment the source was last in order, and the moments at which it turns late and lost."""

    state: FreshState
    since: datetime | None
    late_at: datetime | None = None
    lost_at: datetime | None = None


def freshness(
    contract: Contract, now: datetime, answered_at: datetime | None, data_at: datetime | None, answering: bool
) -> Freshness:
    """Judge one source. The clock that has run further past its contract decides.

    `answered_at` is the last good contact, `data_at` the newest data, `answering` whether the last attempt
    succeeded. A source that never answered is putus.
    """
    if answered_at is None:
        return Freshness(FreshState.LOST, None)
    clocks = [(answered_at, contract.stale_after)]
    if contract.silent_after is not None:
        clocks.append((data_at or answered_at, contract.silent_after))
    since, limit = max(clocks, key=lambda clock: (now - clock[0]) / clock[1])
    late_at, lost_at = since + limit, since + LOST_AFTER * limit
    if now <= late_at:
        state = FreshState.FRESH
    elif now <= lost_at:
        state = FreshState.LATE
    else:
        state = FreshState.STALE if answering and now - answered_at <= contract.stale_after else FreshState.LOST
    return Freshness(state, since, late_at, lost_at)


_WORST_FIRST = (FreshState.LOST, FreshState.STALE, FreshState.LATE, FreshState.FRESH)


def worst(states: list[Freshness]) -> Freshness:
    """The freshness of a value that rests on several sources: that of the worst of them."""
    if not states:
        return Freshness(FreshState.NONE, None)
    return min(states, key=lambda f: (_WORST_FIRST.index(f.state), f.since.timestamp() if f.since else 0))
