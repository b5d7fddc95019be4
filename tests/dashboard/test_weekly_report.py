"""manage.py report calls112: the figures of a week, checked against the statistics module on a list of 22,000 rows."""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from dashboard.clock import WIB
from dashboard.exploring.calls112.printed_seconds import percentile
from dashboard.exploring.calls112.weekly_report import Choices, WeeklyReport, weekly_report
from dashboard.ingestion.run import run_once
from dashboard.store import ingestion_log
from dashboard.store.calls112 import incidents
from dashboard.store.database import metadata, open_database, reading, writing
from datasources import registry
from datasources.calls112.records import Call
from tests.bench.case_list_of import SOURCE, rows, write_csv
from tests.dashboard.desk import Desk, desk, only_sentence
from tests.dashboard.incidents_kept import incident, keep, minutes, typed_by_hand

__all__ = ["desk"]

WEEK, MONDAY = "2026-W39", date(2026, 9, 21)
EVENING = datetime(2026, 9, 23, 19, 59, tzinfo=WIB)
"""Rabu, pukul 19.59."""
BETWEEN = {
    "to_queue": ("Incident_Start_Time", "Incident_Queue_Time"),
    "to_dispatch": ("Incident_Queue_Time", "Incident_Dispatch_Time"),
    "processing": ("Incident_Start_Time", "Incident_Dispatch_Time"),
    "acknowledging": ("Incident_Dispatch_Time", "First_Unit_Ack_Time"),
    "rollout": ("Incident_Dispatch_Time", "Incident_Enroute_Time"),
    "transit": ("Incident_Enroute_Time", "Incident_Arrival_Time"),
    "response": ("Incident_Start_Time", "Incident_Arrival_Time"),
    "handling": ("Incident_Arrival_Time", "Incident_First_Close_Time"),
    "total": ("Incident_Start_Time", "Incident_First_Close_Time"),
}


@pytest.fixture(scope="module")
def big_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, float]]:
    """The list read from CSV by configuration alone, and how many seconds that took."""
    folder: Path = tmp_path_factory.mktemp("kasus")
    write_csv(folder / "kasus.csv")
    toml = folder / "sources.toml"
    toml.write_text(SOURCE.format(path=folder / "kasus.csv"), encoding="utf-8")
    (source,) = registry.load(toml, {"CALLER_HASH_KEY": "k" * 40})
    engine = open_database(f"sqlite:///{folder / 'kasus.db'}")
    metadata.create_all(engine)
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    start = time.perf_counter()
    outcome = run_once(engine, source)
    seconds = time.perf_counter() - start
    assert (outcome.error, outcome.refused) == ("", 0)
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(incidents)).scalar_one() == 22_000
    yield engine, seconds
    engine.dispose()


