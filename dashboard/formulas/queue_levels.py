"""How a call queue answers: shares and waiting times of the 112 line, exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dashboard.formulas.percentile import nearest_rank

SHORT_ABANDON_S = 5
"""An abandoned call up to this wait is most often a pocket dial."""

Over = Literal["answered", "offered", "without_short"]


@dataclass(frozen=True, slots=True)
class QueueCall:
    """One call: its end, and seconds of waiting and talking. No outcome: talking (wait known) or waiting."""

    outcome: Literal["answered", "abandoned", "timeout"] | None
    wait_s: int | None = None
    talk_s: int | None = None


@dataclass(frozen=True, slots=True)
class QueueLevels:
    """The calls of one period. Pool the calls of a week; never average the shares of its hours.

    Shares are over the calls whose fate is known, so a call that still waits is offered but lowers nothing.
    Every share and mean is None when there is nothing to divide by.
    """

    answered_waits: tuple[int, ...]
    abandoned_waits: tuple[int, ...]
    timeout_waits: tuple[int, ...]
    talks: tuple[int, ...]
    answered: int
    abandoned: int
    timeout: int
    waiting: int

    @property
    def offered(self) -> int:
        """Every call that entered the queue."""
        return self.decided + self.waiting

    @property
    def decided(self) -> int:
        """Calls that were answered, abandoned or timed out."""
        return self.answered + self.abandoned + self.timeout

    @property
    def short_abandoned(self) -> int:
        """Abandoned within five seconds."""
        return self._abandoned_within(SHORT_ABANDON_S)

    @property
    def answer_rate(self) -> Fraction | None:
        """Answered over decided."""
        return _share(self.answered, self.decided)

    @property
    def abandon_rate(self) -> Fraction | None:
        """Abandoned over decided."""
        return _share(self.abandoned, self.decided)

    @property
    def abandon_rate_without_short(self) -> Fraction | None:
        """Abandoned after five seconds over decided, short ones in neither."""
        return _share(self.abandoned - self.short_abandoned, self.decided - self.short_abandoned)

    def answered_within(self, threshold_s: int) -> int:
        """Calls answered after at most so many seconds."""
        return sum(wait <= threshold_s for wait in self.answered_waits)

    def service_level(self, threshold_s: int, over: Over = "without_short") -> Fraction | None:
        """The share answered within the threshold.

        Over answered calls (NENA), over offered ones, or over offered ones without those that hung up
        within the threshold (the variant to print).
        """
        below = {
            "answered": self.answered,
            "offered": self.decided,
            "without_short": self.decided - self._abandoned_within(threshold_s),
        }
        return _share(self.answered_within(threshold_s), below[over])

    @property
    def asa_s(self) -> Fraction | None:
        """Average speed of answer in seconds; calls answered at once count with 0."""
        return _share(sum(self.answered_waits), len(self.answered_waits))

    def wait_percentile_s(self, percent: int) -> int | None:
        """Nearest-rank percentile of the wait of answered calls."""
        return nearest_rank(self.answered_waits, percent)

    @property
    def longest_wait_s(self) -> int | None:
        """The longest wait, whatever became of the call."""
        return max(self.answered_waits + self.abandoned_waits + self.timeout_waits, default=None)

    @property
    def aht_s(self) -> Fraction | None:
        """Average talk time in seconds of ended calls, those of zero seconds included."""
        return _share(sum(self.talks), len(self.talks))

    @property
    def aht_without_zero_s(self) -> Fraction | None:
        """Average talk time of ended calls in which somebody spoke."""
        return _share(sum(self.talks), sum(talk > 0 for talk in self.talks))

    def _abandoned_within(self, threshold_s: int) -> int:
        return sum(wait <= threshold_s for wait in self.abandoned_waits)


def queue_levels(calls: Iterable[QueueCall]) -> QueueLevels:
    """Count the calls of one period."""
    by_fate: dict[str, list[QueueCall]] = {"answered": [], "abandoned": [], "timeout": [], "waiting": []}
    for call in calls:
        by_fate[_fate(call)].append(call)
    return QueueLevels(
        answered_waits=_waits(by_fate["answered"]),
        abandoned_waits=_waits(by_fate["abandoned"]),
        timeout_waits=_waits(by_fate["timeout"]),
        talks=tuple(call.talk_s for call in by_fate["answered"] if call.talk_s is not None),
        answered=len(by_fate["answered"]),
        abandoned=len(by_fate["abandoned"]),
        timeout=len(by_fate["timeout"]),
        waiting=len(by_fate["waiting"]),
    )


def _fate(call: QueueCall) -> str:
    if call.outcome is not None:
        return call.outcome
    return "waiting" if call.wait_s is None else "answered"


def _waits(calls: list[QueueCall]) -> tuple[int, ...]:
    return tuple(call.wait_s for call in calls if call.wait_s is not None)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole > 0 else None
