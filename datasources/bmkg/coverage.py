"""Which kecamatan a warning's polygons touch.

With borders of the kecamatan configured these decide, and one point in common is enough. Without, a kecamatan stands
here as a disc around its centroid, half as wide again as a disc of its area: a warning for one kecamatan then also
marks about four neighbours. That is meant so, because a missed warning costs more than an extra one; the screen says
that the coverage is an approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, pi, radians, sqrt

from shapely import Point, Polygon, make_valid
from shapely.geometry.base import BaseGeometry

from datasources.region import MOJOSARI, kecamatan
from datasources.region.boundaries import Shapes

KM_PER_DEGREE = 111.2
REACH = 1.5
"""Times sqrt(area / pi). Measured against the real borders: at 1.0 the discs leave 22 % of the kabupaten bare, at 1.5
one per cent, and 5 % of the land lies outside the disc of its own kecamatan (Jatirejo is the longest)."""
SURROUNDINGS_KM = 45
"""From Mojosari the farthest corner of the kabupaten lies 30 km away."""
LATITUDES, LONGITUDES = (-15.0, 10.0), (90.0, 145.0)
"""Indonesia: a pair outside has its parts the wrong way round or is no position."""

Ring = Sequence[tuple[float, float]]
"""Corners as (latitude, longitude) in degrees."""


def ring(text: str) -> Ring:
    """'lat,lon lat,lon …' of CAP 1.2, latitude first. Raises ValueError with an Indonesian sentence."""
    corners = []
    for pair in text.split():
        try:
            lat, lon = (float(part) for part in pair.split(","))
        except ValueError:
            raise ValueError(f"titik poligon '{pair}' seharusnya 'lintang,bujur'") from None
        if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
            raise ValueError(f"titik poligon '{pair}' di luar Indonesia; lintang harus di depan")
        corners.append((lat, lon))
    if len(set(corners)) < 3:
        raise ValueError(f"poligon dengan {len(set(corners))} titik berbeda; sedikitnya 3")
    return corners


def kecamatan_touched(rings: Sequence[Ring], borders: Shapes | None = None) -> tuple[str, ...]:
    """Codes of the kecamatan that any of the polygons touches, in order of code."""
    if borders is not None:
        areas = [make_valid(Polygon([(lon, lat) for lat, lon in corners])) for corners in rings]
        return tuple(code for code, border in borders.items() if any(area.intersects(border) for area in areas))
    shapes = [_in_km(corners) for corners in rings]
    return tuple(
        code for code, (centre, radius) in _discs().items() if any(s.distance(centre) <= radius for s in shapes)
    )


def near_us(rings: Sequence[Ring]) -> list[Ring]:
    """The polygons that reach the surroundings of the kabupaten: what a map of it can show."""
    return [corners for corners in rings if _in_km(corners).distance(Point(0, 0)) <= SURROUNDINGS_KM]


def written(corners: Ring) -> str:
    """'lat,lon lat,lon …' with three decimals, about a hundred metres."""
    return " ".join(f"{lat:.3f},{lon:.3f}" for lat, lon in corners)


def _in_km(corners: Ring) -> BaseGeometry:
    return make_valid(Polygon([_km(lat, lon) for lat, lon in corners]))


@cache
def _discs() -> dict[str, tuple[Point, float]]:
    return {k.code: (Point(_km(k.lat, k.lon)), REACH * sqrt(k.area_km2 / pi)) for k in kecamatan()}


def _km(lat: float, lon: float) -> tuple[float, float]:
    """East and north of Mojosari in km on a flat earth; within the kabupaten the error is below 0.1 %."""
    origin_lat, origin_lon = MOJOSARI
    return (lon - origin_lon) * KM_PER_DEGREE * cos(radians(origin_lat)), (lat - origin_lat) * KM_PER_DEGREE
