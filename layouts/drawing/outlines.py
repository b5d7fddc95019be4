"""The borders of the kecamatan made light enough to draw, once for the whole process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians

from shapely.geometry.base import BaseGeometry

from datasources.region.boundaries import Shapes

TOLERANCE = 0.0008
"""Degrees, about 90 m: less than a pixel and a half of the widest map."""
Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings of each kecamatan, outer ones and holes alike (they are filled even-odd), as (east, south) in units of the
    map's width from its upper left corner; `height` is that of the map in the same unit.
    """

    rings: Mapping[str, tuple[Ring, ...]]
    height: float
    west: float
    north: float
    degrees: float
    shrink: float
    attribution: str

    def place(self, lat: float, lon: float) -> Point:
        """Where a position lies on the map."""
        return (lon - self.west) * self.shrink / self.degrees, (self.north - lat) / self.degrees


def outlines(shapes: Shapes, attribution: str) -> Outlines:
    """Simplified outlines of `shapes`; north is up and a kilometre is as long either way."""
    west = min(s.bounds[0] for s in shapes.values())
    south = min(s.bounds[1] for s in shapes.values())
    east = max(s.bounds[2] for s in shapes.values())
    north = max(s.bounds[3] for s in shapes.values())
    shrink = cos(radians((north + south) / 2))
    degrees = (east - west) * shrink
    frame = Outlines({}, (north - south) / degrees, west, north, degrees, shrink, attribution)
    rings = {code: tuple(_placed(frame, shape)) for code, shape in shapes.items()}
    return Outlines(rings, frame.height, west, north, degrees, shrink, attribution)


def _placed(frame: Outlines, shape: BaseGeometry) -> Iterator[Ring]:
    light = shape.simplify(TOLERANCE, preserve_topology=True)
    for part in getattr(light, "geoms", [light]):
        for ring in (part.exterior, *part.interiors):
            yield tuple(frame.place(lat, lon) for lon, lat in ring.coords)
