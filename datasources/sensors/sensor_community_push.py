"""What a sensor of Sensor.Community sends by itself: every value a string, no time, P1 is PM10 and P2 is PM2.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasources.sensors.said import ARRIVAL, Fields, Said, station_of

ENDINGS = (
    ("P1", ("pm10", "ug/m3")), ("P2", ("pm25", "ug/m3")), ("P0", ("pm1", "ug/m3")),
    ("temperature", ("temperature", "degC")), ("humidity", ("humidity", "%")), ("pressure", ("pressure", "Pa")),
)  # fmt: skip
"""How the name of a value ends (SDS_P1, BME280_humidity, P1) → parameter and unit."""
FIELDS: Fields = {parameter: (parameter, unit) for _, (parameter, unit) in ENDINGS}


def values_of(listed: Any) -> dict[str, Any]:
    """Parameter → text of its value; names that are no measurement of ours (samples, signal) are left out.

    Raises ValueError when it is no list of values.
    """
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise ValueError("pesan tanpa daftar 'sensordatavalues'")
    found: dict[str, Any] = {}
    for item in listed:
        name = str(item.get("value_type"))
        parameter = next((p for ending, (p, _) in ENDINGS if name == ending or name.endswith(f"_{ending}")), None)
        if parameter is not None:
            found.setdefault(parameter, item.get("value"))
    return found


def sensor_community(message: Mapping[str, Any]) -> Said:
    """One push; its time is that of its arrival. Raises ValueError for a message that is none."""
    number = message.get("esp8266id") or message.get("esp32id")
    return Said(station_of(None if number is None else str(number), "esp8266id"), "",
                values_of(message.get("sensordatavalues")), ARRIVAL)  # fmt: skip
