"""The state word of 112: normal, out of the ordinary, or dead data; and which days are like today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.clock import WIB
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding, Status
from dashboard.like_days import kind_words, like_days
from dashboard.store.calls112 import keep_calls
from dashboard.store.database import reading, writing
from dashboard.store.recount import recount_all
from datasources.calls112.records import Call
from tests.dashboard.simulated_days import ordinary_days

MONDAY = date(2026, 11, 23)
HISTORY = 91


def test_an_ordinary_day_is_normal_and_a_storm_shows_within_its_hour(engine: Engine) -> None:
    keep(engine, history())
    assert state(engine, at(14, 59)).band == "Normal"
    keep(engine, [call(at(14, 20 + second // 2, 30 * (second % 2)), f"storm{second}") for second in range(30)])
    found = state(engine, at(14, 40))
    assert (found.band, found.detail["unusual"]) == ("Di luar kebiasaan", ["14"])
    assert found.value == 1
    assert offered(engine, at(14, 40)).band == "Di luar kebiasaan"


def test_data_are_dead_when_no_call_comes_for_longer_than_chance_allows(engine: Engine) -> None:
    keep(engine, [c for c in history() if c.t_enter and c.t_enter < at(9)])
    assert state(engine, at(9, 30)).band == "Normal"
    found = state(engine, at(14, 30))
    indicator = CATALOGUE["calls112.state"]
    band = indicator.band_of(found)
    assert (found.band, found.value) == ("Data mati", Decimal(5))
    assert band is not None
    assert band.status is Status.UNKNOWN
    assert "1 dari 10.000" in found.detail["rule"]


def test_without_eight_like_days_nothing_is_judged_and_it_is_said(engine: Engine) -> None:
    keep(engine, [call(at(9) - timedelta(days=day), str(day)) for day in (0, 3, 4)])
    found = state(engine, at(10))
    assert (found.value, found.missing) == (
        None, "kebiasaan belum dikenal: baru 2 hari sejenis (hari kerja), perlu 8",
    )  # fmt: skip


def test_a_store_without_calls_says_so(engine: Engine) -> None:
    assert state(engine, at(10)).missing == "belum ada panggilan tercatat"


def test_the_band_of_today_comes_from_the_hours_counted_before(engine: Engine) -> None:
    keep(engine, history())
    detail = offered(engine, at(14, 59)).detail
    # 64 working days of 13 weeks, without the Saturdays, Sundays and the birthday of the Prophet (25 August).
    assert (detail["kind_of_day"], detail["like_days"], detail["same_season"]) == ("hari kerja", 64, True)
    shown = detail["series"][14]
    assert shown["low"] < 3.5 < shown["high"]
    assert (shown["partial"], detail["series"][15]["value"]) == (True, None)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), "hari kerja"),
        (date(2026, 11, 21), "Sabtu"),
        (date(2026, 12, 25), "Minggu & libur nasional"),
        (date(2026, 2, 25), "hari kerja, Ramadan"),
        (date(2026, 3, 22), "Minggu & libur nasional, pekan Lebaran"),
    ],
)
def test_a_day_is_compared_by_its_kind_and_season(day: date, kind: str) -> None:
    assert kind_words(day) == kind


def test_a_working_day_after_lebaran_is_compared_with_none_of_ramadan() -> None:
    day = date(2026, 4, 20)
    chosen, same_season = like_days(day, [day - timedelta(days=back) for back in range(1, 92)])
    assert same_season
    assert {kind_words(other) for other in chosen} == {"hari kerja"}


def test_the_first_days_of_ramadan_are_filled_up_with_other_days_of_the_kind() -> None:
    day = date(2026, 2, 23)
    chosen, same_season = like_days(day, [day - timedelta(days=back) for back in range(1, 92)])
    assert not same_season
    assert len(chosen) == 8
    assert [kind_words(other) for other in chosen[:2]] == ["hari kerja, Ramadan"] * 2


def history() -> list[Call]:
    days = ordinary_days(MONDAY - timedelta(days=HISTORY), HISTORY + 1, seed=3)
    return [
        call(datetime.combine(day, time(hour), WIB) + timedelta(seconds=3600 * place // count), f"{day}.{hour}.{place}")
        for day, hours in days.items()
        for hour, count in enumerate(hours)
        for place in range(count)
        if (day, hour) < (MONDAY, 15)
    ]


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(MONDAY, time(hour, minute, second), WIB).astimezone(UTC)


def call(enter: datetime, number: str) -> Call:
    return Call(number, "112", enter.astimezone(UTC), wait_s=3, outcome="answered")


def keep(engine: Engine, calls: list[Call]) -> None:
    with writing(engine) as connection:
        keep_calls(connection, "antrean", calls, at(23))
    recount_all(engine)


def state(engine: Engine, moment: datetime) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE["calls112.state"].formula(connection, moment)


def offered(engine: Engine, moment: datetime) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE["calls112.offered_today"].formula(connection, moment)
