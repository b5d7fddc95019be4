"""The workbook of a DLH: manual and passive sampling, one row for each station and end of window, in ug/m3."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused
from datasources.indonesian_dates import WIB
from datasources.observation import Averaging, Observation

SHEET = "Udara"
STATION, END, WINDOW = "Stasiun", "Waktu akhir (WIB)", "Rata-rata"
WINDOWS: dict[str, Averaging] = {"1 jam": "PT1H", "24 jam": "PT24H"}
POLLUTANTS = {"PM2,5": "pm25", "PM10": "pm10", "SO2": "so2", "CO": "co", "O3": "o3", "NO2": "no2", "HC": "hc"}
"""Heading → parameter; every value in ug/m3, CO too."""
FUTURE_TOLERANCE = timedelta(minutes=5)
LIKELY_MG = Decimal(50)
"""CO below this in ug/m3 is cleaner than the open ocean: somebody wrote mg/m3."""
FIRST_YEAR = 1970
"""Before it nobody measured; year 1 has no moment in UTC."""


class AirWorkbook(BaseModel):
    """Reads the whole workbook (or CSV) again whenever a byte of it changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("air_samples",)

    path: Path

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All rows in one batch. Raises SourceUnavailable when there is no readable table."""
        digest = hashlib.sha256(spreadsheet.content_of(self.path)).hexdigest()
        if cursor.get("sha256") == digest:
            return
        now = datetime.now(UTC)
        records: list[Observation] = []
        refused: list[Refused] = []
        sheet = None if self.path.suffix.lower() == ".csv" else SHEET
        for number, row in spreadsheet.rows(self.path, sheet=sheet, headings=(STATION, END, WINDOW, *POLLUTANTS)):
            found, wrong = read_row(row, f"{self.path.name}, baris {number}", now)
            records += found
            refused += wrong
        yield Batch(tuple(records), tuple(refused), {"sha256": digest})


def read_row(row: Mapping[str, Any], where: str, now: datetime) -> tuple[list[Observation], list[Refused]]:
    """The filled pollutants of a row; without station, time or window the row is refused as a whole."""
    if all(row.get(name) is None for name in POLLUTANTS):
        return [], []
    try:
        station, end, averaging = _station(row), _end(row.get(END), now), _window(row.get(WINDOW))
    except ValueError as wrong:
        return [], [Refused(_raw(row), str(wrong), where)]
    records: list[Observation] = []
    refused: list[Refused] = []
    for heading, parameter in POLLUTANTS.items():
        if row.get(heading) is None:
            continue
        try:
            value = _concentration(heading, row[heading])
        except ValueError as wrong:
            refused.append(Refused(_raw(row), str(wrong), f"{where}, kolom {heading}"))
            continue
        records.append(Observation(
            station=station, station_name=station, parameter=parameter, value=value, unit="ug/m3", averaging=averaging,
            observed_at=end, received_at=now,
        ))  # fmt: skip
    return records, refused


def _station(row: Mapping[str, Any]) -> str:
    name = " ".join(str(row.get(STATION) or "").split())
    if not name or len(name) > 96:
        raise ValueError(f"kolom {STATION} kosong atau lebih dari 96 huruf; tulis nama stasiun yang sama di tiap baris")
    return name


def _end(cell: Any, now: datetime) -> datetime:
    if isinstance(cell, str):
        for form in ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"):
            try:
                cell = datetime.strptime(cell.strip(), form)  # noqa: DTZ007 - WIB is set below
                break
            except ValueError:
                continue
    if isinstance(cell, date) and not isinstance(cell, datetime):  # Excel keeps midnight as a whole day
        cell = datetime.combine(cell, time.min)
    if not isinstance(cell, datetime) or cell.year < FIRST_YEAR:
        raise ValueError(f"{END} '{cell}' bukan tanggal dan jam; seharusnya seperti 23/11/2026 07:00")
    moment = cell.replace(tzinfo=WIB).astimezone(UTC)
    if moment > now + FUTURE_TOLERANCE:
        raise ValueError(f"{END} {cell:%d/%m/%Y %H:%M} masih di depan")
    return moment


def _window(cell: Any) -> Averaging:
    word = " ".join(str(cell or "").casefold().split())
    if word not in WINDOWS:
        raise ValueError(f"{WINDOW} '{cell or ''}' tidak dikenal; pilihannya: {', '.join(WINDOWS)}")
    return WINDOWS[word]


def _concentration(heading: str, cell: Any) -> Decimal:
    try:
        value = Decimal(str(cell).replace(",", ".")) if not isinstance(cell, bool | datetime) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise ValueError(f"{heading} '{cell}' bukan bilangan; kosongkan sel bila tidak diukur")
    if value < 0:
        raise ValueError(f"{heading} {cell} tidak mungkin; seharusnya 0 atau lebih, dalam µg/m³")
    if heading == "CO" and 0 < value < LIKELY_MG:
        raise ValueError(f"CO {cell} tampaknya dalam mg/m³; tulis dalam µg/m³ (dikali 1000)")
    return value


def _raw(row: Mapping[str, Any]) -> str:
    return " | ".join("" if cell is None else str(cell) for cell in row.values())[:500]
