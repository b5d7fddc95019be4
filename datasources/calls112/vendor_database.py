"""112 incidents from the database of the vendor's application: new rows, and again those of the last weeks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from pydantic import Field, SecretStr, field_validator
from sqlalchemy import func, select

from datasources import sql
from datasources.calls112.incident_row import IncidentColumns
from datasources.calls112.records import Incident
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.privacy import mask

MOST_REMEMBERED = 5_000
"""Rows whose content is remembered, so that only changed ones are given again."""


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class VendorDatabase(IncidentColumns):
    """Rows of a table or view by growing id. Officers edit rows later, so `re_read` days are looked through again."""

    topics: ClassVar[tuple[str, ...]] = ("incidents",)

    url: SecretStr
    table: str = Field(default="lokasi", min_length=1)
    re_read: timedelta = timedelta(days=30)
    statement_timeout: timedelta = Field(default=timedelta(seconds=20), gt=timedelta(0))
    page: int = Field(default=2_000, gt=0, le=50_000)

    @field_validator("url")
    @classmethod
    def _askable(cls, url: SecretStr) -> SecretStr:
        sql.checked_url(url)
        return url

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """New and changed incidents. Raises SourceUnavailable."""
        days = tuple(moment.astimezone(self.zone).date().isoformat() for moment in (now() - self.re_read, now()))
        progress = _Progress.of(cursor, days)
        with sql.reading(self.url, self.statement_timeout) as connection:
            statement = sql.selection(connection, self.table, self.columns)
            key = statement.selected_columns["id"]
            if progress.is_beyond(connection.scalar(select(func.max(key)))):
                progress = _Progress.of({}, days)
            for rows in sql.pages(connection, statement, key, progress.start(), self.page):
                batch = self._batch(rows, progress)
                if batch.records or batch.refused or batch.cursor["id"] != cursor.get("id"):
                    yield batch

    def _batch(self, rows: Sequence[Mapping[str, Any]], progress: _Progress) -> Batch:
        records: list[Incident] = []
        refused: list[Refused] = []
        for row in rows:
            number = _number(row["id"], self.table, self.columns["id"])
            if not progress.is_new(number, row):
                continue
            incident, notes = self.incident(row, partial(self._place, number))
            refused.extend(notes)
            if incident is not None:
                records.append(incident)
                progress.received(number, incident.t_received.astimezone(self.zone).date().isoformat())
        return Batch(tuple(records), tuple(refused), progress.cursor())

    def _place(self, number: int, key: str) -> str:
        return f"{self.table}, id {number}, kolom {self.columns[key]}"


@dataclass
class _Progress:
    """The highest id, the first id received on each recent day, and what the rows since then looked like.

    Dates may be words, so the database cannot be asked for recent ones; ids grow with time and can.
    """

    days: tuple[str, ...]
    highest: int | None
    first_ids: dict[str, int] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Cursor, days: tuple[str, ...]) -> _Progress:
        recent = {day: int(first) for day, first in cursor.get("first_ids", []) if day >= days[0]}
        progress = cls(days, cursor.get("id"), recent)
        start = progress.start()
        progress.seen = {int(i): crc for i, crc in cursor.get("seen", []) if start is not None and i > start}
        return progress

    def start(self) -> int | None:
        """Rows after this id are read; None reads from the first."""
        if self.highest is None:
            return None
        return min([*(first - 1 for first in self.first_ids.values()), self.highest])

    def is_beyond(self, highest_there: int | None) -> bool:
        """Whether their ids end before ours: the table was emptied or rebuilt, and is read from its first row."""
        return self.highest is not None and (highest_there is None or highest_there < self.highest)

    def is_new(self, number: int, row: Mapping[str, Any]) -> bool:
        """Whether the row was not seen before as it is now; remembers it."""
        crc = zlib.crc32(repr(sorted(row.items())).encode())
        known = self.seen.get(number) == crc
        self.seen[number] = crc
        self.highest = number if self.highest is None else max(self.highest, number)
        return not known

    def received(self, number: int, day: str) -> None:
        """A recent row begins what is read again; a mistyped year in the future must not hold that back for ever."""
        if self.days[0] <= day <= self.days[-1]:
            self.first_ids[day] = min(number, self.first_ids.get(day, number))

    def cursor(self) -> dict[str, Any]:
        start = self.start()
        recent = sorted(item for item in self.seen.items() if start is not None and item[0] > start)
        self.seen = dict(recent[-MOST_REMEMBERED:])
        return {
            "id": self.highest,
            "first_ids": [list(item) for item in sorted(self.first_ids.items())],
            "seen": [list(item) for item in self.seen.items()],
        }


def _number(value: object, table: str, column: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__int__") or isinstance(value, float | str):
        raise SourceUnavailable(
            f"Tabel {table}: kolom id '{column}' harus bilangan bulat yang bertambah, bukan '{mask(str(value))}'; "
            "buat VIEW dengan kolom seperti itu."
        )
    return int(value)
