"""Who rings in an hour, when, why, and how long they would wait; whether anybody answers is not decided here."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Literal, NamedTuple

from datasources.demo.storms import storm_at
from datasources.demo.volume import STORM_SPREAD, busy_factor, how_many, poisson, usual_calls
from datasources.demo.world import HOUR, dice

Kind = Literal["ghost", "prank", "salah sambung", "informasi", "bukan darurat", "luar wilayah", "ganda", "darurat"]

KINDS: tuple[Kind, ...] = (
    "ghost", "prank", "salah sambung", "informasi", "bukan darurat", "luar wilayah", "darurat"
)  # fmt: skip
SHARES_USUAL = (0.35, 0.17, 0.06, 0.21, 0.12, 0.02, 0.07)
"""More than half nuisance and about 7 % real, between the published shares of Pasuruan, Sidoarjo and Gresik."""
SHARES_STORM = (0.17, 0.07, 0.04, 0.28, 0.12, 0.04, 0.28)
"""Of the calls that come because of a storm."""
TALK_S: dict[Kind, tuple[int, int]] = {
    "ghost": (3, 12), "prank": (8, 40), "salah sambung": (5, 25), "informasi": (30, 120), "bukan darurat": (40, 150),
    "luar wilayah": (40, 120), "ganda": (30, 90), "darurat": (60, 240),
}  # fmt: skip
"""Shortest and longest talk in seconds."""
TIMEOUT_S = 90
NOBODY_PICKS_UP = 0.012
IMPATIENT_USUAL, IMPATIENT_STORM = 0.12, 0.18
SEEN_BY_MANY_USUAL, SEEN_BY_MANY_STORM = 0.12, 0.2
MOST_WITNESSES, WITNESSES_WITHIN_S = 4, 600
NUISANCE_CALLERS = 15
STORM_NUMBERS, WITNESS_NUMBERS = 500, 200
"""Where the numbers of such calls begin, so that a storm changes the name of no other call."""


class Ringing(NamedTuple):
    """Unix second of entering, seconds of the rest; `about` is the number of the first report, if it is another."""

    enter: int
    number: int
    kind: Kind
    caller: str
    picked_up_after: int
    patience: int
    talk: int
    about: int

    @property
    def call_id(self) -> str:
        """As Asterisk makes its unique ids."""
        return f"{self.enter}.{self.number}"


def ringing_in(seed: str, hour: int) -> list[Ringing]:
    """Everybody who enters the queue in this Unix hour, in time order. A storm adds calls and changes none."""
    usual, storm = usual_calls(hour), storm_at(seed, hour)
    rng = dice(seed, hour)
    count = poisson(rng, usual * busy_factor(seed, hour))
    found = list(_by_chance(rng, hour, count, 1, stormy=False))
    if storm:
        rng = dice(seed, "storm calls", hour)
        added = how_many(rng, usual * (storm.factor - 1), STORM_SPREAD)
        extra = _by_chance(rng, hour, added, STORM_NUMBERS + 1, stormy=True)
        found.extend(r for r in extra if r.enter >= storm.since)
    return sorted(found)


def _by_chance(rng: Random, hour: int, count: int, first: int, stormy: bool) -> Iterator[Ringing]:
    shares = SHARES_STORM if stormy else SHARES_USUAL
    enters = sorted(hour * HOUR + int(rng.random() * HOUR) for _ in range(count))
    many, witnesses = SEEN_BY_MANY_STORM if stormy else SEEN_BY_MANY_USUAL, first + WITNESS_NUMBERS
    for number, enter in enumerate(enters, first):
        kind = rng.choices(KINDS, shares)[0]
        yield _ringing(rng, enter, number, kind, stormy)
        if kind == "darurat" and rng.random() < many:
            for _ in range(rng.randint(1, MOST_WITNESSES)):
                seen = enter + rng.randint(15, WITNESSES_WITHIN_S)
                if seen < (hour + 1) * HOUR:
                    yield _ringing(rng, seen, witnesses, "ganda", stormy)._replace(about=number)
                    witnesses += 1


def _ringing(rng: Random, enter: int, number: int, kind: Kind, stormy: bool) -> Ringing:
    picked_up = TIMEOUT_S if rng.random() < NOBODY_PICKS_UP else int(rng.lognormvariate(0, 0.7) * 5)
    impatient = rng.random() < (IMPATIENT_STORM if stormy else IMPATIENT_USUAL)
    patience = 1 + int(rng.expovariate(1 / (9 if impatient else 180)))
    low, high = TALK_S[kind]
    talk = int(rng.triangular(low, high, low + (high - low) / 3))
    return Ringing(
        enter, number, kind, _caller(rng, kind), min(picked_up, TIMEOUT_S), min(patience, TIMEOUT_S), talk, number
    )


def _caller(rng: Random, kind: Kind) -> str:
    """An invented number: 0800 belongs to no subscriber. Nuisance comes from a few of them again and again."""
    if kind in ("ghost", "prank") and rng.random() < 0.5:
        return f"080000000{rng.randrange(NUISANCE_CALLERS):03d}"
    return "" if rng.random() < 0.02 else f"0800000{rng.randrange(1000, 99999):05d}"
