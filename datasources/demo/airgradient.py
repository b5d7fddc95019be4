"""Two simulated AirGradient monitors behind their maker's API; one of them went blind and repeats itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from datasources.demo.air import Sensor, read_air

PERIOD_S = 60
MONITORS = {
    30011: Sensor("airgradient-pacet", "SDN Pacet (AirGradient)", -7.6634, 112.5337, "air", 0.7),
    30012: Sensor("airgradient-jetis", "Puskesmas Jetis (AirGradient)", -7.4021, 112.4534, "air", 1.1),
}
BLIND = 30012
BLIND_SHOWS = {"pm02": 12.0, "pm10": 15.0}
"""A fan that stands still: plausible, and the same for days."""


def measures(seed: str, now: float) -> list[dict[str, Any]]:
    """The whole answer at this Unix second, as of the last full minute."""
    moment = int(now) // PERIOD_S * PERIOD_S
    return [_monitor(seed, number, sensor, moment) for number, sensor in MONITORS.items()]


def _monitor(seed: str, number: int, sensor: Sensor, moment: int) -> dict[str, Any]:
    air = read_air(seed, sensor, moment)
    values = {"pm01": round(air["pm25"] * 0.7, 1), "pm02": air["pm25"], "pm10": air["pm10"]}
    return {
        "locationId": number, "locationName": sensor.name, "publicLocationName": sensor.name,
        "latitude": sensor.lat, "longitude": sensor.lon, "offline": False, **values,
        **(BLIND_SHOWS if number == BLIND else {}), "pm003Count": None, "atmp": air["temperature"],
        "rhum": air["humidity"], "rco2": None, "tvoc": None, "wifi": -60, "model": "O-1PST", "firmwareVersion": "3.1.3",
        "timestamp": datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z"), "timezone": "Asia/Jakarta",
        "serialno": sensor.id,
    }  # fmt: skip
