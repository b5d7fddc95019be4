"""What goes wrong now and then, as it does in real places; always at the same moments."""

from __future__ import annotations

from zlib import crc32

from datasources.demo.calls import SimulatedCall
from datasources.demo.incidents import SimulatedIncident
from datasources.demo.world import HOUR, dice

DAMAGED_EVERY_CALLS = 140
"""A call writes about three lines: one damaged line in roughly 400."""
UNKNOWN_PLACE_EVERY = 60
UNKNOWN_KECAMATAN = "99"
OUTAGE_EVERY_HOURS = 4
OUTAGE_S = 120
FUTURE_EVERY = 200
FUTURE_S = 2 * HOUR


def has_damaged_line(call: SimulatedCall) -> bool:
    """Whether two processes wrote at once and left half a line before one of this call's."""
    return call.outcome == "answered" and crc32(call.call_id.encode()) % DAMAGED_EVERY_CALLS == 0


def damaged(line: str) -> str:
    """Half of a line."""
    return line[: len(line) // 2]


def kecamatan_written(incident: SimulatedIncident, number: str) -> str:
    """The number in the row: now and then one that is no kecamatan of ours."""
    return UNKNOWN_KECAMATAN if incident.received % UNKNOWN_PLACE_EVERY == 0 else number


def server_is_down(seed: str, moment: float) -> bool:
    """Whether the public servers answer 503 now: two minutes every few hours."""
    window = int(moment // (OUTAGE_EVERY_HOURS * HOUR))
    start = window * OUTAGE_EVERY_HOURS * HOUR + dice(seed, "outage", window).randrange(HOUR, 3 * HOUR)
    return start <= moment < start + OUTAGE_S


def sensor_time(sensor: str, moment: int) -> int:
    """The time a sensor writes on its reading: now and then its clock is two hours ahead."""
    return moment + FUTURE_S if crc32(f"{sensor}:{moment}".encode()) % FUTURE_EVERY == 0 else moment
