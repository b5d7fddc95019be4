"""The calls of a queue, counted: the same counts from a queue log, from histograms and from a monthly workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from dashboard.formulas.waits import Bucket, Waits

Fate = Literal["answered", "abandoned", "timeout", "unknown"]


@dataclass(frozen=True, slots=True)
class QueueCall:
    """One call: its end, and seconds of waiting and talking. No outcome: talking (wait known) or waiting.

    "unknown": it ended, and the source cannot tell whether anybody answered.
    """

    outcome: Fate | None
    wait_s: int | None = None
    talk_s: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds spent on so many answered calls; `zero` of them took none, None when nobody knows."""

    total_s: int = 0
    n: int = 0
    zero: int | None = None

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.total_s + other.total_s, self.n + other.n, _plus(self.zero, other.zero))

    @classmethod
    def on(cls, seconds: Iterable[int]) -> Spent:
        """From single durations."""
        each = list(seconds)
        return cls(sum(each), len(each), each.count(0))


@dataclass(frozen=True, slots=True)
class QueueTally:
    """What is known of the calls of a period; None where the source cannot tell, which is never 0.

    `offered` is every call that entered, `waiting` those that still wait, `talking` the answered ones that go on,
    `unknown` those that ended nobody knows how. Add the tallies of periods and queues: what one of them does not know,
    the sum does not know.
    """

    offered: int | None = None
    answered: int | None = None
    abandoned: int | None = None
    timeout: int | None = None
    unknown: int = 0
    waiting: int = 0
    talking: int = 0
    answered_waits: Waits | None = None
    abandoned_waits: Waits | None = None
    timeout_waits: Waits | None = None
    talk: Spent | None = None
    hold: Spent | None = None
    wrap: Spent | None = None
    staffed_s: int | None = None

    def __add__(self, other: QueueTally) -> QueueTally:
        return QueueTally(**{f.name: _plus(getattr(self, f.name), getattr(other, f.name)) for f in fields(QueueTally)})

    @property
    def decided(self) -> int | None:
        """Calls that no longer wait: the denominator of every share."""
        if self.offered is not None:
            return self.offered - self.waiting
        if self.answered is None or self.abandoned is None or self.timeout is None:
            return None
        return self.answered + self.abandoned + self.timeout + self.unknown


NO_CALLS = QueueTally(
    offered=0,
    answered=0,
    abandoned=0,
    timeout=0,
    answered_waits=Waits(),
    abandoned_waits=Waits(),
    timeout_waits=Waits(),
    talk=Spent(zero=0),
    hold=Spent(zero=0),
    wrap=Spent(zero=0),
    staffed_s=0,
)
"""A period known to be empty: sum(tallies, NO_CALLS)."""


def tally_calls(calls: Iterable[QueueCall], staffed_s: int | None = None) -> QueueTally:
    """Count single calls. A kind of wait is known when it is known of each of its calls."""
    by_fate: dict[str, list[QueueCall]] = {fate: [] for fate in ("answered", "abandoned", "timeout", "unknown", "")}
    for call in calls:
        by_fate[_fate(call)].append(call)
    return QueueTally(
        offered=sum(map(len, by_fate.values())),
        answered=len(by_fate["answered"]),
        abandoned=len(by_fate["abandoned"]),
        timeout=len(by_fate["timeout"]),
        unknown=len(by_fate["unknown"]),
        waiting=len(by_fate[""]),
        talking=sum(call.outcome is None for call in by_fate["answered"]),
        answered_waits=_waits(by_fate["answered"]),
        abandoned_waits=_waits(by_fate["abandoned"]),
        timeout_waits=_waits(by_fate["timeout"]),
        talk=Spent.on(call.talk_s for call in by_fate["answered"] if call.talk_s is not None),
        staffed_s=staffed_s,
    )


def tally_histograms(
    answered: Mapping[int, int], abandoned: Mapping[int, int], timeout: Mapping[int, int], /, **known: Any
) -> QueueTally:
    """From how many calls of each end waited how many seconds; `known` are further fields of the tally.

    A count given there (say `answered=120`) stands beside a histogram of fewer waits, which is then incomplete.
    """
    waits = (Waits(dict(answered)), Waits(dict(abandoned)), Waits(dict(timeout)))
    counts = {"answered": waits[0].total, "abandoned": waits[1].total, "timeout": waits[2].total}
    given = {**counts, **known}
    given.setdefault("offered", sum(given.get(name, 0) for name in (*counts, "unknown", "waiting")))
    return QueueTally(answered_waits=waits[0], abandoned_waits=waits[1], timeout_waits=waits[2], **given)


def tally_buckets(answered: Mapping[Bucket, int], answered_in_all: int | None = None, **known: Any) -> QueueTally:
    """From exclusive buckets of the waits of answered calls, as an hourly telephone export has them.

    `answered_in_all` where the export says it; else all buckets up to the open one are needed to know it.
    `known` are further fields of the tally, such as `abandoned`.
    """
    waits = Waits.in_buckets(answered, answered_in_all)
    last = max(waits.edges or {0})
    complete = answered_in_all is not None or (last, None) in answered
    return QueueTally(answered=waits.total if complete else None, answered_waits=waits, **known)


def _fate(call: QueueCall) -> str:
    if call.outcome is not None:
        return call.outcome
    return "" if call.wait_s is None else "answered"


def _waits(calls: list[QueueCall]) -> Waits:
    return Waits.of(call.wait_s for call in calls if call.wait_s is not None)


def _plus(one: Any, other: Any) -> Any:
    return None if one is None or other is None else one + other
