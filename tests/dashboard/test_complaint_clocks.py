"""Complaints, requests for information and services against their clocks: shares, offices, oldest open, days off."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.indicators.office_days import office_days
from dashboard.store.database import reading, writing
from dashboard.store.holiday_edits import EnteredDay, enter_days, remove_day
from dashboard.working_calendar import working_calendar
from datasources.complaints.records import Complaint
from datasources.delivery.records import ServiceRequest
from datasources.open_data.records import Dataset
from tests.dashboard.services_kept import NOW, ask, kept, measured

TODAY = date(2026, 11, 23)
"""A Monday."""
YEAR = Filters(TODAY - timedelta(days=365), TODAY)


def complaint(number: int, received: date, **given: Any) -> Complaint:
    return Complaint(**{"procedure": "lapor", "number": str(number), "kind": "pengaduan", "received": received,
                        "opd": "DLH", **given})  # fmt: skip


def days_ago(n: int) -> date:
    return TODAY - timedelta(days=n)


@pytest.mark.parametrize(
    ("indicator", "in_time", "late", "running"),
    [
        ("complaints.verified_in_time", {"verified": date(2026, 11, 5)}, {"verified": date(2026, 11, 6)}, {}),
        ("complaints.answered_in_time", {"answered": date(2026, 11, 9)}, {"answered": date(2026, 11, 10)}, {}),
        ("complaints.closed_in_time", {"closed": date(2026, 11, 20)}, {"closed": date(2026, 11, 23)}, {}),
    ],
)
def test_clocks_count_working_days_from_the_day_after_receipt(
    engine: Engine, indicator: str, in_time: dict[str, date], late: dict[str, date], running: dict[str, date]
) -> None:
    """Received on Monday 2 November 2026; no holiday until the 23rd."""
    monday = date(2026, 11, 2)
    kept(engine, [complaint(1, monday, **in_time), complaint(2, monday, **late), complaint(3, TODAY)])
    found = measured(engine, indicator)
    assert (found.value, found.n, found.detail["masih_berjalan"]) == (Decimal(50), 2, 1)


@pytest.mark.parametrize(
    ("verified", "answered", "value"),
    [
        (date(2026, 11, 5), date(2026, 11, 12), 100),  # five working days after it was forwarded
        (date(2026, 11, 5), date(2026, 11, 13), 0),
        (date(2026, 11, 12), date(2026, 11, 19), 100),  # forwarded late: that is not the office's lateness
        (None, date(2026, 11, 9), 100),  # nobody wrote down when: from receipt
        (None, date(2026, 11, 10), 0),
        (date(2026, 11, 13), date(2026, 11, 10), 0),  # answered before it was forwarded: from receipt
        (date(2026, 11, 5), None, 0),  # open and past its fifth day
        (date(2026, 11, 17), None, None),  # open and still within
    ],
)
def test_the_first_answer_counts_from_when_it_was_forwarded(
    engine: Engine, verified: date | None, answered: date | None, value: int | None
) -> None:
    kept(engine, [complaint(1, date(2026, 11, 2), verified=verified, answered=answered)])
    assert measured(engine, "complaints.answered_in_time").value == value


@pytest.mark.parametrize(("kind", "days"), [("informasi", 5), ("pengaduan", 14), ("pengawasan", 60)])
def test_an_open_one_is_late_the_day_after_its_limit(engine: Engine, kind: str, days: int) -> None:
    with reading(engine) as connection:
        began = office_days(connection, TODAY).began(TODAY - timedelta(days=3), days)
    kept(engine, [complaint(1, began, kind=kind)])
    assert measured(engine, "complaints.closed_in_time", NOW - timedelta(days=3)).detail["lewat"] == 0
    assert measured(engine, "complaints.closed_in_time").value == 0


def test_what_has_no_clock_is_named_and_no_part_of_the_share(engine: Engine) -> None:
    kept(engine, [
        complaint(1, days_ago(60), closed=days_ago(58)), complaint(2, days_ago(60), left_out=True),
        complaint(3, days_ago(60), undated=True), complaint(4, days_ago(60), kind="aspirasi"),
        complaint(5, days_ago(60), kind="belum dipetakan"),
    ])  # fmt: skip
    found = measured(engine, "complaints.closed_in_time")
    assert (found.value, found.n, found.detail["dikecualikan"]) == (100, 1, {
        "diarsipkan atau bukan kewenangan": 1, "selesai tanpa tanggal": 1, "aspirasi: tanpa batas waktu": 1,
        "kelas belum dipetakan: tanpa batas waktu": 1,
    })  # fmt: skip


def test_a_reopened_one_is_open_until_it_is_closed_again(engine: Engine) -> None:
    again = complaint(1, days_ago(100), closed=days_ago(90), reopened=days_ago(50))
    kept(engine, [again, complaint(2, days_ago(100), closed=days_ago(40), reopened=days_ago(50))])
    assert measured(engine, "complaints.oldest_open").n == 1
    assert measured(engine, "complaints.closed_in_time").value == 0
    assert ask(engine, "complaints.open", YEAR).rows[0]["reopened"] == 1


def test_the_oldest_open_one_is_counted_in_working_days(engine: Engine) -> None:
    kept(engine, [complaint(1, date(2026, 11, 2)), complaint(2, date(2026, 11, 20))])
    found = measured(engine, "complaints.oldest_open")
    assert (found.value, found.n, found.band) == (15, 2, "Ada yang lewat batas")


def test_as_of_an_earlier_day_later_closings_are_not_known(engine: Engine) -> None:
    kept(engine, [complaint(1, date(2026, 11, 2), closed=date(2026, 11, 20))])
    assert measured(engine, "complaints.oldest_open", NOW - timedelta(days=4)).n == 1
    assert measured(engine, "complaints.oldest_open").band == "Tidak ada yang terbuka"


def test_a_day_off_that_somebody_enters_moves_the_clock_and_can_be_taken_back(engine: Engine) -> None:
    kept(engine, [complaint(1, date(2026, 11, 2), verified=date(2026, 11, 6))])
    assert measured(engine, "complaints.verified_in_time").value == 0
    with writing(engine) as connection:
        enter_days(connection, [EnteredDay(date(2026, 11, 4), True, "cuti bersama", "Sari")], NOW)
    assert measured(engine, "complaints.verified_in_time").value == 100
    with writing(engine) as connection:
        assert remove_day(connection, date(2026, 11, 4))
    assert measured(engine, "complaints.verified_in_time").value == 0


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 1, 1), False),  # new year
        (date(2026, 3, 20), False),  # joint leave of Idul Fitri 2026
        (date(2026, 8, 17), False),
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
    ],
)
def test_holidays_and_joint_leave_are_no_working_days(day: date, is_working: bool) -> None:
    assert working_calendar(TODAY).is_working(day) is is_working


def test_an_office_with_few_cases_has_counts_and_no_percentages(engine: Engine) -> None:
    many = [complaint(n, days_ago(80), closed=days_ago(80 if n % 5 else 50)) for n in range(10)]
    kept(engine, [*many, *(complaint(n, days_ago(80), opd="PDAM", closed=days_ago(79)) for n in range(20, 24))])
    rows = {row["opd"]: row for row in ask(engine, "complaints.offices", YEAR).rows}
    assert (rows["DLH"]["closed"], rows["DLH"]["late"], rows["DLH"]["reopened"]) == (80, 2, 0)
    assert (rows["PDAM"]["closed"], rows["PDAM"]["closed_n"]) == (None, 4)
    assert rows["Semua OPD"]["n"] == 14


def test_weeks_carry_the_shares_of_those_received_in_them(engine: Engine) -> None:
    kept(engine, [complaint(n, date(2026, 9, 9), verified=date(2026, 9, 10)) for n in range(6)])
    (row,) = ask(engine, "complaints.weeks", YEAR).rows
    assert (row["week"], row["verified"], row["closed"], row["n"]) == (date(2026, 9, 7), 100, 0, 6)


@pytest.mark.parametrize(("extended", "value"), [(False, 0), (True, 100)])
def test_an_extended_request_for_information_has_seventeen_days(engine: Engine, extended: bool, value: int) -> None:
    made = complaint(1, date(2026, 10, 5), procedure="ppid", kind="informasi", answered=date(2026, 10, 28))
    kept(engine, [made], source="ppid")
    kept(engine, [Complaint("ppid", "2", "informasi", date(2026, 10, 5), "DLH", answered=date(2026, 10, 28),
                            extended=extended)], source="ppid")  # fmt: skip
    assert measured(engine, "ppid.answered_in_time").value == value / 2
    assert measured(engine, "complaints.closed_in_time").value is None


def request(number: int, submitted: date, **given: Any) -> ServiceRequest:
    return ServiceRequest(**{"number": str(number), "service": "KTP", "submitted": submitted, "opd": "Dukcapil",
                             "limit_days": 3, **given})  # fmt: skip


def test_open_requests_past_their_promise_are_late_at_once(engine: Engine) -> None:
    kept(engine, [
        request(1, days_ago(20), completed=days_ago(19)), request(2, days_ago(20)), request(3, TODAY),
        request(4, days_ago(20), limit_days=None), request(5, days_ago(20), left_out=True),
    ])  # fmt: skip
    found = measured(engine, "delivery.within_promise")
    assert (found.value, found.n, found.detail["masih_berjalan"]) == (50, 2, 1)
    assert found.detail["dikecualikan"] == {"tanpa janji layanan": 1, "dikembalikan atau dicabut": 1}
    assert ask(engine, "delivery.open").rows[0]["late"] == 1


def test_services_stand_with_n_and_their_interval(engine: Engine) -> None:
    kept(engine, [request(n, days_ago(20), completed=days_ago(19 if n else 2)) for n in range(10)])
    (row,) = ask(engine, "delivery.services").rows
    assert (row["share"], row["n"], row["low"], row["high"]) == (90, 10, Decimal("59.6"), Decimal("98.2"))


def dataset(name: str, age: int, period: int | None = 31, missing: tuple[str, ...] = ()) -> Dataset:
    return Dataset(
        name, name, "DLH", NOW - timedelta(days=age), "Bulanan", period, 1, ("CSV",), "CC BY", 15, missing, NOW
    )


def test_data_sets_are_judged_by_the_rhythm_they_promise(engine: Engine) -> None:
    kept(engine, [dataset("a", 30), dataset("b", 32, missing=("konsep",) * 3), dataset("c", 900, None)])
    found = measured(engine, "open_data.fresh")
    assert (found.value, found.n, found.detail["tanpa_irama"]) == (50, 2, 1)
    assert float(measured(engine, "open_data.complete").value or 0) == pytest.approx(100 * 42 / 45)
    assert [row["state"] for row in ask(engine, "open_data.datasets").rows] == ["terlambat", "mutakhir", "tanpa irama"]


def test_a_data_set_that_the_catalogue_no_longer_lists_is_gone(engine: Engine) -> None:
    kept(engine, [dataset("a", 1), dataset("b", 1)])
    kept(engine, [dataset("b", 1)])
    assert measured(engine, "open_data.complete").n == 1


@pytest.mark.parametrize(
    "indicator",
    ["complaints.closed_in_time", "complaints.oldest_open", "ppid.answered_in_time", "delivery.within_promise",
     "open_data.fresh", "open_data.complete"],
)  # fmt: skip
def test_without_data_there_is_a_reason_and_no_number(engine: Engine, indicator: str) -> None:
    found = measured(engine, indicator)
    assert found.value is None
    assert found.missing
