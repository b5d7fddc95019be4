"""Calls by day, by week, by hour of the week, and against the period before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from dashboard.exploring.calls112.periods_compared import spread_change
from dashboard.exploring.filters import Filters
from datasources.calls112.records import Call
from tests.dashboard.asked_calls import MONDAY, NOW, WEEK, answered, ask, gave_up, note, put, recap, row, wib

TWELVE_WEEKS = Filters(MONDAY - timedelta(weeks=11), MONDAY + timedelta(days=6))


def test_a_day_stands_beside_the_band_of_its_kind(engine: Engine) -> None:
    put(engine, days({day: 20 + place % 3 for place, day in enumerate(back(80))}))
    put(engine, of_day(MONDAY, 60, "storm"))
    shown = ask(engine, "calls112.by_day", at=wib(MONDAY, 23, 59) + timedelta(minutes=2))
    found = row(shown, day=MONDAY)
    # 20, 21, 22 in turn: below Poisson's spread, so the limits are Poisson's of mean 21 (0.00135 and 0.99865).
    assert (found["low"], found["offered"], found["high"]) == (9, 60, 36)
    assert (found["kind"], found["verdict"]) == ("hari kerja", "di atas kebiasaan")
    assert "26 minggu" in shown.notes[0]
    assert "poisson" in shown.notes[0]


def test_the_running_day_is_not_drawn_and_says_how_far_it_is(engine: Engine) -> None:
    put(engine, days(dict.fromkeys(back(3), 5)), of_day(MONDAY, 4))
    shown = ask(engine, "calls112.by_day", Filters(MONDAY - timedelta(days=3), MONDAY), wib(MONDAY, 14, 5))
    assert row(shown, day=MONDAY)["offered"] is None
    assert row(shown, day=MONDAY)["verdict"] == "hari berjalan"
    assert "Hari ini belum selesai dan tidak digambar: 4 panggilan sampai 14.05." in shown.notes
    assert row(shown, day=MONDAY - timedelta(days=1))["offered"] == 5


def test_a_day_without_any_call_is_missing_not_zero(engine: Engine) -> None:
    put(engine, of_day(MONDAY, 3), of_day(MONDAY + timedelta(days=2), 2))
    assert [r["day"].day for r in ask(engine, "calls112.by_day").rows] == [23, 25]


def test_a_change_of_definition_begins_the_band_of_days_anew(engine: Engine) -> None:
    put(engine, days(dict.fromkeys(back(60), 20)))
    note(engine, wib(MONDAY - timedelta(days=3)))
    filters = Filters(MONDAY - timedelta(days=20), MONDAY - timedelta(days=1))
    shown = ask(engine, "calls112.by_day", filters)
    friday = MONDAY - timedelta(days=3)
    assert row(shown, day=friday)["verdict"] == "belum ada batas"
    assert row(shown, day=friday - timedelta(days=1))["verdict"] == "biasa"
    assert "dihitung ulang sejak perubahan definisi" in shown.notes[0]
    assert [(m["x"], m["text"]) for m in shown.marks] == [(friday, "definisi baru")]


def test_weeks_have_natural_limits_and_their_signals_in_words(engine: Engine) -> None:
    totals = [39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 60]
    put(engine, weeks(totals))
    shown = ask(engine, "calls112.by_week", TWELVE_WEEKS)
    assert [r["offered"] for r in shown.rows] == totals
    # Mean 517/12; moving ranges 2 0 0 2 1 3 1 2 1 3 16 → 31/11.
    last = shown.rows[-1]
    assert last["mean"] == pytest.approx(517 / 12)
    assert last["high"] == pytest.approx(517 / 12 + 2.66 * 31 / 11)
    assert last["signal"] == "di luar batas"
    assert [r["signal"] for r in shown.rows[:-1]] == [""] * 11
    assert "1 minggu bertanda dan perlu dicari sebabnya." in shown.notes


def test_a_change_of_definition_begins_the_weeks_anew(engine: Engine) -> None:
    put(engine, weeks([40, 42] * 6 + [90, 91] * 6))
    filters = Filters(MONDAY - timedelta(weeks=23), MONDAY + timedelta(days=6))
    before = ask(engine, "calls112.by_week", filters)
    assert any(r["signal"] for r in before.rows)
    note(engine, wib(MONDAY - timedelta(weeks=11) + timedelta(days=2)))
    after = ask(engine, "calls112.by_week", filters)
    assert [r["mean"] for r in after.rows] == [41.0] * 12 + [90.5] * 12
    assert not any(r["signal"] for r in after.rows)


def test_eleven_weeks_have_no_limits_and_say_so(engine: Engine) -> None:
    put(engine, weeks([40] * 11))
    shown = ask(engine, "calls112.by_week", TWELVE_WEEKS)
    assert {r["high"] for r in shown.rows} == {None}
    assert "11 minggu dengan satu definisi belum cukup untuk batas; perlu 12." in shown.notes


def test_a_week_with_gaps_and_the_running_week_are_left_out_and_said(engine: Engine) -> None:
    put(engine, weeks([7, 7]), of_day(MONDAY - timedelta(weeks=2), 3))
    shown = ask(engine, "calls112.by_week", Filters(MONDAY - timedelta(weeks=2), MONDAY), wib(MONDAY, 12))
    assert [r["week"] for r in shown.rows] == [MONDAY - timedelta(weeks=1)]
    assert "Minggu 9 Nov 2026 hanya 1 hari berdata (3 panggilan); tidak ikut dihitung." in shown.notes
    assert any(n.startswith("Minggu 23 Nov 2026 belum selesai") for n in shown.notes)


def test_monthly_recaps_tell_of_no_week(engine: Engine) -> None:
    put(engine, recap(wib(date(2026, 10, 1)), wib(date(2026, 11, 1)), "calls", {"offered": 900}))
    shown = ask(engine, "calls112.by_week", Filters(date(2026, 10, 1), date(2026, 11, 29)))
    assert shown.missing.startswith("tidak dapat dihitung dari sumber ini: jumlah per minggu")


def test_daily_recaps_make_weeks(engine: Engine) -> None:
    for place in range(7):
        start = wib(MONDAY + timedelta(days=place))
        put(engine, recap(start, start + timedelta(days=1), "calls", {"offered": 10 + place}), source=f"hari{place}")
    assert [r["offered"] for r in ask(engine, "calls112.by_week").rows] == [91]


def test_an_hour_of_the_week_is_a_mean_over_the_days_that_had_it(engine: Engine) -> None:
    # Two Mondays: 3 and 1 calls at 09; the second is running at 09.30, so its 09 does not count yet.
    first = [answered(wib(MONDAY, 9, n), n) for n in range(3)]
    second = [answered(wib(MONDAY + timedelta(weeks=1), 9), 1), answered(wib(MONDAY + timedelta(weeks=1), 8), 1)]
    put(engine, first, second)
    at = wib(MONDAY + timedelta(weeks=1), 9, 30)
    shown = ask(engine, "calls112.by_hour_of_week", Filters(MONDAY, MONDAY + timedelta(weeks=1)), at)
    assert row(shown, day="Sen", hour="09")["calls"] == 3
    assert row(shown, day="Sen", hour="08")["calls"] == Fraction(1, 2)
    assert row(shown, day="Sel", hour="09")["calls"] is None, "no Tuesday had calls: missing"


def test_two_periods_are_compared_exactly_and_in_words(engine: Engine) -> None:
    put(engine, [gave_up(wib(MONDAY, 9, n), 9) for n in range(14)],
        [gave_up(wib(MONDAY - timedelta(weeks=1), 9, n), 9) for n in range(8)])  # fmt: skip
    found = row(ask(engine, "calls112.periods_compared"), what="Terputus")
    assert (found["before"], found["now"], found["test"]) == (8, 14, "uji eksak bersyarat")
    assert found["words"] == "naik 6, dari 8 menjadi 14; tidak berbeda nyata"


def test_the_running_day_is_compared_with_the_same_hours(engine: Engine) -> None:
    earlier = MONDAY - timedelta(days=1)
    put(engine, [answered(wib(earlier, hour), 1) for hour in range(24)], [answered(wib(MONDAY, 8), 1)])
    found = row(ask(engine, "calls112.periods_compared", Filters(MONDAY, MONDAY), wib(MONDAY, 10, 30)), what="Masuk")
    assert (found["before"], found["now"]) == (10, 1)


def test_a_large_difference_of_days_that_vary_is_judged_by_their_spread() -> None:
    # z = 200 / sqrt(phi * 4200): 3.09 for Poisson days, 1.46 where days vary 4.5 times as much.
    assert spread_change(2000, 2200, 1.0).real
    assert not spread_change(2000, 2200, 4.5).real
    assert spread_change(2000, 2200, 1.0).words == "naik 200 (10 %), dari 2000 menjadi 2200; berbeda nyata"


def test_without_an_earlier_period_nothing_is_compared(engine: Engine) -> None:
    put(engine, of_day(MONDAY, 5))
    missing = ask(engine, "calls112.periods_compared").missing
    assert missing == "tidak ada panggilan tercatat dalam masa sebelumnya, sejak 16 Nov 2026"


@pytest.mark.parametrize("name", ["by_day", "by_week", "by_hour_of_week", "periods_compared"])
def test_an_empty_store_says_that_there_is_nothing(engine: Engine, name: str) -> None:
    assert ask(engine, f"calls112.{name}").missing == "tidak ada panggilan tercatat dalam masa ini"


def of_day(day: date, n: int, name: str = "") -> list[Call]:
    return [Call(f"{day}{name}.{k}", "112", moment(day, k), wait_s=3, outcome="answered") for k in range(n)]


def moment(day: date, k: int) -> datetime:
    return wib(day, k % 12, k // 12)


def days(counts: dict[date, int]) -> list[Call]:
    return [call for day, n in counts.items() for call in of_day(day, n)]


def back(n: int) -> list[date]:
    return [MONDAY - timedelta(days=place) for place in range(n, 0, -1)]


def weeks(totals: Iterable[int]) -> list[Call]:
    """Weeks up to that of WEEK, each day with a call, the rest on its Wednesday."""
    totals = list(totals)
    first = MONDAY - timedelta(weeks=len(totals) - 1)
    return [
        call
        for place, total in enumerate(totals)
        for day in range(7)
        for call in of_day(first + timedelta(weeks=place, days=day), total - 6 if day == 2 else 1)
    ]


assert WEEK.end < NOW
