"""The hourly export of a telephone exchange: how many calls waited how long, and how many hung up before an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from datasources import spreadsheet
from datasources.calls112.recap_counts import BadCount, Dash, count, shown
from datasources.calls112.recap_headings import is_total
from datasources.calls112.records import RecapCount, Subject
from datasources.contract import Batch, Cursor, Refused
from datasources.dropped_files import changed_files_named
from datasources.indonesian_dates import WIB, to_utc
from datasources.spreadsheet import Cell

WAITS = {
    "0-10": "_10", "10-15": "_15", "15-20": "_20", "20-40": "_40", "40-60": "_60", "60-120": "_120", "120-": "_121",
}  # fmt: skip
"""Exclusive waits of answered calls in seconds → the ending of the exchange's heading, as "911_10"."""
ABANDONED, TOTAL = "abandoned", "total"
DEFAULTS = {"datetime": "DateTime", "hour": "Hour"}
ENDINGS = {**WAITS, ABANDONED: "_AB", TOTAL: "_T"}

_HOUR = re.compile(r"(\d{1,2})(?:[:.]?00)?(?:[:.]00)?")


class HourlyExport(BaseModel):
    """`path` is a file, or a folder of which every file that fits `pattern` is read.

    `prefix` is how the exchange names the line in its headings; `columns` names single ones differently: datetime,
    hour ("" when the hour stands in datetime), 0-10, …, 120-, abandoned, total. Times are WIB. Percentages are not
    read: of hours without an answered call they say 0 or 1, and they cannot be added up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("recaps",)

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None
    prefix: str = Field(default="911", min_length=1)
    columns: dict[str, str] = {}
    dash: Dash = "kosong"

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - {*DEFAULTS, *ENDINGS}):
            there = ", ".join([*DEFAULTS, *ENDINGS])
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {there}")
        if empty := sorted(key for key, heading in columns.items() if not heading and key != "hour"):
            raise ValueError(f"judul kolom {', '.join(empty)} kosong; hanya hour yang boleh kosong")
        return columns

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch for each changed file, with all its hours. Raises SourceUnavailable."""
        yield from changed_files_named(self.path, self.pattern, cursor, self.model_dump_json(), self._read)

    def headings(self) -> dict[str, str]:
        """Our keys → the headings of the file."""
        named = {**DEFAULTS, **{key: self.prefix + ending for key, ending in ENDINGS.items()}, **self.columns}
        return {key: heading for key, heading in named.items() if heading}

    def _read(self, file: Path) -> tuple[tuple[RecapCount, ...], tuple[Refused, ...]]:
        headings = self.headings()
        hours = _Hours(file.name, headings, self.dash)
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=set(headings.values())):
            hours.add(number, {key: cells.get(heading) for key, heading in headings.items()})
        return tuple(hours.records()), tuple(hours.refused)


@dataclass(frozen=True, slots=True)
class _Hour:
    """One row whose numbers agree; counts by key of ENDINGS."""

    number: int
    counts: dict[str, int]

    def records(self, start: datetime) -> Iterator[RecapCount]:
        end = start + timedelta(hours=1)
        answered = self.counts[TOTAL] - self.counts[ABANDONED]
        told: list[tuple[Subject, str, int]] = [("waits", label, self.counts[label]) for label in WAITS]
        told += [("calls", "offered", self.counts[TOTAL]), ("calls", "answered", answered)]
        told += [("calls", "abandoned", self.counts[ABANDONED])]
        yield from (RecapCount(start, end, subject, label, n) for subject, label, n in told)


