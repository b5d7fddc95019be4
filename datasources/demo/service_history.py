"""Checks that an earlier monitor made of the simulated services, as its CSV export."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from datasources.demo.probed_services import SERVICES, behaviour, thinking_ms
from datasources.demo.world import as_utc

HEADINGS = ("Layanan", "Waktu", "Hasil", "Sebab", "Status", "Milidetik")
STEP_S = 1800
"""How often the earlier monitor looked; behaviour shorter than three of its checks is no incident."""
DAY_S = 86_400
CAUSES = {"galat": ("status lain", 500), "isi lain": ("isi lain", 200)}


def write_history(path: Path, seed: str, until: int, days: int) -> None:
    """Write the checks of so many days before `until`, whole or not at all. Raises OSError as writing does."""
    half = path.with_suffix(".baru")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        for moment in range((until - days * DAY_S) // STEP_S * STEP_S, until, STEP_S):
            for service in SERVICES:
                done = behaviour(seed, service, moment)
                cause, status = CAUSES.get(done, ("", 200))
                word = "down" if cause else "lambat" if done == "lambat" else "up"
                when = f"{as_utc(moment):%Y-%m-%dT%H:%M:%S}+00:00"
                writer.writerow([service.title, when, word, cause, status, thinking_ms(seed, service, moment)])
    os.replace(half, path)
