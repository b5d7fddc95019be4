"""The sky over the kecamatan: forecast slots every three hours, and the storms' rain in them."""

from __future__ import annotations

from math import cos, pi
from random import Random
from typing import NamedTuple

from datasources.demo.storms import Storm, storm_of_day
from datasources.demo.world import (
    HOUR,
    RAINY_MONTHS,
    WIB_HOURS,
    as_utc,
    day_of,
    dice,
    hour_of,
    month_of,
    wib_hour,
)  # fmt: skip
from datasources.region import Kecamatan

SLOT_HOURS = 3
RUN_HOURS = 12
PUBLISHED_AFTER_HOURS = 4
"""BMKG's model runs at 00 and 12 UTC and is published a few hours later."""
MOUNTAINS_M = {"35.16.01": 140, "35.16.02": 240, "35.16.03": 470, "35.16.04": 600, "35.16.07": 170}
"""Altitude in metres where it is felt; the plain elsewhere. Bappeda Jatim."""
PLAIN_M = 70
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
WORDS = {
    1: ("Cerah", "Sunny", "cerah"), 2: ("Cerah Berawan", "Partly Cloudy", "cerah berawan"),
    3: ("Berawan", "Mostly Cloudy", "berawan"), 61: ("Hujan Ringan", "Light Rain", "hujan ringan"),
    63: ("Hujan Sedang", "Moderate Rain", "hujan sedang"), 65: ("Hujan Lebat", "Heavy Rain", "hujan lebat"),
    95: ("Hujan Petir", "Thunderstorm", "hujan petir"),
}  # fmt: skip
"""BMKG weather code: Indonesian words, English words, icon."""


class Sky(NamedTuple):
    """Degrees Celsius, percent, mm in three hours, percent, km/h, compass index 0..7, BMKG code."""

    temperature: int
    humidity: int
    rain: float
    cloud: int
    wind: float
    wind_from: int
    code: int


def run_before(moment: float) -> int:
    """Unix hour of the newest model run published at this Unix second."""
    return (hour_of(moment) - PUBLISHED_AFTER_HOURS) // RUN_HOURS * RUN_HOURS


def slots(moment: float) -> list[int]:
    """Unix hours of the forecast: from the running slot to the end of the third local day."""
    first = hour_of(moment) // SLOT_HOURS * SLOT_HOURS
    return [hour for hour in range(first, first + 72, SLOT_HOURS) if day_of(hour) - day_of(first) < 3]


def sky(seed: str, place: Kecamatan, hour: int) -> Sky:
    """The weather of one kecamatan at this Unix hour; rain fell in the three hours before it."""
    rng = dice(seed, "sky", place.code, hour)
    rain = _rain(rng, seed, place.code, hour)
    warm = cos((wib_hour(hour) - 13) / 24 * 2 * pi)
    height = MOUNTAINS_M.get(place.code, PLAIN_M)
    temperature = round(28 + 4.5 * warm - 0.0065 * (height - PLAIN_M) - (2 if rain else 0) + rng.uniform(-0.7, 0.7))
    humidity = min(99, round(74 - 16 * warm + (12 if rain else 0) + rng.uniform(-4, 4)))
    cloud = rng.randint(80, 100) if rain else rng.randint(5, 85)
    return Sky(temperature, humidity, rain, cloud, round(rng.uniform(2, 16), 1), rng.randrange(8), _code(rain, cloud))


def storm_over(seed: str, code: str, hour: int) -> Storm | None:
    """The storm that touched this kecamatan in the three hours before this Unix hour."""
    storm = storm_of_day(seed, day_of(hour - 1))
    if storm and code in storm.kecamatan and storm.start < hour and hour - SLOT_HOURS < storm.end:
        return storm
    return None


def _rain(rng: Random, seed: str, code: str, hour: int) -> float:
    if storm_over(seed, code, hour):
        return round(rng.uniform(15, 45), 1)
    afternoon = 13 <= wib_hour(hour) <= 22
    rainy = month_of(day_of(hour)) in RAINY_MONTHS
    chance = (0.35 if afternoon else 0.1) if rainy else 0.04
    return round(rng.expovariate(1 / 4), 1) if rng.random() < chance else 0.0


def _code(rain: float, cloud: int) -> int:
    if rain >= 30:
        return 95
    if rain:
        return 65 if rain >= 15 else 63 if rain >= 5 else 61
    return 3 if cloud > 60 else 2 if cloud > 30 else 1


def forecast_item(seed: str, place: Kecamatan, hour: int, run: int) -> dict[str, object]:
    """Everything of one slot that a published forecast tells, without its times."""
    s = sky(seed, place, hour)
    words, english, icon = WORDS[s.code]
    light = "am" if 6 <= wib_hour(hour) < 18 else "pm"
    return {
        "t": s.temperature, "tcc": s.cloud, "tp": s.rain or 0, "weather": s.code, "weather_desc": words,
        "weather_desc_en": english, "wd_deg": s.wind_from * 45, "wd": COMPASS[s.wind_from],
        "wd_to": COMPASS[(s.wind_from + 4) % 8], "ws": s.wind, "hu": s.humidity, "vs": None, "vs_text": None,
        "time_index": f"{hour - run - 1}-{hour - run}",
        "image": f"https://api-apps.bmkg.go.id/storage/icon/cuaca/{icon}-{light}.svg",
    }  # fmt: skip


def times(hour: int) -> dict[str, str]:
    """The same moment in BMKG's three notations."""
    utc, local = as_utc(hour * HOUR), as_utc((hour + WIB_HOURS) * HOUR)
    return {
        "datetime": f"{utc:%Y-%m-%dT%H:%M:%SZ}",
        "utc_datetime": f"{utc:%Y-%m-%d %H:%M:%S}",
        "local_datetime": f"{local:%Y-%m-%d %H:%M:%S}",
    }
