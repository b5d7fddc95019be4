"""112 incidents from the database of the vendor's application: new rows, and again those of the last weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

from pydantic import Field, SecretStr, field_validator
from sqlalchemy import Connection, Select, func, select

from datasources import sql
from datasources.calls112.blank_ids import IncidentTable
from datasources.calls112.edited_rows import EditedRows
from datasources.calls112.incident_classes import with_classes
from datasources.calls112.incident_row import words
from datasources.calls112.records import Incident
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.privacy import mask

MOST_BLANK = 5_000
"""Rows without an id; more are no slips of the pen but a column that is no id."""


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class VendorDatabase(IncidentTable):
    """Rows of a table or view by growing id. Officers edit rows later, so `re_read` days are looked through again.

    Rows whose id is NULL have no place in that order: all of them are read at each question.
    """

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
        progress = EditedRows.of(cursor, days)
        with sql.reading(self.url, self.statement_timeout) as connection:
            statement = sql.selection(connection, self.table, self.columns)
            key = statement.selected_columns["id"]
            if progress.is_beyond(connection.scalar(select(func.max(key)))):
                progress = EditedRows.of({}, days)
            blank = {"blank": cursor["blank"]} if "blank" in cursor else {}
            for rows in sql.pages(connection, statement.where(key.is_not(None)), key, progress.start(), self.page):
                batch = self._batch(rows, progress)
                if batch.records or batch.refused or batch.cursor["id"] != cursor.get("id"):
                    yield replace(batch, cursor={**batch.cursor, **blank})
            yield from self._without_id(connection, statement.where(key.is_(None)), {**progress.cursor(), **blank})

    def _batch(self, rows: Sequence[Mapping[str, Any]], progress: EditedRows) -> Batch:
        records: list[Incident] = []
        refused: list[Refused] = []
        for row in rows:
            number = _number(row["id"], self.table, self.columns["id"])
            # The remembered code must not be one from which a telephone number could be found again.
            known = {**row, "caller": self.hashed_caller(words(row["caller"]))} if "caller" in row else row
            if not progress.is_new(number, known):
                continue
            incident, notes = self.incident(row, partial(self._place, number))
            refused.extend(notes)
            if incident is not None:
                records.append(incident)
                progress.received(number, incident.t_received.astimezone(self.zone).date().isoformat())
        return Batch(with_classes(records), tuple(refused), progress.cursor())

    def _without_id(self, connection: Connection, statement: Select[Any], cursor: Cursor) -> Iterator[Batch]:
        """Rows whose id is NULL, whenever any of them changed."""
        rows = connection.execute(statement.limit(MOST_BLANK + 1)).mappings().all()
        if len(rows) > MOST_BLANK:
            raise SourceUnavailable(
                f"Tabel {self.table}: kolom id '{self.columns['id']}' kosong di lebih dari {MOST_BLANK} baris; "
                "petakan kolom yang selalu terisi."
            )
        blank_ids = self.blank_ids()
        records: list[Incident] = []
        refused: list[Refused] = []
        for row in map(dict, rows):
            filled = blank_ids.filled(row) if blank_ids else row
            incident, notes = self.incident(filled, lambda key: f"{self.table}, tanpa id, kolom {self.columns[key]}")
            refused.extend(notes)
            records.extend([incident] if incident else [])
        # Of what may be kept, never of the rows themselves: a number could be found again from its code.
        said = sorted(repr(item) for item in (*records, *refused))
        code = blake2b("\n".join(said).encode(), digest_size=16).hexdigest() if said else ""
        if code != cursor.get("blank", ""):
            yield Batch(with_classes(records), tuple(refused), {**cursor, "blank": code})

    def _place(self, number: int, key: str) -> str:
        return f"{self.table}, id {number}, kolom {self.columns[key]}"


def _number(value: object, table: str, column: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__int__") or isinstance(value, float | str):
        raise SourceUnavailable(
            f"Tabel {table}: kolom id '{column}' harus bilangan bulat yang bertambah, bukan '{mask(str(value))}'; "
            "buat VIEW dengan kolom seperti itu."
        )
    return int(value)
