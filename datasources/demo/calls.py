"""The calls of one hour as the queue hands them to the agents: who waits how long, and how it ends."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from datasources.demo.ringing import TIMEOUT_S, Kind, Ringing, ringing_in
from datasources.demo.roster import on_duty

Outcome = Literal["answered", "abandoned", "timeout"]

WRAP_UP_S = {"darurat": 40, "ganda": 15, "bukan darurat": 20, "informasi": 5}
"""Seconds in which the form is finished after the talk."""
LONGEST_CALL_S = 1800


class SimulatedCall(NamedTuple):
    """Times in Unix seconds, durations in seconds; `about` is the call that first reported the same event."""

    call_id: str
    caller: str
    agent: str
    enter: int
    wait: int
    ring: int
    talk: int
    outcome: Outcome
    kind: Kind
    about: str
    refused_ring: bool

    @property
    def answered_at(self) -> int:
        """Enter plus wait."""
        return self.enter + self.wait

    @property
    def ended_at(self) -> int:
        """When the caller was gone."""
        return self.enter + self.wait + self.talk


@lru_cache(maxsize=512)
def calls_of_hour(seed: str, hour: int) -> tuple[SimulatedCall, ...]:
    """Every call that enters in this Unix hour, in time order."""
    busy_until: dict[str, int] = {}
    first_reports: dict[int, str] = {}
    return tuple(_call(ringing, busy_until, first_reports) for ringing in ringing_in(seed, hour))


def _call(r: Ringing, busy_until: dict[str, int], first_reports: dict[int, str]) -> SimulatedCall:
    """Hand a caller to the agent who has been idle longest; remembers who is busy and which events are reported."""
    agent, answer = _agent_for(r.enter + r.picked_up_after, busy_until)
    wait = answer - r.enter
    if wait > r.patience or wait >= TIMEOUT_S:
        outcome: Outcome = "abandoned" if r.patience < TIMEOUT_S else "timeout"
        return SimulatedCall(
            r.call_id, r.caller, "", r.enter, min(r.patience, TIMEOUT_S), 0, 0, outcome, r.kind, "", False
        )
    busy_until[agent] = answer + r.talk + WRAP_UP_S.get(r.kind, 0)
    kind, about = r.kind, ""
    if kind in ("darurat", "ganda"):
        about = first_reports.setdefault(r.about, r.call_id)
        kind = "darurat" if about == r.call_id else "ganda"
    ring = min(wait, 2 + r.number % 4)
    return SimulatedCall(
        r.call_id, r.caller, agent, r.enter, wait, ring, r.talk, "answered", kind, about, wait > 12 and r.number % 2 > 0
    )


def _agent_for(moment: int, busy_until: dict[str, int]) -> tuple[str, int]:
    """An agent who can be rung, and the Unix second from which, at or after `moment`."""
    present = on_duty(moment)
    while not present:
        moment += 30
        present = on_duty(moment)
    agent = min(present, key=lambda agent: busy_until.get(agent, 0))
    free = busy_until.get(agent, 0)
    return agent, moment if free <= moment else free + 2
