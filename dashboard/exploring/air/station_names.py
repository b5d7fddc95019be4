"""Stations by their (source, station), as people call them, and the page of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.store.stations import Station, all_stations

Id = tuple[str, str]
PARAMETER_WORDS = {
    "pm1": "PM1", "pm25": "PM2,5", "pm10": "PM10", "so2": "SO2", "co": "CO", "o3": "O3", "no2": "NO2", "hc": "HC",
    "ispu": "ISPU", "temperature": "Suhu", "humidity": "Kelembapan", "pressure": "Tekanan udara",
    "wind_speed": "Kecepatan angin", "wind_direction": "Arah angin", "rain": "Hujan", "river_level": "Muka air",
}  # fmt: skip
AVERAGING_WORDS = {"inst": "sesaat", "PT1H": "1 jam", "PT24H": "24 jam"}
UNIT_WORDS = {"ug/m3": "µg/m³", "degC": "°C", "m3/s": "m³/s", "indeks": ""}
CHOOSE = "pilih satu stasiun di atas"


def stations_by_id(connection: Connection) -> dict[Id, Station]:
    """(source, station) → station."""
    return {(s.source, s.station): s for s in all_stations(connection)}


def title_of(stations: dict[Id, Station], key: Id) -> str:
    """Its name, else its number."""
    return stations[key].title if key in stations else key[1]


def linked(key: Id, column: str) -> dict[str, Any]:
    """What a row needs so that its `column` leads to the page of the station."""
    return {"link": column, "href": f"/stasiun?id={quote('/'.join(key), safe='/')}"}


def chosen(connection: Connection, filters: Filters) -> Station | None:
    """The station that is asked about; None when none is or it is unknown."""
    key = filters.station_key
    return None if key is None else stations_by_id(connection).get(key)


def parameter_words(parameter: str) -> str:
    """'PM2,5' for pm25; a parameter without a usual name as it is."""
    return PARAMETER_WORDS.get(parameter, parameter)
