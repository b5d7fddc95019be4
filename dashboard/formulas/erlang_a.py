"""Erlang A: a queue whose callers give up, which also has an answer where Erlang C has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, expm1, fsum, log

from dashboard.formulas.erlang import Amount, erlang_b, offered_load

NEGLIGIBLE = 45.0
"""A term this far below the largest, in powers of e, is beyond the digits of a float."""


@dataclass(frozen=True, slots=True)
class ImpatientQueue:
    """M/M/n+M in equilibrium; rates per second. Chances are of an arriving call.

    `_before` and `_scale` give the chance that all agents but one are busy, kept apart so that nothing overflows.
    """

    arrival: float
    service: float
    impatience: float
    agents: int
    wait_chance: float
    abandon_chance: float
    _before: float
    _scale: float

    @property
    def mean_wait_s(self) -> float:
        """Mean wait in seconds of all calls, answered or given up."""
        return self.abandon_chance / self.impatience

    @property
    def queue_length(self) -> float:
        """Mean number of callers that wait."""
        return self.arrival * self.mean_wait_s

    @property
    def occupancy(self) -> float:
        """Share of the agents' time spent on calls."""
        return self.arrival * (1 - self.abandon_chance) / (self.agents * self.service)

    def served_within(self, threshold_s: float) -> float:
        """The share of all calls that are answered within so many seconds."""
        return 1 - self.wait_chance + self._reached(threshold_s, staying=1)

    def abandoned_within(self, threshold_s: float) -> float:
        """The share of all calls that give up within so many seconds."""
        offered = self._reached(threshold_s, staying=0)
        longer = max(0.0, self.wait_chance - offered)
        return offered - self._reached(threshold_s, staying=1) - expm1(-self.impatience * threshold_s) * longer

    def level_over_answered(self, threshold_s: float) -> float:
        """The service level among the answered calls."""
        return self.served_within(threshold_s) / (1 - self.abandon_chance)

    def level_without_short(self, threshold_s: float) -> float:
        """The service level among the calls that did not give up within the threshold."""
        return self.served_within(threshold_s) / (1 - self.abandoned_within(threshold_s))

    def _reached(self, threshold_s: float, staying: int) -> float:
        """The chance that the wait a call is offered ends in (0, threshold]; `staying` 1: and that it waits so long.

        The offered wait has the density  lambda p_(n-1) exp(lambda/theta (1 - e^(-theta x)) - n mu x)
        (Zeltyn and Mandelbaum 2005); its integral is an incomplete gamma function.
        """
        busy = self.agents * self.service / self.impatience + staying
        pressure = self.arrival / self.impatience
        left = exp(-self.impatience * threshold_s)
        whole, rest = _log_terms(busy, pressure), _log_terms(busy, pressure * left)
        shift = pressure * (1 - left) - busy * self.impatience * threshold_s
        whole_sum = fsum(exp(term - self._scale) for term in whole)
        rest_sum = fsum(exp(term + shift - self._scale) for term in rest)
        return self._before * pressure * (whole_sum - rest_sum)


def erlang_a(calls: Amount, interval_s: Amount, aht_s: Amount, patience_s: Amount, agents: int) -> ImpatientQueue:
    """The queue of callers whose patience is exponential with this mean (Palm 1957); any load has an equilibrium.

    Calls per interval, times in seconds. Raises ValueError for amounts that cannot be, without agents or patience.
    """
    load = offered_load(calls, interval_s, aht_s)
    if agents < 1 or patience_s <= 0:
        raise ValueError(f"{agents} petugas dan kesabaran {patience_s} detik tidak mungkin; harus di atas 0")
    arrival, service, impatience = float(calls) / float(interval_s), 1 / float(aht_s), 1 / float(patience_s)
    pressure = arrival / impatience
    terms = _log_terms(agents * service / impatience, pressure)
    scale = max(terms)
    weights = [exp(term - scale) for term in terms]
    blocked = float(erlang_b(load, agents - 1))
    before = blocked / (exp(-scale) + blocked * pressure * fsum(weights))
    return ImpatientQueue(
        arrival=arrival,
        service=service,
        impatience=impatience,
        agents=agents,
        wait_chance=before * pressure * fsum(weights),
        abandon_chance=before * fsum(place * weight for place, weight in enumerate(weights)),
        _before=before,
        _scale=scale,
    )


def _log_terms(start: float, x: float) -> Sequence[float]:
    """Logarithms of x**k / (start (start+1) … (start+k)) for k = 0, 1, … until they no longer count."""
    terms = [-log(start)]
    if x <= 0:
        return terms
    highest = terms[0]
    for place in range(1, 1_000_000):
        terms.append(terms[-1] + log(x / (start + place)))
        highest = max(highest, terms[-1])
        if x < start + place and terms[-1] < highest - NEGLIGIBLE:
            break
    return terms
