"""Rivers, green space and IKLH of the simulated regency; every figure is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from datasources.demo.world import dice

Row = list[Any]
STATIONS = (
    ("BR-01", "Hulu Brantas", "Brantas", 0.8), ("BR-02", "Hilir Brantas", "Brantas", 1.3),
    ("SD-01", "Sadar Mojosari", "Sadar", 1.6), ("BK-01", "Brangkal Sooko", "Brangkal", 2.6),
    ("GB-01", "Gembolo Puri", "Gembolo", 1.1), ("PK-01", "Pikatan Gondang", "Pikatan", 0.5),
    ("KR-01", "Kromong Pacet", "Kromong", 0.4), ("LM-01", "Lamong Dawarblandong", "Lamong", 1.9),
)  # fmt: skip
"""Code, name, river, and how dirty it is."""
USUAL = (
    ("TSS", 38.0, "mg/l"), ("TDS", 310.0, "mg/l"), ("BOD", 2.6, "mg/l"), ("COD", 17.0, "mg/l"),
    ("Fosfat total", 0.12, "mg/l"), ("Nitrogen total", 6.0, "mg/l"), ("Klorida", 32.0, "mg/l"),
    ("Amonia (NH3-N)", 0.14, "mg/l"), ("Nitrit (NO2-N)", 0.05, "mg/l"),
)  # fmt: skip
GREEN_KINDS = ("taman kota", "hutan kota", "jalur hijau", "sempadan sungai", "pemakaman", "lapangan")
URBAN_HA = {"Mojosari": 1_120, "Sooko": 940, "Puri": 610, "Gedeg": 420, "Ngoro": 880, "Trowulan": 350}
OFFICIAL = {
    2020: (52.1, 84.6, 38.9, 62.3, 61.5), 2021: (51.4, 85.9, 38.7, 62.6, 62.0), 2022: (53.0, 86.2, 39.4, 63.5, 63.0),
    2023: (54.2, 85.1, 39.9, 63.6, 64.0), 2024: (53.6, 86.8, 40.3, 64.1, 65.0), 2025: (55.0, 87.4, 41.0, 65.1, 66.0),
}  # fmt: skip
"""IKA, IKU, IKL, IKLH, target."""


def samples(seed: str, today: date, quarters: int) -> list[Row]:
    """Every station each quarter as a laboratory writes it, with four slips of the pen."""
    rows: list[Row] = []
    for place, day in enumerate(_quarter_days(today, quarters)):
        for station in STATIONS:
            rows += _sample(seed, *station, day, place / max(1, quarters - 1))
    code, name, river, _ = STATIONS[0]
    early = date(today.year - 1, 1, 9)
    rows += [
        [code, name, river, early, "BOD", "1.234", "mg/l"],
        [code, name, river, early, "TSS", 40, "µg/l"],
        [code, name, river, "31/02/2026", "COD", 20, "mg/l"],
        [code, name, river, early, "Klorofil-a", 2, "mg/l"],
    ]
    return rows


def _quarter_days(today: date, quarters: int) -> list[date]:
    newest = today.year * 4 + (today.month - 1) // 3 - 1
    return [date(q // 4, q % 4 * 3 + 2, 10) for q in range(newest - quarters + 1, newest + 1)]


def _sample(seed: str, code: str, name: str, river: str, dirt: float, day: date, progress: float) -> list[Row]:
    chance = dice(seed, "water", code, day)
    strength = dirt * (1 - 0.15 * progress)
    cells: list[tuple[str, Any, str | None]] = [
        ("Suhu air", round(chance.uniform(25, 29), 1), "°C"),
        ("pH", _comma(chance.uniform(6.6, 7.9), 2), None),
        ("DO", _comma(max(2.1, 6.4 - 0.9 * strength * chance.uniform(0.8, 1.2)), 1), "mg/l"),
        *((p, _comma(usual * strength**0.7 * chance.uniform(0.75, 1.3), 3), unit) for p, usual, unit in USUAL),
        ("Tembaga (Cu)", "<0,01", "mg/l"),
        ("Seng (Zn)", "<0,008" if strength < 1.5 else _comma(chance.uniform(0.01, 0.06), 3), "mg/l"),
        ("Fecal coliform", round(520 * strength**2.4 * chance.uniform(0.6, 1.7)), "MPN/100 ml"),
        ("Total coliform", f"{_comma(2.6 * strength**2 * chance.uniform(0.6, 1.6), 2)} x 10^3", "MPN/100 ml"),
    ]
    return [[code, name, river, day, *cell] for cell in cells]


def _comma(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def green_areas(seed: str, year: int) -> list[Row]:
    """Parks and verges of six towns, and one of a kecamatan whose urban area nobody entered."""
    rows: list[Row] = []
    for kecamatan, urban in URBAN_HA.items():
        chance = dice(seed, "green", kecamatan)
        for kind in GREEN_KINDS:
            area = round(urban * chance.uniform(0.012, 0.034), 1)
            rows.append([year, kecamatan, kind, f"{kind.capitalize()} {kecamatan}", "publik", area, date(year, 2, 1)])
        private = round(urban * chance.uniform(0.05, 0.12), 1)
        rows.append([year, kecamatan, "pekarangan", f"Pekarangan {kecamatan}", "privat", private, date(year, 2, 1)])
    rows.append([year, "Pacet", "taman kota", "Taman Pacet", "publik", 3.5, date(year, 2, 1)])
    rows.append([year, "Mojosari", "taman kota", "Taman Baru", "umum", 2, date(year, 2, 1)])
    return rows


def urban_areas(year: int) -> list[Row]:
    """The urban areas of six towns."""
    return [[year, kecamatan, area, "RDTR (SIMULASI)"] for kecamatan, area in URBAN_HA.items()]


def indices(this_year: int) -> list[Row]:
    """Official figures up to last year; the newest by the newer regulation."""
    rows: list[Row] = []
    for year, (*parts, whole, target) in OFFICIAL.items():
        if year >= this_year:
            continue
        rule = "Permen LHK P.27/2021" if year < 2025 else "Permen LH/BPLH 14/2025"
        told: Sequence[tuple[str, float, float | None]] = [
            *((part, value, None) for part, value in zip(("IKA", "IKU", "IKL"), parts, strict=True)),
            ("IKLH", whole, target),
        ]
        rows += [
            [year, part, value, aim, rule, f"SLHD {year} (SIMULASI)", date(year + 1, 3, 31)]
            for part, value, aim in told
        ]
    return rows
