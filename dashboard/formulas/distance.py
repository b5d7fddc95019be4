"""How far and in which direction one place lies from another."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
DIRECTIONS = ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut")

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def great_circle_km(here: Place, there: Place) -> float:
    """Kilometres along the great circle (haversine)."""
    (lat1, lon1), (lat2, lon2) = _in_radians(here), _in_radians(there)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def bearing_deg(here: Place, there: Place) -> float:
    """The first bearing of the great circle from here to there, 0 <= degrees < 360 clockwise from north."""
    (lat1, lon1), (lat2, lon2) = _in_radians(here), _in_radians(there)
    east = sin(lon2 - lon1) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon2 - lon1)
    return degrees(atan2(east, north)) % 360


def direction(here: Place, there: Place) -> str:
    """The word for the direction in which `there` lies, seen from `here`; empty for the same place."""
    return "" if here == there else DIRECTIONS[int((bearing_deg(here, there) + 22.5) // 45) % 8]


def _in_radians(place: Place) -> Place:
    return radians(place[0]), radians(place[1])
