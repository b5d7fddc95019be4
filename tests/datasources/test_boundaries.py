"""Borders out of a GeoJSON file: what is taken, and the one sentence for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any

import pytest
from shapely import Point

from datasources.bmkg.coverage import kecamatan_touched, ring
from datasources.bmkg.warnings import Warnings
from datasources.region import kecamatan
from datasources.region.boundaries import KM_PER_DEGREE, BoundariesError, load

PUBLISHED = Path(__file__).parents[2] / "../shared/geo/kecamatan.geojson"


def feature(code: str) -> dict[str, Any]:
    """A square of the kecamatan's own size around its centre."""
    place = next(k for k in kecamatan() if k.code == code)
    half = sqrt(place.area_km2) / 2 / KM_PER_DEGREE
    wide = half / cos(radians(place.lat))
    (w, s), (e, n) = (place.lon - wide, place.lat - half), (place.lon + wide, place.lat + half)
    corners = [[w, s], [e, s], [e, n], [w, n], [w, s]]
    return {
        "type": "Feature", "id": code, "properties": {"kode": code, "nama": place.name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }  # fmt: skip


def squares() -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(k.code) for k in kecamatan()]}


def written(tmp_path: Path, content: Any) -> Path:
    file = tmp_path / "batas.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_all_18_are_taken_in_the_order_of_their_codes(tmp_path: Path) -> None:
    content = squares()
    content["features"].reverse()
    assert list(load(written(tmp_path, content))) == [k.code for k in kecamatan()]


def test_a_hole_and_several_parts_are_taken(tmp_path: Path) -> None:
    content = squares()
    outer = content["features"][0]["geometry"]["coordinates"][0]
    (x, y), step = outer[0], 0.01
    hole = [[x + step, y + step], [x + 2 * step, y + step], [x + 2 * step, y + 2 * step], [x + step, y + step]]
    content["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[outer, hole]]}
    assert load(written(tmp_path, content))["35.16.01"].geoms[0].interiors


def _features(change: Callable[[list[Any]], object]) -> Callable[[dict[str, Any]], Any]:
    def changed(content: dict[str, Any]) -> Any:
        change(content["features"])
        return content

    return changed


def _geometry(kind: str, coordinates: Any) -> Callable[[dict[str, Any]], Any]:
    return _features(lambda fs: fs[0].update(geometry={"type": kind, "coordinates": coordinates}))


def _swapped(features: list[Any]) -> None:
    corners = features[0]["geometry"]["coordinates"][0]
    features[0]["geometry"]["coordinates"] = [[[lat, lon] for lon, lat in corners]]


def _codes_swapped(features: list[Any]) -> None:
    features[0]["geometry"], features[16]["geometry"] = features[16]["geometry"], features[0]["geometry"]


def _larger(features: list[Any]) -> None:
    w, s = features[7]["geometry"]["coordinates"][0][0]
    features[7]["geometry"]["coordinates"] = [[[w, s], [w + 0.09, s], [w + 0.09, s + 0.09], [w, s + 0.09], [w, s]]]


FAR = [[[110, -7.6], [110.1, -7.6], [110.1, -7.5], [110, -7.6]]]
BOW = [[[112.40, -7.66], [112.46, -7.64], [112.46, -7.66], [112.40, -7.64], [112.40, -7.66]]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: "{", "bukan JSON yang sah"),
        (lambda c: c["features"], "bukan FeatureCollection GeoJSON"),
        (_features(lambda fs: fs.pop()), "berisi 17 feature; yang benar 18"),
        (_features(lambda fs: fs[3].update(properties={"kode": "35.15.04"})), "feature 4 berkode '35.15.04'"),
        (_features(lambda fs: fs.__setitem__(1, fs[0])), "35.16.01 Jatirejo ada dua kali"),
        (_geometry("Point", [112.4, -7.6]), "geometri 'Point'; yang benar Polygon atau MultiPolygon"),
        (_geometry("Polygon", [[[112.4, -7.6], [112.5]]]), "bukan cincin tertutup"),
        (_geometry("Polygon", []), "poligonnya kosong"),
        (_geometry("Polygon", BOW), "poligonnya tidak sah"),
        (_features(_swapped), "lintang dan bujurnya tertukar"),
        (_geometry("Polygon", FAR), "di luar wilayah; yang benar bujur"),
        (_features(_codes_swapped), "kodenya mungkin tertukar"),
        (_features(_larger), "padahal seharusnya sekitar 29.8 km2"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence(tmp_path: Path, change: Callable[[Any], Any], sentence: str) -> None:
    with pytest.raises(BoundariesError) as wrong:
        load(written(tmp_path, change(squares())))
    said = str(wrong.value)
    assert sentence in said
    assert said.startswith("batas.geojson: ")
    assert said.count("\n") == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundariesError, match="tidak ditemukan"):
        load(tmp_path / "batas.geojson")


def test_a_source_with_wrong_borders_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tidak ditemukan"):
        Warnings(boundaries=tmp_path / "batas.geojson")


def test_borders_tell_a_warning_for_one_kecamatan_from_its_neighbours(tmp_path: Path) -> None:
    borders = load(written(tmp_path, squares()))
    small = ring("-7.500,112.540 -7.500,112.545 -7.506,112.545 -7.500,112.540")
    assert kecamatan_touched([small], borders) == ("35.16.08",)
    assert len(kecamatan_touched([small])) > 1


def test_the_published_borders_are_taken_with_kota_as_a_hole() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the shared borders are not beside this checkout")
    borders = load(PUBLISHED)
    assert len(borders) == 18
    assert not any(shape.covers(Point(112.4336, -7.4722)) for shape in borders.values())
