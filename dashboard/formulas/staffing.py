"""How many agents each hour needs, and the best that those who are there can reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import floor

from dashboard.formulas.erlang import Amount, EndlessQueue, SteadyQueue, blocking, erlang_c, offered_load, waiting_queue
from dashboard.formulas.erlang_a import ImpatientQueue, erlang_a

HOUR_S = 3600
CROWDED = Fraction(9, 10)
"""Above this load Erlang C overstates the waits, because callers give up; Erlang A stands beside it."""
MOST_AGENTS = 500
"""Beyond this a number was mistyped; an exact recursion would also become slow."""

WeekHour = tuple[int, int]
"""Day of the week, Monday 0, and hour 0–23, both WIB."""


@dataclass(frozen=True, slots=True)
class Target:
    """A share of calls answered within so many seconds; by default 90 % in 15 s (NENA-STA-020.1-2020)."""

    share: Fraction = Fraction(9, 10)
    within_s: int = 15


@dataclass(frozen=True, slots=True)
class Need:
    """The fewest agents that reach the target in an hour, and how the queue then runs."""

    agents: int
    queue: SteadyQueue
    service_level: float


@dataclass(frozen=True, slots=True)
class Reach:
    """What the agents who are there can reach. `service_level` is None when the queue has no end."""

    agents: int
    target: Target
    queue: SteadyQueue | EndlessQueue
    impatient: ImpatientQueue | None
    service_level: float | None
    needed: int

    @property
    def meets(self) -> bool:
        """Whether these agents reach the target."""
        return self.agents >= self.needed

    @property
    def sentence(self) -> str:
        """The finding in words."""
        target = f"{_percent(float(self.target.share))} dalam {self.target.within_s} detik"
        if self.meets:
            return f"{self.agents} petugas cukup untuk {target}."
        best = (
            f"{EndlessQueue.word}; beban kerja melebihi kemampuan mereka"
            if self.service_level is None
            else f"paling banyak {_percent(self.service_level)} terjawab dalam {self.target.within_s} detik"
        )
        return f"Dengan {self.agents} petugas: {best}. Untuk {target} diperlukan {self.needed} petugas."


def needed_agents(calls: Amount, aht_s: Amount, target: Target = Target(), interval_s: Amount = HOUR_S) -> Need:
    """The smallest number of agents whose Erlang C service level reaches the target; 1 when no call is expected.

    Calls per interval, times in seconds. Raises ValueError for amounts that cannot be or a target of 100 %.
    """
    if not 0 < target.share < 1:
        raise ValueError(f"sasaran {target.share} tidak mungkin; harus di antara 0 dan 1")
    load = offered_load(calls, interval_s, aht_s)
    for agents, blocked in enumerate(islice(blocking(load), MOST_AGENTS + 1) if load < MOST_AGENTS else ()):
        queue = waiting_queue(load, agents, Fraction(aht_s), blocked)
        if agents and isinstance(queue, SteadyQueue) and queue.service_level(target.within_s) >= target.share:
            return Need(agents, queue, queue.service_level(target.within_s))
    raise ValueError(f"{calls} panggilan memerlukan lebih dari {MOST_AGENTS} petugas; periksa jumlahnya")


def reach(
    calls: Amount,
    aht_s: Amount,
    agents: int,
    target: Target = Target(),
    patience_s: Amount | None = None,
    interval_s: Amount = HOUR_S,
) -> Reach:
    """What so many agents reach, and how many the target needs.

    With a mean patience in seconds, Erlang A stands beside Erlang C above 90 % load. Raises as `needed_agents`.
    """
    queue = erlang_c(calls, interval_s, aht_s, agents)
    crowded = agents > 0 and patience_s is not None and queue.load > CROWDED * agents
    impatient = erlang_a(calls, interval_s, aht_s, patience_s or 0, agents) if crowded else None
    level = queue.service_level(target.within_s) if isinstance(queue, SteadyQueue) else None
    return Reach(agents, target, queue, impatient, level, needed_agents(calls, aht_s, target, interval_s).agents)


def staff_the_week(
    expected: Mapping[WeekHour, Amount | None], aht_s: Amount, target: Target = Target()
) -> dict[WeekHour, Need | None]:
    """The need of each hour of the week; None where nobody knows how many calls to expect."""
    return {
        hour: None if calls is None else needed_agents(calls, aht_s, target) for hour, calls in sorted(expected.items())
    }


def _percent(share: float) -> str:
    """Rounded down, so that what misses 90 % is never printed as 90 %."""
    tenths = floor(Fraction(share).limit_denominator(10**9) * 1000)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth} %" if tenth else f"{whole} %"
