"""How far and in which direction one place lies from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from dashboard.formulas.written_number import written

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
DIRECTIONS = ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut")

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a place lies as seen from a named one. `direction` is empty when both are the same place."""

    reference: str
    km: float
    direction: str

    @property
    def words(self) -> str:
        """'36 km timur laut Mojosari', 'kurang dari 1 km dari Mojosari'."""
        if self.km < 1:
            return f"kurang dari 1 km dari {self.reference}"
        return f"{written(self.km, 0)} km {self.direction} {self.reference}"


def seen_from(references: Mapping[str, Place], there: Place) -> Seen:
    """A place such as an epicentre, as seen from the nearest of the named ones: one, or the 18 kecamatan.

    Raises ValueError without references, and for a position that is not on the earth.
    """
    if not references:
        raise ValueError("tidak ada tempat acuan untuk menghitung jarak")
    if not (-90 <= there[0] <= 90 and -180 <= there[1] <= 180):
        raise ValueError(f"koordinat {there[0]}, {there[1]} tidak ada di bumi; tulis lintang lalu bujur")
    km, name = min((great_circle_km(place, there), name) for name, place in references.items())
    return Seen(name, km, direction(references[name], there))


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
