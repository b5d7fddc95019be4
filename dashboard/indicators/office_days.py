"""The working calendar of this store: the decree and the days that people entered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from dashboard.formulas.working_days import WorkingCalendar
from dashboard.store.holiday_edits import entered_days
from dashboard.working_calendar import working_calendar


def office_days(connection: Connection, until: date) -> WorkingCalendar:
    """The calendar for clocks that are read at `until`."""
    entered = entered_days(connection)
    off = [d.day for d in entered if d.is_off]
    return working_calendar(until, off, [d.day for d in entered if not d.is_off])
