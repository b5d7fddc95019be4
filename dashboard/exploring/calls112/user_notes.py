"""The notes of users as marks on an axis of days or moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.filters import Filters
from dashboard.store.notes import notes_between


def day_marks(connection: Connection, filters: Filters, at: datetime) -> tuple[dict[str, Any], ...]:
    """Notes about 112 that touch the period, on WIB days."""
    found = notes_between(connection, "112", filters.start, filters.end, at)
    return tuple(
        {
            "x": max(filters.first, clock.wib(note.start).date()),
            "until": clock.wib(note.end).date() if note.end else None,
            "text": note.text,
        }
        for note in found
    )
