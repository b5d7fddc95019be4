"""How each simulated service behaves at a moment: well, slow, flapping, with errors, or with the wrong page."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from datasources.demo.world import HOUR, day_of, dice, hour_of

Behaviour = Literal["baik", "lambat", "galat", "isi lain"]
GREETING, OTHER_PAGE = "Selamat datang di {} (SIMULASI)", "Mohon maaf, situs sedang dalam perbaikan (SIMULASI)"
DEEP_OUTAGE_EVERY = 55
"""Days between two long outages of a service, on average."""


class SimulatedService(NamedTuple):
    """A service on a loopback address of its own; `usual_ms` is how long it thinks."""

    id: str
    title: str
    host: str
    usual_ms: int
    habit: Literal["tenang", "lambat", "berkedip", "sering galat", "sering diperbaiki"] = "tenang"
    tls: bool = False


SERVICES = (
    SimulatedService("portal", "Portal Kabupaten", "127.0.0.2", 90),
    SimulatedService("ppid", "Laman PPID", "127.0.0.3", 140),
    SimulatedService("perizinan", "Perizinan daring", "127.0.0.4", 1500, "lambat"),
    SimulatedService("kependudukan", "Layanan kependudukan", "127.0.0.5", 260),
    SimulatedService("aduan", "Kanal aduan", "127.0.0.6", 180, "berkedip"),
    SimulatedService("jdih", "JDIH", "127.0.0.7", 210, "sering galat"),
    SimulatedService("data", "Portal data terbuka", "127.0.0.8", 330, "sering diperbaiki"),
    SimulatedService("surat", "Surat elektronik", "127.0.0.9", 120, tls=True),
)


def behaviour(seed: str, service: SimulatedService, moment: float) -> Behaviour:
    """What it does at this Unix second; the same whenever it is asked."""
    minute = int(moment // 60)
    if _in_outage(seed, service, moment):
        return "galat"
    if service.habit == "lambat" and dice(seed, service.id, "slow", minute // 7).random() < 0.18:
        return "lambat"
    if service.habit == "berkedip" and minute % 9 == 0 and int(moment) % 60 < 20:
        return "galat"  # one check, never three in a row
    if service.habit == "sering galat" and _within(seed, service, moment, hours=5, minutes=25):
        return "galat"
    if service.habit == "sering diperbaiki" and _within(seed, service, moment, hours=9, minutes=18):
        return "isi lain"
    return "baik"


def thinking_ms(seed: str, service: SimulatedService, moment: float) -> int:
    """How long the answer takes."""
    chance = dice(seed, service.id, "ms", int(moment // 20))
    usual = int(service.usual_ms * (0.6 + 0.9 * chance.random()))
    return 3200 + usual // 4 if behaviour(seed, service, moment) == "lambat" else usual


def _in_outage(seed: str, service: SimulatedService, moment: float) -> bool:
    """Now and then half a day's afternoon is lost."""
    start, end = _outage(seed, service.id, day_of(hour_of(moment)))
    return start <= moment < end


@lru_cache(maxsize=1024)
def _outage(seed: str, service: str, day: int) -> tuple[int, int]:
    """The Unix seconds between which it is away on a WIB day; the same twice when it is not."""
    chance = dice(seed, service, "outage", day)
    if chance.random() > 1 / DEEP_OUTAGE_EVERY:
        return 0, 0
    start = ((day * 24) - 7 + 8 + chance.randrange(6)) * HOUR
    return start, start + chance.randrange(95, 240) * 60


def _within(seed: str, service: SimulatedService, moment: float, hours: int, minutes: int) -> bool:
    """Whether the moment lies in the bad minutes that each so many hours have."""
    window = int(moment // (hours * HOUR))
    start = window * hours * HOUR + _bad_from(seed, service.id, window, hours)
    return start <= moment < start + minutes * 60


@lru_cache(maxsize=1024)
def _bad_from(seed: str, service: str, window: int, hours: int) -> int:
    return dice(seed, service, "window", window).randrange((hours - 1) * HOUR)
