"""The incidents behind the calls: what happened where, and when help was sent, arrived and was done."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from random import Random
from typing import NamedTuple

from datasources.demo.calls import SimulatedCall, calls_of_hour
from datasources.demo.world import dice, storm_at
from datasources.region import Kecamatan, by_code, kecamatan, villages

CATEGORIES = {
    "PERMINTAAN AMBULANS": 30, "LAKA LANTAS": 24, "HEWAN": 12, "KEBAKARAN": 9, "ODGJ": 6, "KAMTIBMAS": 6,
    "EVAKUASI": 5, "POHON TUMBANG": 4, "TIANG LISTRIK": 2, "ORANG TENGGELAM": 1, "KECELAKAAN KERJA": 1,
}  # fmt: skip
STORM_CATEGORIES = {
    "POHON TUMBANG": 34, "BANJIR": 24, "ANGIN KENCANG": 10, "TIANG LISTRIK": 8, "TANAH LONGSOR": 6,
    "LAKA LANTAS": 10, "PERMINTAAN AMBULANS": 6, "EVAKUASI": 2,
}  # fmt: skip
MOUNTAINS = frozenset(("35.16.01", "35.16.02", "35.16.03", "35.16.04"))
POSTS = ((-7.505, 112.543), (-7.475, 112.481))
"""Fire posts at Mojosari and Mojoanyar (latitude, longitude): far kecamatan wait longer."""
KM_PER_DEGREE = 111
MOST_IN_AN_HOUR = 40
LONGEST_HOURS = 12
NEVER_ARRIVES, NEVER_CLOSED = 0.03, 0.01


class SimulatedIncident(NamedTuple):
    """Times in Unix seconds; None is a stage that nobody writes down."""

    number: int
    category: str
    kecamatan: Kecamatan
    village: str
    lat: float
    lon: float
    caller: str
    received: int
    dispatched: int
    arrived: int | None
    closed: int | None

    def stages(self) -> tuple[int, ...]:
        """The moments at which its row changes."""
        return tuple(t for t in (self.received, self.dispatched, self.arrived, self.closed) if t is not None)


@lru_cache(maxsize=256)
def incidents_of_hour(seed: str, hour: int) -> tuple[SimulatedIncident, ...]:
    """The incidents first reported by a call that entered in this Unix hour. Their numbers have gaps, as ids do."""
    emergencies = [c for c in calls_of_hour(seed, hour) if c.kind == "darurat" and c.outcome == "answered"]
    return tuple(
        _incident(seed, hour, hour * MOST_IN_AN_HOUR + place, call)
        for place, call in enumerate(emergencies[:MOST_IN_AN_HOUR])
    )


def _incident(seed: str, hour: int, number: int, call: SimulatedCall) -> SimulatedIncident:
    rng = dice(seed, "incident", number)
    storm = storm_at(seed, hour)
    chances = STORM_CATEGORIES if storm else CATEGORIES
    category = rng.choices(list(chances), list(chances.values()))[0]
    place = by_code()[rng.choice(storm.kecamatan)] if storm else rng.choice(kecamatan())
    if category == "TANAH LONGSOR" and place.code not in MOUNTAINS:
        category = "GENANGAN"
    lat, lon = round(place.lat + rng.gauss(0, 0.012), 5), round(place.lon + rng.gauss(0, 0.012), 5)
    dispatched = call.answered_at + rng.randint(50, 200)
    arrived = dispatched + int(60 * _travel_min(rng, lat, lon) * (1.25 if storm else 1))
    closed = arrived + int(60 * rng.lognormvariate(3.7, 0.6))
    fate = rng.random()
    return SimulatedIncident(
        number, category, place, rng.choice(_villages_of(place.code)), lat, lon, call.caller, call.answered_at,
        dispatched, None if fate < NEVER_ARRIVES else arrived, None if fate > 1 - NEVER_CLOSED else closed,
    )  # fmt: skip


def _travel_min(rng: Random, lat: float, lon: float) -> float:
    """Minutes on the road, longer with the distance to the nearest post."""
    km = min(hypot(lat - a, lon - b) for a, b in POSTS) * KM_PER_DEGREE
    return rng.lognormvariate(2.0, 0.35) * (0.85 + km / 45)


@lru_cache(maxsize=32)
def _villages_of(code: str) -> tuple[str, ...]:
    return tuple(village for village in villages() if village.startswith(f"{code}."))
