"""The legs of one call in a cdr table to what can honestly be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from datasources.calls112.cdr_legs import UNNAMED, Leg
from datasources.calls112.records import Call, OutboundCall, Outcome
from datasources.contract import Refused


@dataclass
class CallLegs:
    """What was read of one call."""

    legs: list[Leg] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def begun(self) -> datetime:
        return min(leg.begun for leg in self.legs)

    def records(self, key: str) -> tuple[Call | OutboundCall, ...]:
        """One call per queue it stood in, or one outbound call, or nothing of this centre."""
        if any(leg.ours for leg in self.legs):
            return tuple(_inbound(key, sorted(self.legs, key=lambda leg: leg.begun)))
        outbound = sorted((leg for leg in self.legs if leg.outbound), key=lambda leg: leg.begun)
        return (_outbound(key, outbound),) if outbound else ()


class Gathering:
    """Legs on their way to calls; a call leaves when no leg of it can follow any more."""

    def __init__(self) -> None:
        self.newest: datetime | None = None
        self._calls: dict[str, CallLegs] = {}
        self._alike: dict[str, int] = {}

    def add(self, leg: Leg, key: str, refused: Iterable[Refused]) -> None:
        call = self._calls.setdefault(key or self._own_key(leg), CallLegs())
        call.legs.append(leg)
        call.refused.extend(refused)
        self.newest = leg.begun if self.newest is None else max(self.newest, leg.begun)

    def begun_before(self, moment: datetime | None) -> Iterator[tuple[str, CallLegs]]:
        """Hand out the calls that began before `moment`; None hands out all."""
        for key, call in list(self._calls.items()):
            if moment is None or call.begun < moment:
                yield key, self._calls.pop(key)

    def _own_key(self, leg: Leg) -> str:
        """A key for a row without one, the same in every reading; rows alike in everything are counted apart."""
        digest = sha256(repr(leg).encode()).hexdigest()[:32]
        number = self._alike[digest] = self._alike.get(digest, 0) + 1
        return f"cdr-{digest}-{number}"


def _inbound(key: str, legs: Sequence[Leg]) -> Iterator[Call]:
    outcome = _outcome(legs)
    caller = next((leg.caller_hash for leg in legs if leg.caller_hash), None)
    for queue in dict.fromkeys(leg.queue for leg in legs if leg.queue) or [None]:
        of_queue = [leg for leg in legs if queue is None or leg.queue == queue]
        line = next((leg.line for leg in legs if leg.line), UNNAMED)
        ends = [leg.ended for leg in of_queue if leg.ended]
        yield Call(
            call_id=key,
            queue=queue or line,
            t_enter=of_queue[0].begun,
            t_end=max(ends, default=None),
            outcome=outcome,
            caller_hash=caller,
        )


def _outcome(legs: Sequence[Leg]) -> Outcome:
    """Queue() answers the line before anybody does, so ANSWERED proves nothing: "unknown".

    Without ANSWERED on any leg nobody answered. Did a telephone ring (NO ANSWER), the caller was let wait and is gone:
    "abandoned", to be called back, although a dialplan that gave up looks the same. Did none ring, the system turned
    the caller away (BUSY, FAILED, CONGESTION): with those whose wait the system ended, "timeout".
    """
    said = {leg.disposition for leg in legs}
    if None in said or "ANSWERED" in said:
        return "unknown"
    return "abandoned" if "NO ANSWER" in said else "timeout"


def _outbound(key: str, legs: Sequence[Leg]) -> OutboundCall:
    """Several legs to one number are several trunks tried; the number is that of the first."""
    answered = any(leg.disposition == "ANSWERED" and leg.talked for leg in legs)
    is_known = answered or all(leg.disposition is not None for leg in legs)
    return OutboundCall(key, legs[0].begun, legs[0].called_hash, answered if is_known else None)
