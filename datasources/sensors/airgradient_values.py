"""The keys of AirGradient: PM2.5 is `pm02`, and temperature and humidity stand there raw and compensated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from datasources.sensors.said import Fields

Compensation = Literal["mentah", "terkoreksi"]
FIELDS: Fields = {
    "pm01": ("pm1", "ug/m3"),
    "pm02": ("pm25", "ug/m3"),
    "pm10": ("pm10", "ug/m3"),
    "atmp": ("temperature", "degC"),
    "rhum": ("humidity", "%"),
}
COMPENSATED = {"atmp": "atmpCompensated", "rhum": "rhumCompensated", "pm02": "pm02Compensated"}


def values_of(measures: Mapping[str, Any], which: Compensation) -> dict[str, Any]:
    """Key → value; of a compensated one that the firmware does not send the raw one is taken."""
    found = {key: measures.get(key) for key in FIELDS}
    if which == "terkoreksi":
        found |= {key: measures[name] for key, name in COMPENSATED.items() if measures.get(name) is not None}
    return found
