"""Invented earthquakes at places where the earth does shake, in the shape of BMKG's three lists."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from datasources.demo.case_row import MONTHS
from datasources.demo.world import HOUR, WIB_HOURS, as_utc, day_of, dice, hour_of, midnight

PLACES = (
    # latitude, longitude, where in words, who feels it
    (-9.05, 112.62, "Pusat gempa berada di laut 98 km Selatan Kabupaten Malang", "Malang, Blitar, Mojokerto"),
    (-9.21, 111.18, "Pusat gempa berada di laut 112 km Selatan Pacitan", "Pacitan, Trenggalek"),
    (-5.74, 112.40, "Pusat gempa berada di laut 128 km Timur Laut Tuban", "Tuban, Bawean"),
    (-8.86, 113.75, "Pusat gempa berada di laut 81 km Barat Daya Jember", "Jember"),
    (-8.24, 107.78, "Pusat gempa berada di laut 75 km Barat Daya Garut", "Garut, Tasikmalaya"),
    (-8.51, 123.27, "Pusat gempa berada di darat 24 km Barat Daya Lembata", "Kab. Lembata"),
    (1.47, 126.34, "Pusat gempa berada di laut 133 km Barat Laut Jailolo", "Ternate, Bitung"),
    (-3.59, 139.38, "Pusat gempa berada di darat 118 km Barat Daya Sarmi", "Sarmi"),
    (2.61, 95.92, "Pusat gempa berada di laut 41 km Timur Laut Sinabang", "Simeulue"),
    (-4.61, 102.05, "Pusat gempa berada di laut 60 km Barat Daya Bengkulu Selatan", "Manna"),
)
NEAR_PLACES = 4
NEAR_CHANCE = 0.15
LIST_LENGTH = 15
MMI = ("II", "II-III", "III", "III-IV", "IV")
REVISION_DEGREES = 0.03
"""BMKG moves a position a little between its lists."""


class Quake(NamedTuple):
    """Unix second, degrees, magnitude, km, and words."""

    moment: int
    lat: float
    lon: float
    magnitude: float
    depth: int
    region: str
    felt: str


@lru_cache(maxsize=512)
def quakes_of_day(seed: str, day: int) -> tuple[Quake, ...]:
    """The earthquakes of a WIB day, newest first."""
    rng = dice(seed, "gempa", day)
    made = []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        near = rng.random() < NEAR_CHANCE
        lat, lon, region, places = rng.choice(PLACES[:NEAR_PLACES] if near else PLACES[NEAR_PLACES:])
        magnitude = round(min(6.4, 3.2 + rng.expovariate(1.1)), 1)
        moment = midnight(day) * HOUR + rng.randrange(24 * HOUR)
        shift = rng.uniform(-0.2, 0.2)
        felt = ", ".join(f"{rng.choice(MMI)} {place}" for place in places.split(", "))
        made.append(
            Quake(moment, round(lat + shift, 2), round(lon - shift, 2), magnitude, rng.randint(8, 120), region, felt)
        )
    return tuple(sorted(made, reverse=True))


def newest(seed: str, now: float, least_magnitude: float = 0) -> list[Quake]:
    """The fifteen newest earthquakes up to this Unix second of at least this magnitude."""
    found: list[Quake] = []
    day = day_of(hour_of(now))
    while len(found) < LIST_LENGTH:
        found += [q for q in quakes_of_day(seed, day) if q.moment <= now and q.magnitude >= least_magnitude]
        day -= 1
    return found[:LIST_LENGTH]


def document(seed: str, name: str, now: float) -> dict[str, object] | None:
    """The answer of autogempa, gempaterkini or gempadirasakan; None for another name."""
    if name == "autogempa":
        quake = newest(seed, now)[0]
        local = as_utc(quake.moment + WIB_HOURS * HOUR)
        told = "Gempa ini dirasakan untuk diteruskan pada masyarakat"
        gempa = {
            **_fields(quake),
            "Potensi": told,
            "Dirasakan": quake.felt,
            "Shakemap": f"{local:%Y%m%d%H%M%S}.mmi.jpg",
        }
        return {"Infogempa": {"gempa": gempa}}
    if name == "gempadirasakan":
        return {"Infogempa": {"gempa": [{**_fields(q), "Dirasakan": q.felt} for q in newest(seed, now)]}}
    if name == "gempaterkini":
        strong = [q._replace(lat=round(q.lat + REVISION_DEGREES, 2)) for q in newest(seed, now, 5)]
        return {"Infogempa": {"gempa": [{**_fields(q), "Potensi": "Tidak berpotensi tsunami"} for q in strong]}}
    return None


def _fields(quake: Quake) -> dict[str, str]:
    utc, local = as_utc(quake.moment), as_utc(quake.moment + WIB_HOURS * HOUR)
    return {
        "Tanggal": f"{local.day:02d} {MONTHS[local.month - 1][:3].replace('Agu', 'Agt')} {local.year}",
        "Jam": f"{local:%H:%M:%S} WIB",
        "DateTime": utc.isoformat(),
        "Coordinates": f"{quake.lat},{quake.lon}",
        "Lintang": f"{abs(quake.lat)} {'LS' if quake.lat < 0 else 'LU'}",
        "Bujur": f"{quake.lon} BT",
        "Magnitude": str(quake.magnitude),
        "Kedalaman": f"{quake.depth} km",
        "Wilayah": quake.region,
    }
