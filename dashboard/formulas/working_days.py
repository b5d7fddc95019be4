"""Working days between two days: a calendar that counts them in one subtraction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


class WorkingCalendar:
    """The working days of the years `first` to `last`: Monday to Friday without `off`, and the days `on` besides.

    The day of receipt is day 0: the first working day after it is day 1 (how offices count; perlu verifikasi against
    the service standard of each OPD). A matter that arrives on a day off counts from the next working day too.
    """

    def __init__(self, off: Collection[date], first: int, last: int, on: Collection[date] = ()) -> None:
        free, worked = frozenset(off), frozenset(on)
        self._start = date(first, 1, 1)
        self._until: list[int] = []
        self._days: list[date] = []
        for place in range((date(last, 12, 31) - self._start).days + 1):
            day = self._start + timedelta(days=place)
            if day in worked or (day.weekday() < SATURDAY and day not in free):
                self._days.append(day)
            self._until.append(len(self._days))

    def is_working(self, day: date) -> bool:
        """Whether people work on this day. Raises ValueError outside the calendar."""
        place = self._place(day)
        return self._until[place] > (self._until[place - 1] if place else 0)

    def elapsed(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later. ValueError outside."""
        return max(0, self._until[self._place(end)] - self._until[self._place(start)])

    def due(self, start: date, days: int) -> date:
        """The day by whose end `days` (at least 1) working days are over. Raises ValueError outside the calendar."""
        if days < 1:
            raise ValueError(f"batas {days} hari kerja tidak mungkin; paling sedikit 1")
        place = self._until[self._place(start)] + days - 1
        if place >= len(self._days):
            raise ValueError(f"kalender berakhir sebelum {days} hari kerja sesudah {start}")
        return self._days[place]

    def began(self, end: date, days: int) -> date:
        """The latest day from which `days` working days or more have elapsed by `end`. ValueError outside."""
        place = bisect_left(self._days, end + timedelta(days=1)) - days
        if place < 1:
            raise ValueError(f"kalender tidak mencakup {days} hari kerja sebelum {end}")
        return self._days[place] - timedelta(days=1)

    def _place(self, day: date) -> int:
        place = (day - self._start).days
        if not 0 <= place < len(self._until):
            raise ValueError(f"{day} di luar kalender hari kerja")
        return place
