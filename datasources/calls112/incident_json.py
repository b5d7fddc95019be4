"""Incidents as JSON objects of any shape: a column is a dotted path, "opd.0.nama" the name of the first of a list."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from datasources.calls112.incident_columns import MOMENTS, STATUSES
from datasources.calls112.incident_row import IncidentColumns, words
from datasources.calls112.records import Incident
from datasources.contract import Refused
from datasources.indonesian_dates import to_utc
from datasources.json_paths import as_moment, at
from datasources.privacy import MASK, mask


class JsonIncidents(IncidentColumns):
    """`columns`: ours = a dotted path within one ticket. Nothing else of the ticket is looked at."""

    status_words: dict[str, str] = Field(default={word: word for word in STATUSES})

    def of_ticket(self, ticket: Any, where: str) -> tuple[Incident | None, tuple[Refused, ...]]:
        """The incident of one ticket, and what of it could not be read."""
        if not isinstance(ticket, dict):
            return None, (Refused("", 'tiket harus objek JSON seperti {"id": …}', where),)
        place = partial(self._place, where)
        row: dict[str, Any] = {}
        notes: list[Refused] = []
        for key, path in self.columns.items():
            value = at(ticket, path, None)
            if isinstance(value, dict | list):
                notes.append(Refused("", "berisi lebih dari satu nilai; petakan sampai ke satu nilai", place(key)))
                value = None
            row[key] = as_moment(value) if key in MOMENTS else value
        incident, refused = self.incident(row, place)
        return incident, (*notes, *refused)

    def _place(self, where: str, key: str) -> str:
        return f"{where}, kolom {self.columns[key]}"


def told_at(ticket: Any, path: str, zone: ZoneInfo) -> datetime:
    """The moment at a path of a ticket, UTC. Raises ValueError with what it is instead."""
    value = at(ticket, path, None)
    said = "beberapa nilai" if isinstance(value, dict | list) else mask(words(value))
    try:
        moment = to_utc(as_moment(value), zone)
    except ValueError:
        # Words that are no date may be a name.
        raise ValueError(f"'{said if said[:1].isdecimal() else MASK}' bukan waktu") from None
    if moment is None:
        raise ValueError("kosong")
    return moment
