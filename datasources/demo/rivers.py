"""River posts with telemetry: levels, discharge and rain that follow the storms, and the faults of real loggers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from datasources.demo.air import SENSORS, Sensor, read_river
from datasources.demo.storms import storm_at
from datasources.demo.world import HOUR, RAINY_MONTHS, WIB_HOURS, as_utc, day_of, dice, hour_of, month_of, wib_hour

STEP_S = 600
TOLD_S = 26 * HOUR
"""How far back the telemetry answers; what is older stands in the sheet of history."""
SHEET_STEP_S = HOUR
PUBLISHED_AFTER_S = 90
NOTHING = -9999
"""What a logger writes when it measured nothing."""
DEBRIS_EVERY, NOTHING_EVERY = 400, 150
SILENT_EVERY_DAYS, SILENT_HOURS = 6, 2
HEADINGS = ("tanggal", "jam", "kode_pos", "nama_pos", "tma_cm", "debit_m3s", "hujan_mm")


class Post(NamedTuple):
    """A sensor with its kecamatan. `discharge`: m3/s at base level and per metre of swelling; has_gauge: measures rain.
    `steps`: invented thresholds (word, value, return) in m or m3/s that the demonstration enters for its officer.
    """

    sensor: Sensor
    kecamatan: str
    discharge: tuple[float, float] | None = None
    has_gauge: bool = False
    steps: tuple[tuple[str, str, str], ...] = ()


def _river(id: str, name: str, lat: float, lon: float, share: float, base: float) -> Sensor:
    return Sensor(id, name, lat, lon, "river", share, base)


POSTS = (
    Post(_river("awlr-rolak", "Brantas, Rolak Songo", -7.4431, 112.4582, 0.2, 17.1), "35.16.18", (620.0, 640.0),
         steps=(("Siaga hijau", "1250", "1200"), ("Siaga kuning", "1400", "1350"), ("Siaga merah", "1600", "1500"))),
    Post(_river("awlr-lamong", "Kali Lamong, Dawarblandong", -7.3380, 112.4205, 0.34, 1.6), "35.16.17", None, True,
         (("Siaga III", "2.20", "2.10"), ("Siaga II", "2.80", "2.60"), ("Siaga I", "3.40", "3.20"))),
    Post(_river("awlr-pikatan", "Kali Pikatan, Gondang", -7.6301, 112.4870, 0.24, 0.6), "35.16.02", None, True,
         (("Siaga III", "1.20", "1.10"), ("Siaga II", "1.60", "1.50"), ("Siaga I", "2.10", "1.90"))),
    Post(_river("awlr-marmoyo", "Kali Marmoyo, Kemlagi", -7.3921, 112.3702, 0.26, 1.2), "35.16.15"),
)  # fmt: skip
MQTT_STEPS = {
    "tma-sadar": (("Siaga III", "1.60", "1.50"), ("Siaga II", "2.20", "2.00"), ("Siaga I", "2.80", "2.60")),
    "tma-brantas": (("Siaga III", "2.90", "2.80"), ("Siaga II", "3.40", "3.20"), ("Siaga I", "4.00", "3.80")),
}
"""Invented thresholds of the posts that send by MQTT."""


class Told(NamedTuple):
    """What a post tells of a Unix second; None: it has no such instrument, NOTHING: it measured nothing."""

    level_cm: int
    discharge: float | None
    rain_mm: float | None


def told(seed: str, post: Post, moment: int, step_s: int = STEP_S) -> Told:
    """Centimetres on its staff, m3/s, and mm since the reading before."""
    level = read_river(seed, post.sensor, moment)["tma"]
    flow = post.discharge and round(post.discharge[0] + post.discharge[1] * (level - post.sensor.base), 1)
    rain = _rain(seed, post, moment, step_s) if post.has_gauge else None
    return Told(_with_faults(post, moment, round(level * 100)), flow, rain)


def _with_faults(post: Post, moment: int, level_cm: int) -> int:
    lot = crc32(f"{post.sensor.id}:{moment}".encode())
    if lot % NOTHING_EVERY == 0:
        return NOTHING
    return level_cm + 180 if lot % DEBRIS_EVERY == 1 else level_cm


def is_silent(seed: str, post: Post, moment: int) -> bool:
    """Whether the battery of the post is empty: two hours every few days."""
    day = day_of(hour_of(moment))
    lot = dice(seed, "baterai", post.sensor.id, day)
    start = lot.randrange(24 - SILENT_HOURS)
    return lot.randrange(SILENT_EVERY_DAYS) == 0 and start <= wib_hour(hour_of(moment)) < start + SILENT_HOURS


def _rain(seed: str, post: Post, moment: int, step_s: int) -> float:
    hour = hour_of(moment - 1)
    chance = dice(seed, "hujan", post.kecamatan, moment)
    share = step_s / HOUR
    storm = storm_at(seed, hour)
    if storm:
        here = 1.0 if post.kecamatan in storm.kecamatan else 0.3
        return round(here * chance.uniform(8, 28) * share, 1)
    showers = dice(seed, "guyuran", post.kecamatan, hour)
    rainy = month_of(day_of(hour)) in RAINY_MONTHS and 13 <= wib_hour(hour) <= 20
    return round(chance.expovariate(1 / 3) * share, 1) if showers.random() < (0.2 if rainy else 0.02) else 0.0


def document(seed: str, now: float) -> dict[str, object]:
    """The telemetry server's answer at this Unix second: every reading of the last day, newest last."""
    newest = int(now - PUBLISHED_AFTER_S) // STEP_S * STEP_S
    readings = [
        _reading(seed, post, moment)
        for moment in range(newest - TOLD_S, newest + 1, STEP_S)
        for post in POSTS
        if not is_silent(seed, post, moment)
    ]
    return {"status": "ok", "keterangan": "SIMULASI", "data": {"bacaan": readings}}


def _reading(seed: str, post: Post, moment: int) -> dict[str, object]:
    found = told(seed, post, moment)
    local = as_utc(moment + WIB_HOURS * HOUR)
    rain = None if found.rain_mm is None else f"{found.rain_mm:.1f}".replace(".", ",")
    return {
        "pos": {"kode": post.sensor.id, "nama": post.sensor.name, "lat": post.sensor.lat, "lon": post.sensor.lon},
        "waktu": f"{local:%Y-%m-%d %H:%M:%S}",
        "tma_cm": found.level_cm,
        "debit": found.discharge,
        "hujan": rain,
    }


def write_sheet(path: Path, seed: str, start: int, now: int) -> None:
    """Hourly readings of every post from `start` until where the telemetry begins, as an OPD keeps them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_rows(seed, start // HOUR * HOUR, now - TOLD_S - STEP_S))


def _rows(seed: str, start: int, end: int) -> Iterator[list[str]]:
    by_mqtt = [Post(s, "") for s in SENSORS if s.measures == "river"]
    for moment in range(start, end, SHEET_STEP_S):
        local = as_utc(moment + WIB_HOURS * HOUR)
        for post in (*POSTS, *by_mqtt):
            found = told(seed, post, moment, SHEET_STEP_S)
            cells = [f"{local:%d/%m/%Y}", f"{local:%H:%M}", post.sensor.id, post.sensor.name, str(found.level_cm)]
            numbers = (found.discharge, found.rain_mm)
            yield [*cells, *("" if n is None else f"{n:.1f}".replace(".", ",") for n in numbers)]
