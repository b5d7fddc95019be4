"""The ISO weeks of a period, and where a change of definition begins a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.filters import Filters
from dashboard.store.notes import notes_between

WEEK = timedelta(days=7)


def first_monday(filters: Filters) -> datetime:
    """Monday 00.00 WIB of the week in which the period begins: weeks are counted whole."""
    return clock.week_start(filters.start)


def monday_of(moment: datetime) -> date:
    """The Monday of a moment's week, on the calendar of Mojokerto."""
    return clock.wib(clock.week_start(moment)).date()


def redefined_at(connection: Connection, start: datetime, end: datetime, at: datetime) -> list[datetime]:
    """When somebody noted a change of definition in [start, end), oldest first."""
    found = notes_between(connection, "112", start, end, at)
    return [note.start for note in found if note.kind == "perubahan definisi" and note.start >= start]


def first_positions(moments: Sequence[datetime], starts: Sequence[datetime], length: timedelta) -> set[int]:
    """The positions of the spans that begin at `starts` in which, or after which first, the moments lie."""
    ends = [(place, start + length) for place, start in enumerate(starts)]
    found = (next((place for place, end in ends if end > moment), None) for moment in moments)
    return {place for place in found if place is not None}
