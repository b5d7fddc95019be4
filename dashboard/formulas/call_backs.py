"""Who gave up in the queue and was never helped: neither answered later nor rung back; retries are one caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dashboard.formulas.queue_levels import SHORT_ABANDON_S

RETRY = timedelta(seconds=60)
"""The same caller within this after giving up tries again: no second caller."""


class Tried(Protocol):
    """A call: when it entered, how it ended, how long it waited, and the code of its caller."""

    @property
    def entered(self) -> datetime: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def wait_s(self) -> int | None: ...
    @property
    def code(self) -> str | None: ...
    @property
    def ended_waiting(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A caller who gave up after more than five seconds and was not helped since. Never says who.

    `rung`: the centre rang, nobody answered. `known` is False when the number was withheld: nobody can ring back.
    """

    first: datetime
    last: datetime
    attempts: int
    longest_wait_s: int
    rung: bool
    known: bool


def not_called_back(
    calls: Iterable[Tried], rung_back: Mapping[str, Sequence[tuple[datetime, bool | None]]]
) -> list[GaveUp]:
    """Callers who still wait for us, the one who waits longest first; `calls` in order of entering."""
    found: list[GaveUp] = []
    by_code: dict[str, list[Tried]] = {}
    for call in calls:
        if call.code is not None:
            by_code.setdefault(call.code, []).append(call)
        elif _gave_up(call):
            found.append(_told([call], rung=False, known=False))
    for code, theirs in by_code.items():
        found += _of_caller(theirs, rung_back.get(code, ()))
    return sorted(found, key=lambda each: each.first)


def _of_caller(calls: Sequence[Tried], rings: Sequence[tuple[datetime, bool | None]]) -> list[GaveUp]:
    answered = [call.ended_waiting for call in calls if call.outcome == "answered"]
    answered += [rung for rung, reached in rings if reached is not False]
    left = []
    for tries in _retries([call for call in calls if call.outcome in ("abandoned", "timeout")]):
        over = tries[-1].ended_waiting
        if any(_gave_up(call) for call in tries) and not any(moment >= over for moment in answered):
            left.append(_told(tries, any(rung >= over for rung, _ in rings), known=True))
    return left


def _retries(calls: Sequence[Tried]) -> list[list[Tried]]:
    chains: list[list[Tried]] = []
    for call in calls:
        if chains and call.entered - chains[-1][-1].ended_waiting <= RETRY:
            chains[-1].append(call)
        else:
            chains.append([call])
    return chains


def _gave_up(call: Tried) -> bool:
    """A short one is most often a pocket dial; of one that timed out without a wait nobody knows better."""
    if call.outcome == "timeout":
        return True
    return call.outcome == "abandoned" and (call.wait_s is None or call.wait_s > SHORT_ABANDON_S)


def _told(tries: Sequence[Tried], rung: bool, known: bool) -> GaveUp:
    longest = max(call.wait_s or 0 for call in tries)
    return GaveUp(tries[0].entered, tries[-1].entered, len(tries), longest, rung, known)
