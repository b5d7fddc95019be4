"""The exports of the simulated complaint channel and of the PPID register, as they stand on a day."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from datasources.demo.world import date_of, day_of, dice, hour_of

HEADINGS = (
    "Tracking ID", "Nama Pelapor", "Isi Laporan", "Klasifikasi", "Instansi Terdisposisi", "Kategori", "Status",
    "Tanggal Laporan", "Tanggal Verifikasi", "Tanggal Tindak Lanjut", "Tanggal Selesai", "Tanggal Dibuka Kembali",
)  # fmt: skip
PPID_HEADINGS = (
    "No Registrasi", "Nama Pemohon", "Informasi Diminta", "OPD Penguasa", "Tgl Masuk", "Tgl Jawab", "Perpanjangan",
)  # fmt: skip
OFFICES = (
    ("DPUPR", "Jalan dan jembatan", 1.5), ("DLH", "Kebersihan", 0.9), ("Dinas Sosial", "Bantuan sosial", 1.2),
    ("Dispendukcapil", "Kependudukan", 0.5), ("Dinas Kesehatan", "Kesehatan", 0.7), ("Disdik", "Sekolah", 1.0),
    ("Satpol PP", "Ketertiban", 0.8), ("Inspektorat", "Pengawasan", 1.3), ("PDAM", "Air bersih", 1.1),
)  # fmt: skip
"""Office, category, and how slow it is beside the others."""
KINDS = (("Permintaan Informasi", 0.2), ("Pengaduan Tidak Berkadar Pengawasan", 0.66),
         ("Pengaduan Berkadar Pengawasan", 0.08), ("Aspirasi", 0.06))  # fmt: skip
USUAL_DAYS = {"Permintaan Informasi": 4, "Pengaduan Tidak Berkadar Pengawasan": 11,
              "Pengaduan Berkadar Pengawasan": 55, "Aspirasi": 20}  # fmt: skip
DAYS = 400
FORGOTTEN_EVERY = 45
"""Complaints that nobody ever closes."""


class ComplaintFiles:
    """Writes both files anew when a day began."""

    def __init__(self, folder: Path, seed: str) -> None:
        self._folder, self._seed, self._written = folder, seed, -1

    def write_until(self, now: int) -> int:
        """Whether there was something to write. Raises OSError as writing does."""
        today = day_of(hour_of(now))
        if today == self._written:
            return 0
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._folder / "lapor.csv", HEADINGS, complaints(self._seed, today))
        _write(self._folder / "ppid.csv", PPID_HEADINGS, requests(self._seed, today))
        self._written = today
        return 1


def _write(path: Path, headings: tuple[str, ...], rows: Iterator[list[Any]]) -> None:
    """Whole or not at all: the reader may look at any moment."""
    half = path.with_suffix(".baru")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(headings)
        writer.writerows(rows)
    os.replace(half, path)


def complaints(seed: str, today: int) -> Iterator[list[Any]]:
    """The complaints of the last 400 days as they are known today."""
    for day in range(today - DAYS, today + 1):
        chance = dice(seed, "lapor", day)
        for number in range(chance.choice((0, 1, 1, 2, 2, 3))):
            yield _complaint(chance, day, number, today)


def _complaint(chance: Random, day: int, number: int, today: int) -> list[Any]:
    kind = chance.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    office, category, slowness = OFFICES[-2] if "Berkadar" in kind and "Tidak" not in kind else chance.choice(OFFICES)
    verified = day + chance.choice((0, 1, 1, 2, 3, 3, 6))
    answered = verified + int(chance.expovariate(1 / (3.2 * slowness)))
    closed = answered + 1 + int(chance.expovariate(1 / (USUAL_DAYS[kind] * slowness)))
    reopened = closed + chance.randrange(1, 10) if chance.random() < 0.05 else None
    again = reopened + chance.randrange(3, 25) if reopened else None
    is_forgotten, is_archived = chance.randrange(FORGOTTEN_EVERY) == 0, chance.random() < 0.04
    shown = None if is_forgotten else again if again and again <= today else closed
    status = "Arsip" if is_archived else "Selesai" if shown and shown <= today else "Proses"
    return [
        f"SIM{day:05d}{number}", "SIMULASI PELAPOR", "Isi laporan (SIMULASI)", kind, office, category, status,
        _day(day, today), _day(verified, today), _day(answered, today), _day(shown, today), _day(reopened, today),
    ]  # fmt: skip


def requests(seed: str, today: int) -> Iterator[list[Any]]:
    """The register of requests for information of the last 400 days."""
    for day in range(today - DAYS, today + 1):
        chance = dice(seed, "ppid", day)
        if chance.random() < 0.35:
            answered = day + chance.choice((2, 4, 6, 8, 11, 13, 14, 19, 26))
            extended = "ya" if answered - day > 14 and chance.random() < 0.7 else ""
            office = chance.choice(OFFICES)[0]
            yield [f"PPID-{day}", "SIMULASI PEMOHON", "Informasi (SIMULASI)", office, _day(day, today),
                   _day(answered, today), extended]  # fmt: skip


def _day(day: int | None, today: int) -> str:
    """As the export writes it; nothing for what has not happened yet."""
    return "" if day is None or day > today else f"{as_date(day):%d/%m/%Y}"


def as_date(day: int) -> date:
    """The date of a WIB day, on a working day where it fell on a Sunday: offices close files when they work."""
    found = date_of(day).date()
    return found - timedelta(days=1) if found.weekday() == 6 else found
