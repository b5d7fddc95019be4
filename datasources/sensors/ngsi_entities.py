"""Entities of the FIWARE Smart Data Models in NGSI-LD, normalized or keyValues → what a station says.

Strict on the type and on the names of properties, lenient on the id: published examples carry other ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from datasources.observation import Averaging
from datasources.sensors.said import Fields, Said, station_of

POLLUTANTS = {"pm25": "pm25", "pm10": "pm10", "pm1": "pm1", "so2": "so2", "co": "co", "o3": "o3", "no2": "no2"}
AIR: Fields = {
    **{name: (parameter, "ug/m3") for name, parameter in POLLUTANTS.items()},
    "temperature": ("temperature", "degC"),
    "relativeHumidity": ("humidity", "fraction"),
}
WATER: Fields = {
    "temperature": ("water_temperature", "degC"), "pH": ("ph", "pH"), "O2": ("do", "mg/L"), "tss": ("tss", "mg/L"),
    "tds": ("tds", "mg/L"), "NH3": ("nh3", "mg/L"), "NO3": ("no3", "mg/L"), "turbidity": ("turbidity", "NTU"),
}  # fmt: skip
WEATHER: Fields = {
    "temperature": ("temperature", "degC"), "relativeHumidity": ("humidity", "fraction"),
    "atmosphericPressure": ("pressure", "hPa"), "precipitation": ("rain", "mm"), "windSpeed": ("wind_speed", "m/s"),
    "windDirection": ("wind_direction", "deg"),
}  # fmt: skip
MODELS = {"AirQualityObserved": AIR, "WaterQualityObserved": WATER, "WeatherObserved": WEATHER}
"""Type of the entity → its properties, the parameter of each, and the unit that the model prescribes."""
UNIT_CODES = {
    "GQ": "ug/m3", "GP": "mg/m3", "CEL": "degC", "P1": "%", "C62": "fraction", "MTS": "m/s", "KMH": "km/h", "DD": "deg",
    "HPA": "hPa", "A97": "hPa", "PAL": "Pa", "MMT": "mm", "M1": "mg/L", "NTU": "NTU", "Q30": "pH",
}  # fmt: skip
"""UN/CEFACT codes."""
UNCLEAR = {"co"}
"""The model leaves its unit to the sender: without unitCode a thousandfold mistake would pass unseen."""
_STAMP = re.compile(r"[-:]\d{4}-\d\d-\d\dT[\d:.]+Z?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """How entities are read: the zone of times without one ("" refuses them) and what a value is the mean of."""

    zone: str = ""
    averaging: Averaging = "PT1H"

    def said(self, entity: Mapping[str, Any]) -> Said | None:
        """What an entity says; None for a model that we do not read. Raises ValueError with a sentence."""
        fields = MODELS.get(str(entity.get("type")))
        if fields is None:
            raise ValueError(f"type {entity.get('type')!r} tidak dibaca; yang dibaca: {', '.join(MODELS)}")
        values = {name: _value(entity[name]) for name in fields if name in entity}
        units = {name: _unit(name, entity[name]) for name in values}
        lon, lat = _position(entity.get("location"))
        parts = {fields[name][0]: value for name, value in values.items()}
        named = {fields[name][0]: unit or fields[name][1] for name, unit in units.items()}
        return Said(station_of(_station(entity), "id"), _name(entity), parts, self._time(entity), lat, lon, named,
                    self.averaging)  # fmt: skip

    def _time(self, entity: Mapping[str, Any]) -> Any:
        text = _value(entity.get("dateObservedTo", entity.get("dateObserved")))
        if not self.zone or not isinstance(text, str):
            return text
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return text if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone)).isoformat()


FIELDS: Fields = {parameter: (parameter, unit) for model in MODELS.values() for parameter, unit in model.values()}
"""Parameter → itself; the unit is named by the message, from its unitCode or its model."""


def _value(given: Any) -> Any:
    """The value of a property in either form; dates may stand one deeper, as {"@type": …, "@value": …}."""
    for key in ("value", "object", "@value"):
        if isinstance(given, dict) and key in given:
            given = given[key]
    return given


def _unit(name: str, given: Any) -> str:
    code = given.get("unitCode") if isinstance(given, dict) else None
    if code is not None:
        return UNIT_CODES.get(str(code), str(code))
    return "tidak disebut (unitCode)" if name in UNCLEAR else ""


def _station(entity: Mapping[str, Any]) -> Any:
    """The device where one is named, else the id without its prefix and without the moment that some put there."""
    named = _value(entity.get("refDevice")) or entity.get("id")
    if not isinstance(named, str):
        return None
    kind = str(entity.get("type"))
    return _STAMP.sub("", named).removeprefix("urn:ngsi-ld:").removeprefix("Device:").removeprefix(f"{kind}:")


def _name(entity: Mapping[str, Any]) -> str:
    address = _value(entity.get("address"))
    street = address.get("streetAddress") or address.get("addressLocality") if isinstance(address, dict) else None
    return str(_value(entity.get("name")) or street or "")


def _position(location: Any) -> tuple[Any, Any]:
    point = _value(location)
    coordinates = point.get("coordinates") if isinstance(point, dict) and point.get("type") == "Point" else None
    return (coordinates[0], coordinates[1]) if isinstance(coordinates, list) and len(coordinates) >= 2 else (None, None)
