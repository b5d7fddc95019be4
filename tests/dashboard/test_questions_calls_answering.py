"""Service levels, rates and times of a period, from the queue and from recaps, with the same definitions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.store.database import writing
from dashboard.store.import_findings import ImportFinding, set_findings
from datasources.calls112.records import AgentSpell, Call
from tests.dashboard.asked_calls import MONDAY, NOW, answered, ask, gave_up, note, put, recap, row, wib

CANNOT = "tidak dapat dihitung dari sumber ini: "


def morning() -> list[Call]:
    """Ten calls: six answered after 0, 5, 15, 16, 20, 90 s; abandoned after 3, 12, 40 s; one timed out."""
    waits = [0, 5, 15, 16, 20, 90]
    calls = [answered(wib(MONDAY, 9, place), wait, talk=60 + place) for place, wait in enumerate(waits)]
    lost = [gave_up(wib(MONDAY, 10, place), wait) for place, wait in enumerate([3, 12, 40])]
    return [*calls, *lost, gave_up(wib(MONDAY, 11), 300, "timeout")]


def test_the_three_service_levels_are_named_and_pooled(engine: Engine) -> None:
    put(engine, morning())
    shown = ask(engine, "calls112.service_levels")
    # a: 3 of 6; b: 3 of 10; c: 3 of 10 - 2 abandoned within 15 s. At 20 s: 5 of 6; 5 of 10; 5 of 8.
    assert [(r["variant"][0], r["level_15"], r["n_15"], r["level_20"], r["n_20"]) for r in shown.rows[:3]] == [
        ("a", 50, 6, Decimal(250) / 3, 6),
        ("b", 30, 10, 50, 10),
        ("c", Decimal("37.5"), 8, Decimal("62.5"), 8),
    ]
    assert shown.rows[3]["remark"] == "15 detik: belum tercapai; 20 detik: belum tercapai"
    assert (shown.rows[3]["level_15"], shown.rows[3]["level_20"]) == (90, 95)


def test_nena_is_met_by_the_unrounded_share(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9, n % 60, n // 60), 16 if n < 101 else 1) for n in range(1000)])
    # 899 of 1,000 is 89.9 %, not 90 %.
    assert ask(engine, "calls112.service_levels").rows[3]["remark"] == "15 detik: belum tercapai; 20 detik: tercapai"


def test_rates_and_times_with_what_they_rest_on(engine: Engine) -> None:
    put(engine, morning())
    shown = ask(engine, "calls112.answering")
    assert value(shown, "Terjawab") == 60
    assert value(shown, "Terputus") == 30
    assert value(shown, "Terputus > 5 detik") == Decimal(200) / 9, "2 of 9: the short one is in neither part"
    assert value(shown, "Terputus ≤ 5 detik") == 1
    assert value(shown, "Rata-rata waktu tunggu (ASA)") == Decimal(146) / 6, "the zero wait counts"
    assert row(shown, name="Rata-rata waktu tunggu (ASA)")["remark"] == "1 tanpa menunggu"
    assert value(shown, "Waktu tunggu p50") == 15
    assert value(shown, "Waktu tunggu terlama") == 300
    assert value(shown, "Rata-rata lama layanan (AHT)") == Decimal("62.5")
    assert row(shown, name="Terjawab")["low"] == pytest.approx(Decimal("31.27"), abs=Decimal("0.01")), "Wilson of 6/10"


def test_p90_begins_at_thirty_calls_and_has_limits(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9, n), n) for n in range(29)])
    found = row(ask(engine, "calls112.answering"), name="Waktu tunggu p90")
    assert (found["value"], found["remark"]) == (None, f"{CANNOT}p90 mulai 30 panggilan, ada 29")
    put(engine, [answered(wib(MONDAY, 10), 29)])
    found = row(ask(engine, "calls112.answering"), name="Waktu tunggu p90")
    assert (found["value"], found["high"], found["n"]) == (26, 29, 30)


def test_occupancy_needs_the_logins_and_says_so(engine: Engine) -> None:
    put(engine, morning())
    found = row(ask(engine, "calls112.answering"), name="Okupansi petugas")
    assert (found["value"], found["remark"]) == (None, f"{CANNOT}jam kerja petugas tidak tercatat")
    hours = [AgentSpell("A1", "112", "login", wib(MONDAY), wib(MONDAY, 10)),
             AgentSpell("A1", "112", "pause", wib(MONDAY, 8), wib(MONDAY, 9))]  # fmt: skip
    put(engine, hours)
    shown = ask(engine, "calls112.answering")
    # 60+61+…+65 = 375 s of talk in nine hours of work.
    assert value(shown, "Okupansi petugas") == Decimal(37500) / 32400
    assert value(shown, "Panggilan per jam petugas") == Decimal(6) / 9


def test_logins_that_begin_within_the_period_tell_no_occupancy(engine: Engine) -> None:
    put(engine, morning(), [AgentSpell("A1", "112", "login", wib(MONDAY, 1), wib(MONDAY, 10))])
    assert value(ask(engine, "calls112.answering"), "Okupansi petugas") is None


def test_a_few_calls_without_a_wait_are_left_out_and_counted(engine: Engine) -> None:
    known = [answered(wib(MONDAY, 9 + n // 60, n % 60), 1) for n in range(199)]
    put(engine, known, [Call("untold", "112", wib(MONDAY, 8), outcome="answered")])
    shown = ask(engine, "calls112.service_levels")
    assert shown.rows[0]["n_15"] == 199
    assert "1 panggilan tanpa waktu tunggu tercatat tidak dihitung dalam detik." in shown.notes


def test_many_calls_without_a_wait_make_it_unknown(engine: Engine) -> None:
    put(engine, morning(), [Call(f"u{n}", "112", wib(MONDAY, 8, n), outcome="answered") for n in range(6)])
    missing = ask(engine, "calls112.service_levels").missing
    assert missing == f"{CANNOT}waktu tunggu 6 dari 12 panggilan terjawab tidak tercatat"


def test_times_typed_by_hand_give_no_seconds(engine: Engine) -> None:
    put(engine, morning())
    finding = ImportFinding("waktu diketik tangan", "", 10, "menit 00 atau 30")
    with writing(engine) as connection:
        set_findings(connection, "antrean", [finding], NOW)
    shown = ask(engine, "calls112.answering")
    assert value(shown, "Terjawab") == 60
    for name in ("Rata-rata waktu tunggu (ASA)", "Waktu tunggu p50", "Waktu tunggu p90", "Terputus > 5 detik"):
        assert row(shown, name=name)["remark"].startswith(f"{CANNOT}waktu pada sumber ini diketik tangan")
    assert "diketik tangan" in ask(engine, "calls112.service_levels").missing
    (week,) = ask(engine, "calls112.service_levels_by_week").rows
    assert (week["answer_rate"], week["c_15"], week["asa"], week["nena_15"]) == (60, None, None, "")


def test_each_week_has_its_own_figures_and_the_running_one_is_named(engine: Engine) -> None:
    put(engine, morning(), [answered(wib(MONDAY + timedelta(weeks=1), 8), 4)])
    note(engine, wib(MONDAY + timedelta(days=1)), "peristiwa", "gladi")
    filters = Filters(MONDAY + timedelta(days=2), MONDAY + timedelta(weeks=1))
    shown = ask(engine, "calls112.service_levels_by_week", filters, wib(MONDAY + timedelta(weeks=1), 12))
    first, second = shown.rows
    assert (first["week"], first["n"], first["a_15"], first["c_15"]) == (MONDAY, 10, 50, Decimal("37.5"))
    assert (second["n"], second["c_15"], second["nena_15"], second["remark"]) == (1, 100, "ya", "minggu berjalan")


def test_a_monthly_workbook_gives_what_it_knows_by_the_same_definitions(engine: Engine) -> None:
    month = (wib(date(2026, 10, 1)), wib(date(2026, 11, 1)))
    put(engine, recap(*month, "calls", {"offered": 400, "answered": 300, "abandoned": 100}), source="rekap")
    shown = ask(engine, "calls112.answering", Filters(date(2026, 9, 20), date(2026, 11, 29)))
    assert value(shown, "Terjawab") == 75
    assert value(shown, "Terputus") == 25
    found = row(shown, name="Rata-rata waktu tunggu (ASA)")
    assert found["remark"] == f"{CANNOT}waktu tunggu panggilan terjawab tidak tercatat"
    assert "Dari 1 rekap, 1 Okt 2026 sampai 31 Okt 2026; rekap yang melewati batas masa tidak dihitung." in shown.notes


def test_hourly_exports_pool_their_buckets(engine: Engine) -> None:
    for hour, (quick, slow, lost) in enumerate([(9, 1, 0), (0, 2, 8)]):
        start = wib(MONDAY, hour)
        end = start + timedelta(hours=1)
        calls = {"offered": quick + slow + lost, "answered": quick + slow, "abandoned": lost}
        put(engine, [*recap(start, end, "calls", calls),
                     *recap(start, end, "waits", {"0-10": quick, "10-15": 0, "15-20": slow, "20-": 0})],
            source=f"jam{hour}")  # fmt: skip
    found = ask(engine, "calls112.service_levels").rows[0]
    # 9 of 12, not the mean of 90 % and 0 %.
    assert (found["level_15"], found["level_20"]) == (75, 100)


def test_of_two_recaps_of_the_same_days_the_shorter_counts(engine: Engine) -> None:
    put(engine, recap(wib(MONDAY), wib(MONDAY + timedelta(days=7)), "calls", {"offered": 70}), source="minggu")
    put(engine, recap(wib(MONDAY), wib(MONDAY + timedelta(days=1)), "calls", {"offered": 11}), source="hari")
    assert ask(engine, "calls112.answering").n == 11


@pytest.mark.parametrize("name", ["service_levels", "answering", "service_levels_by_week"])
def test_an_empty_period_says_so(engine: Engine, name: str) -> None:
    assert ask(engine, f"calls112.{name}").missing == "tidak ada panggilan tercatat dalam masa ini"


def value(answer: Answer, name: str) -> Any:
    return row(answer, name=name)["value"]
