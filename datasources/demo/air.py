"""Air and rivers: particles by station and hour, what the sensors read at a moment, and how a river swells."""

from __future__ import annotations

from functools import lru_cache
from math import cos, exp, pi
from typing import NamedTuple

from datasources.demo.storms import storm_at, storm_of_day
from datasources.demo.world import HOUR, WIB_HOURS, day_of, dice, hour_of, month_of, wib_hour

DAILY = (0.9, 0.85, 0.8, 0.8, 0.9, 1.1, 1.35, 1.4, 1.2, 1.0, 0.85, 0.75,
         0.7, 0.7, 0.7, 0.75, 0.85, 1.05, 1.25, 1.35, 1.3, 1.2, 1.1, 1.0)  # fmt: skip
"""Particles by hour in WIB against the day's mean: high at the morning and evening traffic."""
PM25_MEAN = 20.0
"""ug/m3; the KLH station at Mojosari published 6-30 with a mean of 20.5 in August 2026."""
DRY_MONTHS = frozenset((7, 8, 9))
SWELL_HOURS = 7.0
LOOK_BACK_DAYS = 3


class Sensor(NamedTuple):
    """A sensor of our own; `share` scales particles (air) or the swelling in metres per storm factor (river)."""

    id: str
    name: str
    lat: float
    lon: float
    measures: str
    share: float
    base: float = 0.0


SENSORS = (
    Sensor("udara-mojosari", "Udara Mojosari", -7.5085, 112.561, "air", 1.0),
    Sensor("udara-ngoro", "Udara Ngoro Industri", -7.5663, 112.6192, "air", 1.35),
    Sensor("udara-trowulan", "Udara Trowulan", -7.552, 112.3899, "air", 1.15),
    Sensor("tma-sadar", "Kali Sadar, Mojosari", -7.5141, 112.5552, "river", 0.28, 1.1),
    Sensor("tma-brantas", "Brantas, Gedeg", -7.4462, 112.4121, "river", 0.16, 2.4),
)


@lru_cache(maxsize=2048)
def pm25(seed: str, station: str, hour: int) -> float:
    """Mean PM2.5 of the hour that begins at this Unix hour, ug/m3."""
    day = day_of(hour)
    season = 1.25 if month_of(day) in DRY_MONTHS else 0.95
    of_day = dice(seed, "udara", day).lognormvariate(0, 0.22)
    of_hour = dice(seed, "udara", station, hour).lognormvariate(0, 0.1)
    washed = 0.55 if storm_at(seed, hour) else 1.0
    return PM25_MEAN * season * of_day * DAILY[wib_hour(hour)] * of_hour * washed


def pm25_24h(seed: str, station: str, end: int) -> float:
    """Mean of the 24 hours before this Unix hour, ug/m3."""
    return sum(pm25(seed, station, hour) for hour in range(end - 24, end)) / 24


def pm10_share(seed: str, station: str, hour: int) -> float:
    """PM10 over PM2.5: always more than one, as it must be."""
    return dice(seed, "pm10", station, hour).uniform(1.3, 1.9)


def read_air(seed: str, sensor: Sensor, moment: int) -> dict[str, float]:
    """What an air sensor reads at a Unix second: ug/m3, degC and %."""
    hour = hour_of(moment)
    part = moment % HOUR / HOUR
    smooth = (1 - part) * pm25(seed, sensor.id, hour) + part * pm25(seed, sensor.id, hour + 1)
    noise = dice(seed, "baca", sensor.id, moment)
    fine = round(max(1.0, smooth * sensor.share * noise.uniform(0.93, 1.07)), 1)
    warm = cos(((moment / HOUR + WIB_HOURS) % 24 - 13) / 24 * 2 * pi)
    return {
        "pm25": fine,
        "pm10": round(fine * pm10_share(seed, sensor.id, hour), 1),
        "temperature": round(27.5 + 4.5 * warm + noise.uniform(-0.2, 0.2), 1),
        "humidity": round(min(99.0, 76 - 16 * warm + noise.uniform(-1, 1)), 1),
    }


def read_river(seed: str, sensor: Sensor, moment: int) -> dict[str, float]:
    """What a river post reads at a Unix second: metres on its own staff."""
    hours = moment / HOUR
    swell = 0.0
    for day in range(day_of(int(hours)) - LOOK_BACK_DAYS, day_of(int(hours)) + 1):
        storm = storm_of_day(seed, day)
        if storm and (since := hours - storm.start) > 0:
            rising = min(1.0, since / (storm.hours + 1))
            swell += storm.factor * sensor.share * rising * exp(-max(0.0, since - storm.hours - 1) / SWELL_HOURS)
    noise = dice(seed, "baca", sensor.id, moment).uniform(-0.01, 0.01)
    return {"tma": round(sensor.base + 0.05 * cos(hours / 24 * 2 * pi) + swell + noise, 2)}


def read(seed: str, sensor: Sensor, moment: int) -> dict[str, float]:
    """Parameter → value of a sensor at a Unix second."""
    return (read_air if sensor.measures == "air" else read_river)(seed, sensor, moment)
