"""The calls of one hour: who rings, how long they wait, how it ends and what it was about."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Literal, NamedTuple

from datasources.demo.world import HOUR, day_of, dice, expected_calls, midnight, poisson, storm_at

Kind = Literal["ghost", "prank", "informasi", "bukan darurat", "ganda", "darurat"]
Outcome = Literal["answered", "abandoned", "timeout"]

KINDS: tuple[Kind, ...] = ("ghost", "prank", "informasi", "bukan darurat", "ganda", "darurat")
SHARES_USUAL = (0.45, 0.24, 0.17, 0.07, 0.01, 0.06)
SHARES_STORM = (0.24, 0.12, 0.22, 0.06, 0.18, 0.18)
TALK_S = {
    "ghost": (3, 12), "prank": (8, 40), "informasi": (30, 120), "bukan darurat": (40, 150), "ganda": (30, 90),
    "darurat": (60, 240),
}  # fmt: skip
"""Shortest and longest talk in seconds."""
ANSWERED_USUAL, ANSWERED_STORM = 0.91, 0.78
GIVES_UP_USUAL, GIVES_UP_STORM = 0.98, 0.94
TIMEOUT_S = 90
LONGEST_CALL_S = 1800
SPREAD = 8
"""Shape of the gamma that makes hours differ more than Poisson, as real centres do."""
NUISANCE_CALLERS = 15
SHIFTS = ((7, (1001, 1002, 1003)), (15, (1004, 1005, 1006)), (23, (1007, 1008)))
"""Hour in WIB at which a shift begins, and its extensions."""


class SimulatedCall(NamedTuple):
    """Times in Unix seconds, durations in seconds."""

    call_id: str
    caller: str
    agent: int
    enter: int
    wait: int
    ring: int
    talk: int
    outcome: Outcome
    kind: Kind
    refused_ring: bool

    @property
    def answered_at(self) -> int:
        """Enter plus wait."""
        return self.enter + self.wait


@lru_cache(maxsize=256)
def calls_of_hour(seed: str, hour: int) -> tuple[SimulatedCall, ...]:
    """Every call that enters in this Unix hour, in time order."""
    rng = dice(seed, hour)
    stormy = storm_at(seed, hour) is not None
    count = poisson(rng, rng.gammavariate(SPREAD, expected_calls(seed, hour) / SPREAD))
    enters = sorted(hour * HOUR + int(rng.random() * HOUR) for _ in range(count))
    agents = shift_at(hour)[1]
    return tuple(_call(rng, enter, number, stormy, agents) for number, enter in enumerate(enters, 1))


def shift_at(hour: int) -> tuple[int, tuple[int, ...]]:
    """The Unix hour at which the present shift began, and its extensions."""
    today = midnight(day_of(hour))
    begun = [(today + start, agents) for start, agents in SHIFTS if today + start <= hour]
    return begun[-1] if begun else (today - 24 + SHIFTS[-1][0], SHIFTS[-1][1])


def _call(rng: Random, enter: int, number: int, stormy: bool, agents: tuple[int, ...]) -> SimulatedCall:
    kind = rng.choices(KINDS, SHARES_STORM if stormy else SHARES_USUAL)[0]
    outcome, wait = _fate(rng, stormy)
    low, high = TALK_S[kind]
    talk = int(rng.triangular(low, high, low + (high - low) / 3)) if outcome == "answered" else 0
    ring = min(wait, rng.randint(2, 5))
    refused = outcome == "answered" and wait > 12 and rng.random() < 0.5
    return SimulatedCall(
        f"{enter}.{number}", _caller(rng, kind), rng.choice(agents), enter, wait, ring, talk, outcome, kind, refused
    )


def _fate(rng: Random, stormy: bool) -> tuple[Outcome, int]:
    luck = rng.random()
    if luck < (ANSWERED_STORM if stormy else ANSWERED_USUAL):
        typical = 16 if stormy else 5
        return "answered", min(TIMEOUT_S - 1, int(rng.lognormvariate(0, 0.7) * typical))
    if luck < (GIVES_UP_STORM if stormy else GIVES_UP_USUAL):
        return "abandoned", min(TIMEOUT_S - 1, 1 + int(rng.expovariate(1 / (25 if stormy else 9))))
    return "timeout", TIMEOUT_S


def _caller(rng: Random, kind: Kind) -> str:
    """An invented number: 0811-000 has no subscribers in this world but ours. Nuisance comes from a few of them."""
    if kind in ("ghost", "prank") and rng.random() < 0.5:
        return f"081100000{rng.randrange(NUISANCE_CALLERS):03d}"
    return "" if rng.random() < 0.02 else f"0811000{rng.randrange(1000, 99999):05d}"
