"""The incidents behind the calls: what happened and where, and the help it got."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from random import Random
from typing import NamedTuple

from datasources.demo.calls import SimulatedCall, calls_of_hour
from datasources.demo.life_cycle import Life, life_of
from datasources.demo.storms import storm_at
from datasources.demo.world import dice
from datasources.region import Kecamatan, by_code, kecamatan, villages

CATEGORIES = {
    "PERMINTAAN AMBULANS": 30, "LAKA LANTAS": 24, "HEWAN": 12, "KEBAKARAN": 9, "ODGJ": 6, "KAMTIBMAS": 6,
    "EVAKUASI": 5, "POHON TUMBANG": 4, "TIANG LISTRIK": 2, "ORANG TENGGELAM": 1, "KECELAKAAN KERJA": 1,
}  # fmt: skip
SEEN_BY_MANY = {"KEBAKARAN": 60, "LAKA LANTAS": 30, "POHON TUMBANG": 10}
STORM_CATEGORIES = {
    "POHON TUMBANG": 34, "BANJIR": 24, "ANGIN KENCANG": 10, "TIANG LISTRIK": 8, "TANAH LONGSOR": 6,
    "LAKA LANTAS": 10, "PERMINTAAN AMBULANS": 6, "EVAKUASI": 2,
}  # fmt: skip
MOUNTAINS = frozenset(("35.16.01", "35.16.02", "35.16.03", "35.16.04"))
POSTS = ((-7.505, 112.543), (-7.475, 112.481))
"""Fire posts at Mojosari and Mojoanyar (latitude, longitude): far kecamatan wait longer."""
KM_PER_DEGREE = 111


class SimulatedIncident(NamedTuple):
    """Known by the call that first reported it; `received` is the Unix second at which that was answered."""

    call_id: str
    category: str
    kecamatan: Kecamatan
    village: str
    lat: float
    lon: float
    caller: str
    received: int
    life: Life


@lru_cache(maxsize=256)
def incidents_of_hour(seed: str, hour: int) -> dict[str, SimulatedIncident]:
    """The incidents first reported by a call that entered in this Unix hour, by the id of that call."""
    calls = [c for c in calls_of_hour(seed, hour) if c.about and c.outcome == "answered"]
    again = {c.about for c in calls if c.kind == "ganda"}
    return {c.call_id: _incident(seed, hour, c, c.call_id in again) for c in calls if c.kind == "darurat"}


def _incident(seed: str, hour: int, call: SimulatedCall, seen_by_many: bool) -> SimulatedIncident:
    rng = dice(seed, "incident", call.call_id)
    storm = storm_at(seed, hour)
    if storm and call.enter < storm.since:
        storm = None
    chances = STORM_CATEGORIES if storm else SEEN_BY_MANY if seen_by_many else CATEGORIES
    category = rng.choices(list(chances), list(chances.values()))[0]
    place = by_code()[rng.choice(storm.kecamatan)] if storm else rng.choice(kecamatan())
    if category == "TANAH LONGSOR" and place.code not in MOUNTAINS:
        category = "GENANGAN"
    lat, lon = near(rng, place.lat, place.lon, 0.012)
    travel_s = int(60 * _travel_min(rng, lat, lon) * (1.25 if storm else 1))
    village = rng.choice(_villages_of(place.code))
    life = life_of(rng, call.answered_at, travel_s)
    return SimulatedIncident(call.call_id, category, place, village, lat, lon, call.caller, call.answered_at, life)


def near(rng: Random, lat: float, lon: float, spread: float) -> tuple[float, float]:
    """A point about `spread` degrees from another."""
    return round(lat + rng.gauss(0, spread), 5), round(lon + rng.gauss(0, spread), 5)


def _travel_min(rng: Random, lat: float, lon: float) -> float:
    """Minutes on the road, longer with the distance to the nearest post."""
    km = min(hypot(lat - a, lon - b) for a, b in POSTS) * KM_PER_DEGREE
    return rng.lognormvariate(1.85, 0.45) * (0.85 + km / 45)


@lru_cache(maxsize=32)
def _villages_of(code: str) -> tuple[str, ...]:
    return tuple(village for village in villages() if village.startswith(f"{code}."))
