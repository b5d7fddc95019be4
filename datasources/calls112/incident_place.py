"""Where an incident was, in the words of somebody else's table: kecamatan, desa, position."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from datasources import region
from datasources.privacy import mask

SOUTH, NORTH, WEST, EAST = -7.80, -7.30, 112.30, 112.75
"""Degrees around the kabupaten; a point outside was clicked wrongly or has its numbers swapped."""

_LAT_LNG = re.compile(r"(?:LatLng)?\s*\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", re.IGNORECASE)


def kecamatan_code(said: str, names: Mapping[str, str]) -> str:
    """The code of a kecamatan by name, code or their own word in `names`. Raises ValueError with a sentence."""
    found = region.kecamatan_named(names.get(said, said))
    if found is None:
        raise ValueError(
            f"'{mask(said)}' bukan kecamatan Kabupaten Mojokerto; tulis namanya, kode seperti 35.16.01, atau isi "
            "kecamatan_names; kejadian tetap dibaca tanpa kecamatan"
        )
    return found.code


def desa_code(said: str, kecamatan: str | None) -> str:
    """The code of a desa by its code, or by its name within `kecamatan`. Raises ValueError with a sentence."""
    if said in region.villages():
        return said
    named = _desa_by_name().get((kecamatan or "", said.casefold()), [])
    if len(named) != 1:
        raise ValueError(f"'{mask(said)}' bukan desa di kecamatan itu; kejadian tetap dibaca tanpa desa")
    return named[0]


def position(said: str) -> tuple[float, float]:
    """(latitude, longitude) in degrees of "-7.52, 112.56". Raises ValueError with a sentence."""
    match = _LAT_LNG.fullmatch(said)
    if match is None:
        raise ValueError("posisi harus seperti LatLng(-7.52, 112.56); kejadian tetap dibaca tanpa posisi")
    lat, lon = float(match[1]), float(match[2])
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
        raise ValueError("posisi di luar kabupaten, kejadian tetap dibaca tanpa posisi")
    return lat, lon


@cache
def _desa_by_name() -> Mapping[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in region.villages().items():
        found[code.rpartition(".")[0], name.casefold()].append(code)
    return found
