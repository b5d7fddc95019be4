"""A year of 24-hour means that a DLH typed into its workbook: dry months with a few days that burn."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from datasources.air_quality.template import write_template
from datasources.air_quality.workbook import SHEET
from datasources.demo.air import DRY_MONTHS, pm10_share, pm25_24h
from datasources.demo.world import WIB_HOURS, as_utc, day_of, dice, midnight, month_of

STATION = "DLH Ngoro (pengambilan contoh 24 jam)"
DAYS = 400
FORGOTTEN_EVERY = 17
"""Days without a sample: nobody works every day."""
BURNS_EVERY, SMOKE = 9, 2.4
"""In dry months one day in nine is smoky."""


def write_workbook(path: Path, seed: str, now: float) -> None:
    """Write the filled template up to yesterday. Raises OSError as writing does."""
    today = day_of(int(now // 3600))
    write_template(path, as_utc(now).year)
    book = load_workbook(path)
    sheet = book[SHEET]
    sheet.delete_rows(2)
    days = [d for d in range(today - DAYS, today) if dice(seed, "contoh", d).randrange(FORGOTTEN_EVERY)]
    for number, day in enumerate(days, start=2):
        for column, cell in enumerate(_row(seed, day), start=1):
            sheet.cell(number, column, cell)
    book.save(path)


def _row(seed: str, day: int) -> list[str | float | datetime | None]:
    end = midnight(day + 1)
    chance = dice(seed, "asap", day)
    burns = month_of(day) in DRY_MONTHS and not chance.randrange(BURNS_EVERY)
    fine = round(pm25_24h(seed, STATION, end) * (SMOKE if burns else 1.15), 1)
    coarse = round(fine * pm10_share(seed, STATION, day), 1)
    local = as_utc(end * 3600) + timedelta(hours=WIB_HOURS)
    so2, co, no2 = (round(chance.uniform(*span), 1) for span in ((8, 30), (400, 900), (10, 35)))
    written = datetime(local.year, local.month, local.day)  # noqa: DTZ001 - WIB, as Excel has it
    return [STATION, written, "24 jam", fine, coarse, so2, co, None, no2, None]
