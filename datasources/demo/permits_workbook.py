"""The workbook in which the simulated offices keep their requests for permits and certificates."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datasources.demo.complaint_files import as_date
from datasources.demo.world import day_of, dice, hour_of

SERVICES = (
    ("Persetujuan bangunan gedung (SIMULASI)", "DPMPTSP", 28, 0.5, 22),
    ("Izin praktik tenaga kesehatan (SIMULASI)", "DPMPTSP", 5, 0.8, 5),
    ("Izin reklame (SIMULASI)", "DPMPTSP", 7, 0.4, 6),
    ("KTP elektronik (SIMULASI)", "Dispendukcapil", 1, 4, 1),
    ("Akta kelahiran (SIMULASI)", "Dispendukcapil", 3, 2.5, 3),
    ("Kartu keluarga (SIMULASI)", "Dispendukcapil", 3, 2, 3),
)
"""Name, office, promise in working days, requests a day, usual days."""
DAYS = 120


class PermitsWorkbook:
    """Writes the workbook anew when a day began."""

    def __init__(self, path: Path, seed: str) -> None:
        self._path, self._seed, self._written = path, seed, -1

    def write_until(self, now: int) -> int:
        """Whether there was something to write. Raises OSError as writing does."""
        today = day_of(hour_of(now))
        if today == self._written:
            return 0
        write_workbook(self._path, self._seed, today)
        self._written = today
        return 1


def write_workbook(path: Path, seed: str, today: int) -> None:
    """Fill the workbook that officers get as a template, whole or not at all."""
    from openpyxl import load_workbook

    from datasources.delivery.template import SHEET, write_template

    half = path.with_name(f"{path.stem}-baru.xlsx")
    write_template(half, as_date(today).year)
    workbook = load_workbook(half)
    sheet = workbook[SHEET]
    for row in requests(seed, today):
        sheet.append(row)
    workbook.save(half)
    os.replace(half, path)


def requests(seed: str, today: int) -> Iterator[list[Any]]:
    """The requests of the last 120 days as they are known today; on Sundays nobody comes."""
    for day in range(today - DAYS, today + 1):
        if (day + 3) % 7 == 6:
            continue
        for place, (service, opd, promise, a_day, usual) in enumerate(SERVICES):
            chance = dice(seed, "permit", place, day)
            for number in range(int(a_day + chance.random())):
                done = day + max(0, round(chance.gammavariate(3, usual / 3)))
                state = "dikembalikan" if chance.random() < 0.03 else "selesai" if done <= today else "diproses"
                finished = as_date(done) if done <= today and state == "selesai" else None
                start = as_date(day)
                yield [f"SIM-{place}-{day}-{number}", service, opd, start, finished and max(start, finished), promise,
                       state]  # fmt: skip
