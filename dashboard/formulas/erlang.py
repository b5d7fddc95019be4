"""Erlang B and C: what a queue of patient callers costs in waiting, exact by recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice
from math import exp
from typing import ClassVar

Amount = int | float | Fraction


@dataclass(frozen=True, slots=True)
class SteadyQueue:
    """A queue that empties again: load in erlang, fewer than agents; service time in seconds."""

    load: Fraction
    agents: int
    aht_s: Fraction
    wait_chance: Fraction

    @property
    def asa_s(self) -> Fraction:
        """Mean wait in seconds of all calls, those answered at once included."""
        return self.wait_chance * self.aht_s / (self.agents - self.load)

    @property
    def queue_length(self) -> Fraction:
        """Mean number of callers that wait."""
        return self.wait_chance * self.load / (self.agents - self.load)

    @property
    def occupancy(self) -> Fraction:
        """Share of the agents' time spent on calls."""
        return self.load / self.agents

    def service_level(self, threshold_s: Amount) -> float:
        """The share of calls answered within so many seconds."""
        spare = (self.agents - self.load) * Fraction(threshold_s) / self.aht_s
        return 1 - float(self.wait_chance) * exp(-float(spare))


@dataclass(frozen=True, slots=True)
class EndlessQueue:
    """More work than the agents can do, or exactly as much: the queue grows for as long as it lasts."""

    word: ClassVar[str] = "antrean tak terhingga"

    load: Fraction
    agents: int


def erlang_b(load: Amount, agents: int) -> Fraction:
    """The chance that a call finds every agent busy when none may wait (Erlang 1917). Load in erlang.

    By recursion: A**n/n! overflows a float at 200 agents. Raises ValueError for a load or agents below 0.
    """
    if agents < 0:
        raise ValueError(f"{agents} petugas tidak mungkin")
    return next(islice(blocking(load), agents, None))


def blocking(load: Amount) -> Iterator[Fraction]:
    """Erlang B for 0, 1, 2, … agents without end. Raises ValueError for a negative load."""
    work = Fraction(load)
    if work < 0:
        raise ValueError(f"beban {load} erlang tidak mungkin")
    blocked = Fraction(1)
    for agents in count(1):
        yield blocked
        blocked = work * blocked / (agents + work * blocked)


def offered_load(calls: Amount, interval_s: Amount, aht_s: Amount) -> Fraction:
    """Calls in an interval times their mean handling time, in erlang. Raises ValueError for what cannot be."""
    if calls < 0 or interval_s <= 0 or aht_s <= 0:
        raise ValueError(f"{calls} panggilan dalam {interval_s} detik dengan {aht_s} detik per panggilan tidak mungkin")
    return Fraction(calls) * Fraction(aht_s) / Fraction(interval_s)


def erlang_c(calls: Amount, interval_s: Amount, aht_s: Amount, agents: int) -> SteadyQueue | EndlessQueue:
    """The queue (M/M/n) of callers that never give up.

    Calls per interval, interval and handling time in seconds. Fractions or integers in give exact fractions out.
    Raises ValueError for amounts that cannot be.
    """
    load = offered_load(calls, interval_s, aht_s)
    return waiting_queue(load, agents, Fraction(aht_s), erlang_b(load, agents))


def waiting_queue(load: Fraction, agents: int, aht_s: Fraction, blocked: Fraction) -> SteadyQueue | EndlessQueue:
    """Erlang C from the Erlang B of the same load and agents: C = nB / (n - A(1 - B))."""
    if load >= agents:
        return EndlessQueue(load, agents)
    return SteadyQueue(load, agents, aht_s, agents * blocked / (agents - load * (1 - blocked)))
