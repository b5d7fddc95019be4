"""The borders of the 18 kecamatan out of a GeoJSON file: checked before anything is drawn or warned of by them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

from shapely import Point, is_valid_reason
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from datasources.region import Kecamatan, by_code, kecamatan

Shapes = Mapping[str, BaseGeometry]
"""Kecamatan code → its area in degrees, (longitude, latitude) as GeoJSON has it."""

LARGEST_BYTES = 20 * 2**20
LONGITUDES, LATITUDES = (112.2, 112.8), (-7.9, -7.2)
"""The kabupaten spans 112.33-112.66 east and 7.30-7.78 south."""
KM_PER_DEGREE = 111.2
AREA_TOLERANCE = 0.15
"""Of the official area: polygons drawn elsewhere differ by less than a hundredth, a filled hole by far more."""
CENTRE_TOLERANCE = 0.02
"""Degrees, two kilometres: our own points lie inside; two codes that were swapped lie much further apart."""
CODE_KEYS = ("kode", "code", "kode_kemendagri")


class BoundariesError(Exception):
    """The file cannot be used; the message names it, the feature and what would be right."""


@lru_cache(maxsize=4)
def load(file: Path) -> Shapes:
    """The areas of all 18 kecamatan, in order of their codes. Raises BoundariesError with one sentence."""
    try:
        return _checked(_features(file))
    except ValueError as wrong:
        raise BoundariesError(f"{file.name}: {wrong}.") from None


def _features(file: Path) -> list[Any]:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"lebih besar dari {LARGEST_BYTES // 2**20} MiB; sederhanakan batasnya")
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ValueError(f"berkas {file} tidak ditemukan") from None
    except OSError as error:
        raise ValueError(f"tidak dapat dibaca ({error.strerror})") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("bukan JSON yang sah; ekspor ulang sebagai GeoJSON WGS84") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise ValueError("bukan FeatureCollection GeoJSON")
    return features


def _checked(features: list[Any]) -> Shapes:
    if len(features) != len(kecamatan()):
        raise ValueError(f"berisi {len(features)} feature; yang benar {len(kecamatan())}, satu untuk setiap kecamatan")
    found: dict[str, BaseGeometry] = {}
    for number, feature in enumerate(features, start=1):
        place = by_code().get(_code(feature))
        if place is None:
            raise ValueError(
                f"feature {number} berkode '{_code(feature)}'; yang benar kode Kemendagri seperti 35.16.08"
            )
        if place.code in found:
            raise ValueError(f"{place.code} {place.name} ada dua kali")
        found[place.code] = _area(feature, place)
    return {one.code: found[one.code] for one in kecamatan()}


def _code(feature: Any) -> str:
    """The code in the properties, else the id of the feature."""
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties") or {}
    told = next((properties[key] for key in CODE_KEYS if properties.get(key)), feature.get("id"))
    return str(told or "")


def _area(feature: Mapping[str, Any], place: Kecamatan) -> BaseGeometry:
    named = f"{place.code} {place.name}"
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{named}: geometri '{kind}'; yang benar Polygon atau MultiPolygon")
    try:
        area = shape(geometry)
    except (ShapelyError, GEOSException, ValueError, TypeError, IndexError, KeyError, AttributeError):
        raise ValueError(f"{named}: koordinatnya bukan cincin tertutup dari pasangan [bujur, lintang]") from None
    _within_bounds(area, named)
    if not area.is_valid:
        raise ValueError(f"{named}: poligonnya tidak sah ({is_valid_reason(area)}); perbaiki sebelum dipakai")
    if area.distance(Point(place.lon, place.lat)) > CENTRE_TOLERANCE:
        raise ValueError(
            f"{named}: titik tengahnya ({place.lat}, {place.lon}) di luar poligon; kodenya mungkin tertukar"
        )
    _plausible_size(area, place, named)
    return area


def _within_bounds(area: BaseGeometry, named: str) -> None:
    if area.is_empty:
        raise ValueError(f"{named}: poligonnya kosong")
    west, south, east, north = area.bounds
    if LONGITUDES[0] <= west and east <= LONGITUDES[1] and LATITUDES[0] <= south and north <= LATITUDES[1]:
        return
    swapped = LATITUDES[0] <= west <= LATITUDES[1] and LONGITUDES[0] <= south <= LONGITUDES[1]
    hint = "lintang dan bujurnya tertukar; GeoJSON menulis [bujur, lintang]" if swapped else (
        f"yang benar bujur {LONGITUDES[0]} sampai {LONGITUDES[1]}, lintang {LATITUDES[0]} sampai {LATITUDES[1]}, WGS84"
    )  # fmt: skip
    raise ValueError(f"{named}: koordinat {west:g}..{east:g}, {south:g}..{north:g} di luar wilayah; {hint}")


def _plausible_size(area: BaseGeometry, place: Kecamatan, named: str) -> None:
    km2 = area.area * KM_PER_DEGREE**2 * cos(radians(place.lat))
    if abs(km2 - place.area_km2) > AREA_TOLERANCE * place.area_km2:
        raise ValueError(
            f"{named}: luas poligon {km2:.1f} km2, padahal seharusnya sekitar {place.area_km2:.1f} km2; "
            "periksa lubang (Kota Mojokerto) dan bagian yang hilang"
        )
