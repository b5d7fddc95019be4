"""Which period of a plan is judged on which day."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.formulas.plan_periods import NAMES, Period, day_after, due, first_day, running, words

ALL = [(year, name) for year in (2025, 2026) for name in NAMES]
ANNUAL = [(2025, "tahunan"), (2026, "tahunan")]


@pytest.mark.parametrize(
    ("periods", "today", "judged", "runs"),
    [
        (ALL, date(2026, 11, 28), (2026, "TW3"), (2026, "TW4")),
        (ALL, date(2026, 9, 30), (2026, "TW2"), (2026, "TW3")),
        (ALL, date(2026, 10, 1), (2026, "TW3"), (2026, "TW4")),
        (ALL, date(2026, 1, 1), (2025, "tahunan"), (2026, "TW1")),
        (ALL, date(2027, 1, 1), (2026, "tahunan"), None),
        (ANNUAL, date(2026, 11, 28), (2025, "tahunan"), (2026, "tahunan")),
        ([(2027, "TW1")], date(2026, 11, 28), None, None),
        ([], date(2026, 11, 28), None, None),
    ],
)
def test_the_period_that_ended_last_and_the_one_that_runs(
    periods: list[Period], today: date, judged: Period | None, runs: Period | None
) -> None:
    assert (due(periods, today), running(periods, today)) == (judged, runs)


def test_quarters_follow_each_other_without_a_gap() -> None:
    quarters = [(2026, name) for name in NAMES[1:]]
    assert [first_day(p) for p in quarters] == [date(2026, m, 1) for m in (1, 4, 7, 10)]
    assert [day_after(p) for p in quarters] == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)]
    assert [words(p) for p in ((2026, "TW3"), (2026, "tahunan"))] == ["TW3 2026", "2026"]
