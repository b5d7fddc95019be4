"""The regency as data: 18 kecamatan, 304 villages, their Kemendagri codes and their places on the tile map."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KABUPATEN_CODE = "35.16"
PROVINCE_CODE = "35"
MOJOSARI = (-7.52, 112.56)
"""Reference point for distances (latitude, longitude), the de facto capital."""

SPELLINGS = {"gedek": "gedeg", "kemlangi": "kemlagi", "jati rejo": "jatirejo", "dawar blandong": "dawarblandong"}


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan: centroid in degrees, area in km2, BMKG forecast key, row and column on the tile map."""

    code: str
    name: str
    short: str
    lat: float
    lon: float
    area_km2: float
    adm4: str
    tile_row: int
    tile_column: int


@cache
def kecamatan() -> tuple[Kecamatan, ...]:
    """All 18, ordered by code. Codes and areas: Kepmendagri 300.2.2-2138/2025; positions: polygon centroids."""
    with (HERE / "kecamatan.csv").open(encoding="utf-8") as file:
        return tuple(
            Kecamatan(
                row["code"], row["name"], row["short"], float(row["lat"]), float(row["lon"]),
                float(row["area_km2"]), row["adm4"], int(row["tile_row"]), int(row["tile_column"]),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


@cache
def villages() -> dict[str, str]:
    """Code → name of the 299 desa and 5 kelurahan (Kemendagri codes, also BMKG's adm4)."""
    with (HERE / "villages.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def by_code() -> dict[str, Kecamatan]:
    """Kecamatan by Kemendagri code."""
    return {k.code: k for k in kecamatan()}


@cache
def _by_name() -> dict[str, Kecamatan]:
    return {k.name.lower(): k for k in kecamatan()}


def kecamatan_named(text: str) -> Kecamatan | None:
    """The kecamatan of that name or code; None when it is not one of ours. Never guesses beyond known spellings."""
    word = " ".join(text.lower().removeprefix("kecamatan ").removeprefix("kec. ").split())
    return by_code().get(text.strip()) or _by_name().get(SPELLINGS.get(word, word))
