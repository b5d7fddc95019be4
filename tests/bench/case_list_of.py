"""A case list as a large centre exports it: 22,000 rows of 50 columns over 14 weeks, every value invented."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from datasources.indonesian_dates import WIB
from datasources.region import Kecamatan, kecamatan, villages

ROWS = 22_000
FIRST = datetime(2026, 8, 10, tzinfo=WIB)
WEEKS = 14

STAGES = (
    "Incident_Start_Time", "Call_Viewed_Time", "Incident_Queue_Time", "Incident_Dispatch_Time", "Phone_Stop_Time",
    "First_Unit_Ack_Time", "Incident_Enroute_Time", "Incident_Arrival_Time", "First_Unit_Clear_Time",
    "Incident_First_Close_Time", "Incident_Reopen_Time", "Final_Closed_Time",
)  # fmt: skip
SECONDS = (
    "Time_To_Queue", "Time_To_Dispatch", "Phone_Time", "Ack_Time", "Processing_Time", "Rollout_Time", "Transit_Time",
    "On_Scene_Time", "Time_To_Close", "Total_Call_Time",
)  # fmt: skip
OTHERS = (
    "Incident_Number", "Master_Number", "Call_ID", "Call_Count", "Caller_Phone", "Caller_Name", "Call_Reception",
    "Call_Class", "Problem", "Problem_Group", "Final_Problem", "Agency", "Priority", "Final_Priority", "Status",
    "Disposition", "Kecamatan", "Desa", "Latitude", "Longitude", "Address", "Beat", "First_Unit", "Units_Assigned",
    "Call_Taker", "Dispatcher", "Remarks", "Day_Name",
)  # fmt: skip
HEADINGS = (*OTHERS, *STAGES, *SECONDS)

PROBLEMS = {
    "POLICE": ("KAMTIBMAS", "KECELAKAAN LALU LINTAS", "PENCURIAN", "KERIBUTAN", "ORANG HILANG"),
    "EMS": ("SESAK NAPAS", "JATUH", "NYERI DADA", "LUKA TERBUKA"),
    "FIRE": ("KEBAKARAN RUMAH", "KEBAKARAN LAHAN", "POHON TUMBANG"),
}
SOURCE = """
[sources.daftar_kasus]
reader = "calls112.case_list"
title = "Daftar kasus"
owner = "Diskominfo"
path = "{path}"
stale_after = "8d"

[sources.daftar_kasus.columns]
id = "Incident_Number"
received = "Incident_Start_Time"
created = "Incident_Queue_Time"
dispatched = "Incident_Dispatch_Time"
acknowledged = "First_Unit_Ack_Time"
enroute = "Incident_Enroute_Time"
arrived = "Incident_Arrival_Time"
closed = "Incident_First_Close_Time"
reopened = "Incident_Reopen_Time"
category = "Problem"
class = "Call_Class"
opd = "Agency"
status = "Status"
kecamatan = "Kecamatan"
desa = "Desa"
lat = "Latitude"
lon = "Longitude"
first_call = "Call_ID"
n_calls = "Call_Count"
caller = "Caller_Phone"
"""
"""How the list is mapped: by configuration alone."""


def write_csv(path: Path, count: int = ROWS, seed: int = 112) -> None:
    """The list as a comma-separated file; the same seed writes the same bytes."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(_cells(row, text=True) for row in rows(count, seed))


def write_workbook(path: Path, count: int = ROWS, seed: int = 112) -> None:
    """The same list as a workbook, its times as Excel keeps them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kasus")
    sheet.append(HEADINGS)
    for row in rows(count, seed):
        sheet.append(_cells(row, text=False))
    book.save(path)


def rows(count: int = ROWS, seed: int = 112) -> Iterator[dict[str, object]]:
    """Rows by heading, in the order of receipt; moments in WIB, what did not happen is absent."""
    chance = random.Random(seed)
    places = [(k, [v for c, v in villages().items() if c.startswith(k.code + ".")]) for k in kecamatan()]
    span = timedelta(weeks=WEEKS).total_seconds()
    starts = sorted(chance.uniform(0, span) for _ in range(count))
    for number, second in enumerate(starts, start=1):
        start = FIRST + timedelta(seconds=int(second))
        stages = _stages(chance, start)
        yield {**stages, **_seconds(stages), **_words(chance, number, start, places)}


def _stages(chance: random.Random, start: datetime) -> dict[str, datetime]:
    """Each stage some time after the one before; units do not always go, cases are seldom opened again."""
    moments, at = {STAGES[0]: start}, start
    for name, mean_s in zip(STAGES[1:], (4, 40, 60, 90, 20, 50, 330, 900, 120, 600, 900), strict=True):
        at += timedelta(seconds=int(chance.expovariate(1 / mean_s)))
        moments[name] = at
    if chance.random() < 0.12:
        for name in ("First_Unit_Ack_Time", "Incident_Enroute_Time", "Incident_Arrival_Time", "First_Unit_Clear_Time"):
            del moments[name]
    if chance.random() > 0.03:
        del moments["Incident_Reopen_Time"]
    return moments


def _seconds(stages: dict[str, datetime]) -> dict[str, object]:
    pairs = zip(SECONDS, (0, 2, 0, 3, 0, 3, 6, 7, 7, 0), (2, 3, 4, 5, 3, 6, 7, 8, 9, 11), strict=True)
    found = {name: (stages.get(STAGES[a]), stages.get(STAGES[b])) for name, a, b in pairs}
    return {name: int((b - a).total_seconds()) for name, (a, b) in found.items() if a and b}


def _words(
    chance: random.Random, number: int, start: datetime, places: list[tuple[Kecamatan, list[str]]]
) -> dict[str, object]:
    agency = chance.choices(("POLICE", "EMS", "FIRE"), (66, 23, 11))[0]
    problem = chance.choice(PROBLEMS[agency])
    where, desa = chance.choice(places)
    priority = chance.randint(1, 5)
    return {
        "Incident_Number": f"K26-{number:06d}", "Master_Number": f"M{number:07d}",
        "Call_ID": f"{int(start.timestamp())}.{number}", "Call_Count": chance.choices((1, 2, 5), (90, 9, 1))[0],
        "Caller_Phone": f"08{chance.randrange(10**9, 10**10)}", "Caller_Name": f"Pelapor {number}",
        "Call_Reception": chance.choice(("112", "Telepon", "Radio")), "Call_Class": "NORMAL",
        "Problem": problem, "Problem_Group": agency, "Final_Problem": problem, "Agency": agency,
        "Priority": priority, "Final_Priority": priority, "Status": "Selesai", "Disposition": "Tertangani",
        "Kecamatan": where.name, "Desa": chance.choice(desa), "Latitude": round(where.lat, 6),
        "Longitude": round(where.lon, 6), "Address": f"Jalan Uji {number % 300}", "Beat": f"B{number % 18}",
        "First_Unit": f"U{number % 60}", "Units_Assigned": chance.randint(1, 4), "Call_Taker": f"OP{number % 12}",
        "Dispatcher": f"DP{number % 7}", "Remarks": f"Catatan bebas {number}", "Day_Name": f"{start:%a}".upper(),
    }  # fmt: skip


def _cells(row: dict[str, object], text: bool) -> list[object]:
    cells = [row.get(name) for name in HEADINGS]
    local = [c.replace(tzinfo=None) if isinstance(c, datetime) else c for c in cells]
    return [f"{c:%Y-%m-%d %H:%M:%S}" if text and isinstance(c, datetime) else c for c in local]
