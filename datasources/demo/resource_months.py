"""Waste, energy and solar power of the simulated regency, month by month; every figure is invented."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from datasources.demo.world import RAINY_MONTHS, dice

Row = list[Any]
PEOPLE, KG_PER_PERSON = 1_156_144, 0.40
LANDFILL_VOLUME_M3 = 420_000
TPS = ("TPS Sooko", "TPS Mojosari", "TPS3R Puri", "TPS3R Gedeg")
TRUCKS = ("Armada 01", "Armada 02", "Armada 03", "Armada 04", "Armada 05")
BANKS = (
    ("Bank Sampah Melati", "Sooko"), ("Bank Sampah Mawar", "Mojosari"), ("Bank Sampah Anggrek", "Puri"),
    ("Bank Sampah Kenanga", "Gedeg"), ("Bank Sampah Flamboyan", "Trowulan"), ("Bank Sampah Cempaka", "Ngoro"),
)  # fmt: skip
OFFICES = (
    "Setda", "Bappeda", "Diskominfo", "DLH", "DPUPR", "DPRKP2", "Dinkes", "Dispendik", "Disnaker", "Dinsos",
    "Satpol PP", "BPBD", "Dispenduk", "Bapenda", "Inspektorat", "BKPSDM", "Disperindag", "Dispora", "Dishub", "Distan",
)  # fmt: skip
ROOFS = (("PV-01", "Kantor Bupati", 50), ("PV-02", "RSUD", 80), ("PV-03", "Dinas Lingkungan Hidup", 20))


def months_up_to(today: date, n: int) -> list[date]:
    """The last n months that are over, oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(number - n, number)]


def written(month: date) -> str:
    """'2026-01'."""
    return f"{month:%Y-%m}"


def waste_months(seed: str, months: Sequence[date]) -> list[Row]:
    """One row a month; of one month the recycled tonnes were left empty, and one was typed with its unit."""
    rows = [_waste_month(seed, month, place / max(1, len(months) - 1)) for place, month in enumerate(months)]
    rows[len(rows) // 2][4] = None
    rows.append(["2026-13", 13_900, 300, 400, 1_800, 1_900, 5_400, "perkiraan"])
    rows.append([written(date(months[0].year - 1, 12, 1)), "13900 ton", 300, 400, 1_800, 1_900, 5_400, "perkiraan"])
    return rows


def _waste_month(seed: str, month: date, progress: float) -> Row:
    chance = dice(seed, "waste", month)
    generated = PEOPLE * KG_PER_PERSON * _days(month) / 1000 * chance.uniform(0.98, 1.03)
    shares = (0.020 + 0.005 * progress, 0.030 + 0.010 * progress, 0.13 + 0.03 * progress, 0.15, 0.37 + 0.05 * progress)
    parts = [round(generated * share * chance.uniform(0.95, 1.05), 1) for share in shares]
    return [written(month), round(generated, 1), *parts, "timbangan" if progress > 0.3 else "perkiraan"]


def waste_flows(seed: str, months: Sequence[date]) -> list[Row]:
    """Trucks, transfer points and two landfills; of the old one nobody measured the volume."""
    rows: list[Row] = []
    measured = months[max(0, len(months) - 8)]
    for month in months:
        chance = dice(seed, "flows", month)
        into = round(5_600 * _days(month) / 30 * chance.uniform(0.95, 1.06), 1)
        volume = LANDFILL_VOLUME_M3 if month == measured else None
        rows.append(["TPA", "TPA Kabupaten", written(month), into, None, "timbangan", volume, 0.75, 15])
        rows.append(["TPA", "TPA Lama", written(month), round(into / 9, 1), None, "perkiraan", None, None, None])
        for name in TPS:
            kind = name.split()[0]
            rows.append(
                [kind, name, written(month), round(chance.uniform(180, 260), 1), None, "perkiraan", None, None, None]
            )
        for name in TRUCKS:
            trips = chance.randint(45, 60)
            rows.append(["armada", name, written(month), round(trips * 3.4, 1), trips, "timbangan", None, None, None])
    rows.append(["TPS", "TPS Sooko", written(months[0]), "1.234", None, "perkiraan", None, None, None])
    return rows


def waste_banks(seed: str, months: Sequence[date]) -> list[Row]:
    """One row for each bank and month; one stopped half a year ago, one row names a place elsewhere."""
    rows: list[Row] = []
    for place, (name, kecamatan) in enumerate(BANKS):
        for month in months[: len(months) - 6 * (place == len(BANKS) - 1)]:
            chance = dice(seed, "bank", name, month)
            received = round(chance.uniform(300, 900))
            sold = round(received * chance.uniform(0.7, 0.95))
            rows.append([name, kecamatan, written(month), 40 + 15 * place, received, sold, sold * 2_300])
    rows.append(["Bank Sampah Teratai", "Surabaya", written(months[-1]), 20, 100, 80, 184_000])
    return rows


def buildings(seed: str) -> list[Row]:
    """Twenty offices: two without a measured floor, one mixed, three without AC."""
    rows: list[Row] = []
    for place, office in enumerate(OFFICES):
        area = round(dice(seed, "building", office).uniform(900, 4_200))
        bare: int | None = 0
        if place in (11, 17, 18):
            bare = area
        elif place == 6:
            bare = area // 3
        floors = (area, bare) if place not in (13, 15) else (None, None)
        rows.append([f"GD-{place + 1:02d}", f"Kantor {office}", office, *floors, date(2024, 1, 15)])
    rows.append(["GD-21", "Gedung Serbaguna", "Setda", "1500 m2", 0, date(2024, 1, 15)])
    return rows


def building_use(seed: str, months: Sequence[date]) -> list[Row]:
    """One row for each office and month; one office has only five bills, one bill came as 0."""
    rows: list[Row] = []
    for place, office in enumerate(OFFICES):
        usual = dice(seed, "use", office).uniform(7.5, 17.0) * (0.35 if place in (11, 17, 18) else 1.0)
        usual *= 1.4 if place in (2, 6) else 1.0
        area = round(dice(seed, "building", office).uniform(900, 4_200))
        for month in months[-5:] if place == 9 else months:
            season = 1.05 if month.month in RAINY_MONTHS else 0.97
            kwh = round(usual * area * season * dice(seed, "kwh", office, month).uniform(0.92, 1.08))
            rows.append([f"GD-{place + 1:02d}", written(month), kwh, None, "token" if place == 18 else "rekening"])
    rows.append(["GD-12", written(date(months[0].year - 1, 11, 1)), 0, None, "rekening"])
    return rows


def solar(seed: str, months: Sequence[date]) -> list[Row]:
    """One row for each roof and month; the last roof is half a year old."""
    rows: list[Row] = []
    for place, (code, _, kwp) in enumerate(ROOFS):
        for month in months if place < len(ROOFS) - 1 else months[-6:]:
            chance = dice(seed, "solar", code, month)
            produced = round(kwp * (98 if month.month in RAINY_MONTHS else 122) * chance.uniform(0.94, 1.05))
            rows.append([code, written(month), produced, round(produced * 0.08)])
    return rows


def _days(month: date) -> int:
    return monthrange(month.year, month.month)[1]
