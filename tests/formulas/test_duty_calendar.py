"""Periods of a reporting duty, the day they are due, and how a delivery stands to that day."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.formulas.duty_calendar import Standing, period_of, periods_due, standing


@pytest.mark.parametrize(
    ("rhythm", "day", "title", "first", "last"),
    [
        ("minggu", date(2026, 11, 22), "Minggu 47 2026", date(2026, 11, 16), date(2026, 11, 22)),
        ("minggu", date(2027, 1, 1), "Minggu 53 2026", date(2026, 12, 28), date(2027, 1, 3)),
        ("bulan", date(2026, 12, 31), "Desember 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("bulan", date(2028, 2, 29), "Februari 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("triwulan", date(2026, 9, 30), "Triwulan III 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("semester", date(2026, 7, 1), "Semester II 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("tahun", date(2026, 2, 1), "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period(rhythm: str, day: date, title: str, first: date, last: date) -> None:
    period = period_of(rhythm, day)
    assert (period.title, period.first, period.last) == (title, first, last)
    assert period.next.first.toordinal() == last.toordinal() + 1


@pytest.mark.parametrize(
    ("complete_on", "today", "expected"),
    [
        (None, date(2026, 10, 31), Standing.RUNNING),
        (None, date(2026, 11, 1), Standing.EXPECTED),
        (None, date(2026, 11, 10), Standing.EXPECTED),
        (None, date(2026, 11, 11), Standing.OVERDUE),
        (date(2026, 11, 10), date(2026, 12, 1), Standing.IN_TIME),
        (date(2026, 11, 11), date(2026, 12, 1), Standing.LATE),
    ],
)
def test_the_last_day_is_still_in_time(complete_on: date | None, today: date, expected: Standing) -> None:
    assert standing(period_of("bulan", date(2026, 10, 5)), 10, complete_on, today) is expected


def test_what_was_due_before_the_agreement_is_not_owed() -> None:
    found = periods_due("bulan", 10, date(2026, 9, 11), date(2026, 11, 23))
    assert [period.title for period in found] == ["September 2026", "Oktober 2026", "November 2026"]
