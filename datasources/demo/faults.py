"""What goes wrong now and then, as it does in real places; always at the same moments."""

from __future__ import annotations

from zlib import crc32

from datasources.demo.calls import SimulatedCall
from datasources.demo.tickets import Ticket
from datasources.demo.world import HOUR, dice

DAMAGED_EVERY_CALLS = 140
"""A call writes about three lines: one damaged line in roughly 400."""
UNKNOWN_PLACE_EVERY = 60
UNKNOWN_KECAMATAN = "99"
OTHER_CATEGORY_EVERY = 45
OTHER_CATEGORIES = ("KEBKARAN", "LAIN-LAIN", "LAKA TUNGGAL")
OTHER_CLASS_EVERY = 400
OTHER_CLASS = "Lain-lain"
"""Words that an agent typed and nobody has mapped."""
OUTAGE_EVERY_HOURS = 4
OUTAGE_S = 120
FUTURE_EVERY = 200
SPOILT_EVERY, LAST_SPOILT = 300, 2
"""Three readings in three hundred, each wrong in its own way."""
FUTURE_S = 2 * HOUR


def has_damaged_line(call: SimulatedCall) -> bool:
    """Whether two processes wrote at once and left half a line before one of this call's."""
    return call.outcome == "answered" and crc32(call.call_id.encode()) % DAMAGED_EVERY_CALLS == 0


def damaged(line: str) -> str:
    """Half of a line."""
    return line[: len(line) // 2]


def kecamatan_written(ticket: Ticket, number: str) -> str:
    """The number in the row: now and then one that is no kecamatan of ours."""
    return UNKNOWN_KECAMATAN if ticket.call.answered_at % UNKNOWN_PLACE_EVERY == 0 else number


def category_written(ticket: Ticket) -> str:
    """The category in the row: now and then a word of the agent's own."""
    lot = crc32(f"category:{ticket.call.call_id}".encode())
    if ticket.category and lot % OTHER_CATEGORY_EVERY == 0:
        return OTHER_CATEGORIES[lot // OTHER_CATEGORY_EVERY % len(OTHER_CATEGORIES)]
    return ticket.category


def class_written(ticket: Ticket) -> str:
    """The class in the row: now and then a word of the agent's own for a call that was no emergency."""
    is_other = not ticket.category and crc32(ticket.call.call_id.encode()) % OTHER_CLASS_EVERY == 0
    return OTHER_CLASS if is_other else ticket.written_as


def server_is_down(seed: str, moment: float) -> bool:
    """Whether the public servers answer 503 now: two minutes every few hours."""
    window = int(moment // (OUTAGE_EVERY_HOURS * HOUR))
    start = window * OUTAGE_EVERY_HOURS * HOUR + dice(seed, "outage", window).randrange(HOUR, 3 * HOUR)
    return start <= moment < start + OUTAGE_S


def sensor_time(sensor: str, moment: int) -> int:
    """The time a sensor writes on its reading: now and then its clock is two hours ahead."""
    return moment + FUTURE_S if crc32(f"{sensor}:{moment}".encode()) % FUTURE_EVERY == 0 else moment


def spoilt(sensor: str, moment: int, values: dict[str, float]) -> dict[str, float]:
    """A reading as it leaves the sensor: now and then a leap, PM2.5 above PM10, or a value that cannot be."""
    lot = crc32(f"spoilt:{sensor}:{moment}".encode()) % SPOILT_EVERY
    if "pm25" not in values or lot > LAST_SPOILT:
        return values
    return {**values, **({"pm25": 640.0}, {"pm10": round(values["pm25"] / 2, 1)}, {"humidity": 180.0})[lot]}