@pytest.mark.parametrize("rule", ["nearest", "linear"])
def test_every_stage_equals_an_independent_recomputation(big_list: tuple[Engine, float], rule: Any) -> None:
    found = report(big_list[0], Choices(rule=rule, zone=WIB))
    for stage in found.stages:
        times = _seconds_of(*BETWEEN[stage.stage])
        assert stage.n == len(times) > 1000
        assert stage.mean == _printed(statistics.fmean(times))
        assert stage.sd == _printed(statistics.stdev(times))
        if rule == "nearest":
            ranked = sorted(times)
            assert stage.p90 == _printed(ranked[-(-len(times) * 9 // 10) - 1])
            assert stage.median == _printed(statistics.median_low(times))
        else:
            assert stage.p90 == _printed(statistics.quantiles(times, n=10, method="inclusive")[8])
            assert stage.median == _printed(statistics.median(times))


def test_days_hours_and_words_add_up_to_the_week(big_list: tuple[Engine, float]) -> None:
    found = report(big_list[0])
    week = _week()
    assert found.n == len(week)
    assert found.hours == {hour: sum(r["Incident_Start_Time"].hour == hour for r in week) for hour in range(24)}
    assert found.days == {
        MONDAY + timedelta(days=n): sum(r["Incident_Start_Time"].weekday() == n for r in week) for n in range(7)
    }
    assert found.categories == Counter(r["Problem"] for r in week)
    assert found.agencies == Counter(r["Agency"] for r in week)
    assert found.classes == {"NORMAL": len(week)}


def test_stages_that_did_not_happen_are_left_out_of_n(big_list: tuple[Engine, float]) -> None:
    transit = next(s for s in report(big_list[0]).stages if s.stage == "transit")
    assert transit.n + transit.missing == len(_week())
    assert transit.missing > 100


def test_the_list_is_read_and_reported_within_the_promise(big_list: tuple[Engine, float]) -> None:
    engine, reading_seconds = big_list
    start = time.perf_counter()
    report(engine)
    reporting_seconds = time.perf_counter() - start
    assert reading_seconds <= 10
    assert reporting_seconds <= 2


def test_an_hour_is_its_number_and_never_one_late(engine: Engine) -> None:
    keep(engine, [incident(EVENING), incident(EVENING.replace(minute=0)), incident(EVENING + minutes(1))])
    found = report(engine)
    assert {hour: n for hour, n in found.hours.items() if n} == {19: 2, 20: 1}
    assert found.as_json()["hours"][19] == {"hour": 19, "n": 2}
    assert found.days[EVENING.date()] == 3


def test_the_zone_moves_days_hours_and_the_borders_of_the_week(engine: Engine) -> None:
    keep(engine, [incident(EVENING), incident(datetime(2026, 9, 21, 0, 30, tzinfo=WIB))])
    found = report(engine, Choices(zone=ZoneInfo("UTC")))
    assert (found.n, found.hours[12]) == (1, 1)
    assert report(engine).n == 2


def test_the_clock_moves_what_starts_and_where_it_is_counted(engine: Engine) -> None:
    sunday_night = datetime(2026, 9, 20, 23, 58, tzinfo=WIB)
    calls = [Call("c1", "112", EVENING - minutes(9), EVENING - minutes(8), EVENING, 60, 60, None, "answered")]
    keep(engine, [
        incident(sunday_night, created=5, dispatched=6), incident(EVENING, first_call_id="c1", created=2, dispatched=4),
    ], calls)  # fmt: skip
    assert report(engine, Choices("received", zone=WIB)).n == report(engine, Choices("answered", zone=WIB)).n == 1
    assert report(engine, Choices("created", zone=WIB)).n == 2
    assert _mean(engine, Choices("received", zone=WIB), "processing") == 240
    assert _mean(engine, Choices("answered", zone=WIB), "processing") == 720
    assert _mean(engine, Choices("created", zone=WIB), "processing") == 90


def test_incidents_without_the_chosen_clock_are_counted_and_said(engine: Engine) -> None:
    keep(engine, [incident(EVENING), incident(EVENING, created=1)])
    found = report(engine, Choices("created", zone=WIB))
    assert (found.n, found.without_clock) == (1, 1)


def test_all_rows_count_unless_only_those_that_count_are_wanted(engine: Engine) -> None:
    keep(engine, [incident(EVENING), incident(EVENING, cancelled=True), incident(EVENING, class_raw="prank")])
    every, some = report(engine), report(engine, Choices(zone=WIB, only_counted=True))
    assert (every.n, some.n) == (3, 1)
    assert every.not_counted == some.not_counted == {"dibatalkan": 1, "gangguan (prank, ghost, salah sambung)": 1}


def test_negative_times_are_counted_and_not_used(engine: Engine) -> None:
    keep(engine, [incident(EVENING, arrived=-2), incident(EVENING, arrived=4)])
    response = next(s for s in report(engine).stages if s.stage == "response")
    assert (response.n, response.negative, response.mean, response.sd) == (1, 1, Decimal(240), None)


def test_p90_needs_thirty_and_times_that_nobody_typed(engine: Engine) -> None:
    keep(engine, [incident(EVENING, arrived=n) for n in range(29)])
    assert _p90(engine) is None
    keep(engine, [incident(EVENING, arrived=29)])
    assert _p90(engine) == 26 * 60
    typed_by_hand(engine)
    assert (_p90(engine), report(engine).typed_by_hand) == (None, True)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=60), st.integers(1, 99))
def test_the_linear_percentile_is_that_of_the_statistics_module(values: list[int], percent: int) -> None:
    expected = statistics.quantiles([Fraction(v) for v in values], n=100, method="inclusive")[percent - 1]
    assert percentile(sorted(values), percent, "linear") == expected


def test_the_command_prints_the_week_in_words(desk: Desk) -> None:
    _kept_at(desk)
    printed = desk.run("report", "calls112", "--week", "2026-w47").output
    assert printed.startswith("Minggu 2026-W47: 2 kejadian, menurut waktu laporan diterima, Asia/Jakarta.\n")
    assert "Ikut dihitung di sini, bukan kejadian di dasbor: 1 dibatalkan.\n" in printed
    assert "\nsampai tiba                       2      600,00     540,00" in printed
    assert "Hari   Sen 16-11: 2, Sel 17-11: 0" in printed
    assert " 10: 2, 11: 0" in printed
    assert "\n  KEBAKARAN                                      2   100,00 %\n" in printed


def test_the_command_writes_json_for_another_program(desk: Desk) -> None:
    _kept_at(desk)
    found = json.loads(desk.run("report", "calls112", "--week", "2026-W47", "--json", "--counted").output)
    chosen = {key: found[key] for key in ("n", "zone", "clock", "percentile", "only_counted")}
    assert chosen == {
        "n": 1, "zone": "Asia/Jakarta", "clock": "received", "percentile": "nearest", "only_counted": True,
    }  # fmt: skip
    response = next(stage for stage in found["stages"] if stage["stage"] == "response")
    assert response == {
        "stage": "response", "from": "mulai", "to": "arrived", "n": 1, "mean_s": 540.0, "median_s": 540.0, "sd_s": None,
        "p90_s": None, "missing": 0, "negative": 0,
    }  # fmt: skip
    assert found["days"][0] == {"day": "2026-11-16", "name": "Sen", "n": 1}


def test_what_is_missing_or_typed_by_hand_is_said(desk: Desk) -> None:
    engine = _kept_at(desk)
    typed_by_hand(engine)
    printed = desk.run("report", "calls112", "--week", "2026-W47", "--clock", "created", "--counted").output
    assert "1 kejadian, menurut waktu tiket dibuat" not in printed
    assert "2 tanpa waktu tiket dibuat, tidak dihitung.\n" in printed
    assert "Waktu diketik tangan" in desk.run("report", "calls112", "--week", "2026-W47").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--week", "47"), "'47' bukan minggu ISO; tulis seperti 2026-W47."),
        (("--week", "2026-W47", "--zone", "Mojokerto"), "'Mojokerto' bukan zona waktu; tulis seperti Asia/Jakarta."),
        (("--week", "2026-W47", "--clock", "jam"), "'jam' tidak dikenal. Yang ada: answered, created, received."),
        (("--week", "2026-W47", "--percentile", "rata"), "'rata' tidak dikenal. Yang ada: nearest, linear."),
    ],
)  # fmt: skip
def test_each_mistake_gets_its_sentence(desk: Desk, words: tuple[str, ...], said: str) -> None:
    assert said in only_sentence(desk.run("report", "calls112", *words), 2)


