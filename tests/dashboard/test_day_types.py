"""Kinds of days in Indonesia: holidays, Ramadan and the weeks of Lebaran, and where nobody can know yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.day_types import FIRST_FASTS, day_type, in_lebaran, in_ramadan

WORKING, SATURDAY, HOLIDAY, UNKNOWN = "hari kerja", "Sabtu", "Minggu & libur nasional", "tidak diketahui"

# 1 Ramadan as declared by the Ministry of Religious Affairs, and Idul Fitri as held.
DECLARED = [
    ("2015-06-18", "2015-07-17"),
    ("2016-06-06", "2016-07-06"),
    ("2017-05-27", "2017-06-25"),
    ("2018-05-17", "2018-06-15"),
    ("2019-05-06", "2019-06-05"),
    ("2020-04-24", "2020-05-24"),
    ("2021-04-13", "2021-05-13"),
    ("2022-04-03", "2022-05-02"),
    ("2023-03-23", "2023-04-22"),
    ("2024-03-12", "2024-04-10"),
    ("2025-03-01", "2025-03-31"),
    ("2026-02-19", "2026-03-21"),
]


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        ("2026-11-23", WORKING, None),
        ("2026-11-28", SATURDAY, None),
        ("2026-11-29", HOLIDAY, None),
        ("2026-08-17", HOLIDAY, "Hari Kemerdekaan Republik Indonesia"),
        ("2026-01-01", HOLIDAY, "Tahun Baru Masehi"),
        ("2021-05-13", HOLIDAY, "Hari Raya Idul Fitri; Kenaikan Yesus Kristus"),
        ("2026-03-20", HOLIDAY, "Cuti Bersama Hari Raya Idul Fitri"),
        ("2022-08-17", HOLIDAY, "Hari Kemerdekaan Republik Indonesia"),
        ("2027-03-10", HOLIDAY, "Hari Raya Idul Fitri (perkiraan)"),
    ],
)
def test_a_day_has_a_kind_and_a_holiday_a_name(day: str, kind: str, holiday: str | None) -> None:
    found = day_type(date.fromisoformat(day))
    assert (found.kind, found.holiday) == (kind, holiday)


@pytest.mark.parametrize(("first", "feast"), DECLARED)
def test_ramadan_lasts_from_its_declaration_to_the_day_before_the_feast(first: str, feast: str) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(feast)
    day = timedelta(days=1)
    assert [in_ramadan(start - day), in_ramadan(start), in_ramadan(end - day), in_ramadan(end)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert (end - start).days in (29, 30)


def test_the_table_of_declarations_is_the_one_tested() -> None:
    assert [day.isoformat() for day in FIRST_FASTS] == [first for first, _ in DECLARED]


@pytest.mark.parametrize(
    ("day", "lebaran"),
    [("2026-03-13", False), ("2026-03-14", True), ("2026-03-28", True), ("2026-03-29", False), ("2026-09-01", False)],
)
def test_lebaran_is_a_week_before_and_after_the_feast(day: str, lebaran: bool) -> None:
    assert in_lebaran(date.fromisoformat(day)) is lebaran


@pytest.mark.parametrize(
    ("day", "ramadan", "lebaran"),
    [
        # Idul Fitri 2027 is estimated for 10 March; before it 29 or 30 days, and either may shift by one.
        ("2027-02-06", False, False),
        ("2027-02-07", None, False),
        ("2027-02-09", None, False),
        ("2027-02-10", True, False),
        ("2027-03-01", True, False),
        ("2027-03-02", True, None),
        ("2027-03-04", True, True),
        ("2027-03-08", True, True),
        ("2027-03-09", None, True),
        ("2027-03-11", False, True),
        ("2027-03-17", False, None),
        ("2027-03-19", False, False),
    ],
)
def test_days_the_crescent_may_still_shift_are_unknown(day: str, ramadan: bool | None, lebaran: bool | None) -> None:
    found = day_type(date.fromisoformat(day))
    assert (found.ramadan, found.lebaran) == (ramadan, lebaran)


def test_a_year_with_two_feasts_has_two_seasons() -> None:
    """2033 has an Idul Fitri in January and one in December (estimated)."""
    days = [date(2033, 1, 3), date(2033, 6, 1), date(2033, 12, 10), date(2033, 12, 23)]
    assert [in_lebaran(day) for day in days] == [True, False, False, True]
    assert in_ramadan(date(2033, 12, 10)) is True


@pytest.mark.parametrize("day", ["2014-12-31", "2100-01-01", "1990-05-06"])
def test_outside_the_known_years_nothing_is_guessed(day: str) -> None:
    found = day_type(date.fromisoformat(day))
    assert (found.kind, found.holiday, found.ramadan, found.lebaran) == (UNKNOWN, None, None, None)
    assert found.words == UNKNOWN


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-02", "hari kerja · Ramadan"),
        ("2026-03-21", "Minggu & libur nasional · Hari Raya Idul Fitri · pekan Lebaran"),
        ("2026-11-28", "Sabtu"),
    ],
)
def test_the_words_for_a_panel(day: str, words: str) -> None:
    assert day_type(date.fromisoformat(day)).words == words