@dataclass
class _Hours:
    """The hours of a file so far, in the order of its rows. Two rows that disagree about an hour are both refused."""

    file: str
    headings: dict[str, str]
    dash: Dash
    refused: list[Refused] = field(default_factory=list)
    _hours: dict[datetime, _Hour] = field(default_factory=dict)
    _disputed: set[datetime] = field(default_factory=set)

    def records(self) -> Iterator[RecapCount]:
        for start, hour in self._hours.items():
            if start not in self._disputed:
                yield from hour.records(start)

    def add(self, number: int, row: dict[str, Cell]) -> None:
        if all(row[key] is None for key in ENDINGS) or is_total(str(row["datetime"])):
            return
        start = self._start(number, row)
        counts = self._counts(number, row)
        if start is None or counts is None or not self._adds_up(number, counts):
            return
        first = self._hours.setdefault(start, _Hour(number, counts))
        if first.counts != counts:
            self._disputed.add(start)
            local = f"{start.astimezone(WIB):%d/%m/%Y %H.00}"
            both = f"{first.counts[TOTAL]} dan {counts[TOTAL]} panggilan"
            self._refuse(
                number, "datetime", str(row["datetime"]),
                f"jam {local} sudah ada di baris {first.number} dengan angka lain ({both}); keduanya tidak dibaca, "
                "sisakan yang benar",
            )  # fmt: skip

    def _refuse(self, number: int, key: str, raw: str, reason: str) -> None:
        self.refused.append(Refused(raw, reason, f"{self.file}, baris {number}, kolom {self.headings[key]}"))

    def _counts(self, number: int, row: dict[str, Cell]) -> dict[str, int] | None:
        counts: dict[str, int] = {}
        for key in ENDINGS:
            try:
                n = count(row[key], self.dash)
                if n is None:
                    raise BadCount("kosong; tulis 0 bila tidak ada panggilan, atau kosongkan seluruh jam itu")
                counts[key] = n
            except BadCount as bad:
                self._refuse(number, key, shown(row[key]), f"{bad}; jam ini tidak dibaca")
        return counts if len(counts) == len(ENDINGS) else None

    def _adds_up(self, number: int, counts: dict[str, int]) -> bool:
        answered = sum(counts[label] for label in WAITS)
        difference = counts[TOTAL] - answered - counts[ABANDONED]
        if difference:
            self._refuse(
                number, TOTAL, str(counts[TOTAL]),
                f"jumlah {counts[TOTAL]} tidak cocok: terjawab {answered} + terputus {counts[ABANDONED]} = "
                f"{answered + counts[ABANDONED]}, selisih {difference}; jam ini tidak dibaca, betulkan barisnya",
            )  # fmt: skip
        return not difference

    def _start(self, number: int, row: dict[str, Cell]) -> datetime | None:
        try:
            return _start_of(row["datetime"], row.get("hour"), "hour" in self.headings)
        except ValueError as wrong:
            raw = f"{shown(row['datetime'])} | {shown(row.get('hour'))}"
            self._refuse(number, "datetime", raw, f"{wrong}; jam ini tidak dibaca")
            return None


def _start_of(written: Cell, hour: Cell, apart: bool) -> datetime:
    """The start of the hour in UTC; `apart` says that the hour has a column of its own. Raises ValueError."""
    moment = to_utc(written)
    if moment is None:
        raise ValueError("tanggal kosong; tulis seperti 02/03/2026 (hari/bulan/tahun)")
    local = moment.astimezone(WIB)
    if local.minute or local.second:
        raise ValueError(f"jam {local:%H.%M} bukan jam penuh; tulis 00.00 sampai 23.00")
    if not apart:
        return moment
    number = _hour(hour)
    if local.hour not in (0, number):
        raise ValueError(f"tanggal menyebut jam {local.hour:02}, kolom jam menyebut {number:02}; samakan")
    return local.replace(hour=number).astimezone(UTC)


def _hour(cell: Cell) -> int:
    text = "" if cell is None or isinstance(cell, bool) else str(cell).strip()
    match = _HOUR.fullmatch(text)
    if match is None or int(match[1]) > 23:
        raise ValueError(f"jam '{shown(cell)}' tidak ada; tulis 00 sampai 23")
    return int(match[1])