def report(engine: Engine, choices: Choices | None = None, week: str = WEEK) -> WeeklyReport:
    with reading(engine) as connection:
        return weekly_report(connection, week, choices or Choices(zone=WIB))


def _mean(engine: Engine, choices: Choices, stage: str) -> Decimal | None:
    return next(s.mean for s in report(engine, choices).stages if s.stage == stage)


def _p90(engine: Engine) -> Decimal | None:
    return next(s.p90 for s in report(engine).stages if s.stage == "response")


def _kept_at(desk: Desk) -> Engine:
    monday = datetime(2026, 11, 16, 3, tzinfo=UTC)
    engine = desk.engine()
    keep(engine, [incident(monday, arrived=9), incident(monday, arrived=11, cancelled=True)])
    engine.dispose()
    return engine


@cache
def _week() -> list[dict[str, Any]]:
    """The rows of the list that began in the week, straight from the generator."""
    first = datetime.combine(MONDAY, datetime.min.time(), WIB)
    return [r for r in rows() if first <= r["Incident_Start_Time"] < first + timedelta(days=7)]  # type: ignore[operator]


def _seconds_of(begin: str, end: str) -> list[int]:
    known = [r for r in _week() if begin in r and end in r]
    return [int((r[end] - r[begin]).total_seconds()) for r in known]


def _printed(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
