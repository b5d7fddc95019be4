"""The tickets that agents write: one for each answered call, whatever it was about."""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from datasources.demo.calls import SimulatedCall, calls_of_hour
from datasources.demo.incidents import SimulatedIncident, incidents_of_hour, near
from datasources.demo.life_cycle import Life
from datasources.demo.ringing import Kind
from datasources.demo.world import HOUR, dice
from datasources.region import Kecamatan, kecamatan

CLASSES: dict[Kind, str] = {
    "ghost": "Ghost", "prank": "Prank", "salah sambung": "Salah sambung", "informasi": "Informasi",
    "bukan darurat": "Tidak darurat", "luar wilayah": "Luar wilayah", "ganda": "Laporan ganda", "darurat": "Normal",
}  # fmt: skip
"""The words of the application for what agents choose when a call has ended."""
RECOGNISED_AGAIN = 0.5
"""Share of further reports of an event that the agent knows as such; the others become tickets like the first."""
COMPLAINTS = ("PJU", "JALAN RUSAK", "PDAM", "SAMPAH")
SPREAD_OF_WITNESSES = 0.0012
"""Degrees, about 130 m."""


class Ticket(NamedTuple):
    """Of a call that reported nothing only the class is written; `place` and what follows belong to a report."""

    call: SimulatedCall
    written_as: str
    life: Life
    category: str = ""
    place: Kecamatan | None = None
    village: str = ""
    lat: float | None = None
    lon: float | None = None


def tickets_of_hour(seed: str, hour: int) -> list[Ticket]:
    """The tickets of the calls that entered in this Unix hour."""
    incidents = incidents_of_hour(seed, hour)
    return [_ticket(seed, c, incidents) for c in calls_of_hour(seed, hour) if c.outcome == "answered"]


def _ticket(seed: str, call: SimulatedCall, incidents: dict[str, SimulatedIncident]) -> Ticket:
    word = CLASSES[call.kind]
    if call.kind == "darurat":
        i = incidents[call.call_id]
        return Ticket(call, word, i.life, i.category, i.kecamatan, i.village, i.lat, i.lon)
    if call.kind == "ganda":
        return _further_report(seed, call, incidents[call.about])
    at_once = Life(call.ended_at, closed=call.ended_at + 2 + call.enter % 8)
    if call.kind == "bukan darurat":
        lot = crc32(call.call_id.encode())
        return Ticket(call, word, at_once, COMPLAINTS[lot % len(COMPLAINTS)], kecamatan()[lot % 18])
    return Ticket(call, word, at_once)


def _further_report(seed: str, call: SimulatedCall, first: SimulatedIncident) -> Ticket:
    """Somebody else sees the same fire: from a little further away, and no second team is sent."""
    rng = dice(seed, "witness", call.call_id)
    lat, lon = near(rng, first.lat, first.lon, SPREAD_OF_WITNESSES)
    where = (first.category, first.kecamatan, first.village, lat, lon)
    created = call.answered_at + rng.randint(20, 60)
    if rng.random() < RECOGNISED_AGAIN:
        return Ticket(call, CLASSES["ganda"], Life(created, closed=created + rng.randint(10, 120)), *where)
    dispatched = created + rng.randint(30, 140)
    closed = max(first.life.closed or 0, dispatched + HOUR)
    return Ticket(call, CLASSES["darurat"], Life(created, dispatched, closed=closed), *where)
