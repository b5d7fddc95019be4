"""Who rings 112 in the simulated regency, who answers, and what a storm does to both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from datasources.demo import ringing, roster, run, storms, volume
from datasources.demo.calls import calls_of_hour
from datasources.demo.tickets import tickets_of_hour
from datasources.demo.world import HOUR, SEED, hour_of, month_of
from tests.datasources.demo_regency import DAY, START, days_of_year, hours_of, incidents_of_day


@pytest.fixture
def only_storms_of_chance() -> Iterator[None]:
    """What a test orders is withdrawn, also from what was remembered of those hours."""
    yield
    storms.withdraw_orders()
    calls_of_hour.cache_clear()


def test_a_day_has_the_size_of_a_peer_of_mojokerto() -> None:
    calls = [sum(len(calls_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet_days()]
    assert sorted(calls)[len(calls) // 20] >= 60
    assert sorted(calls)[-len(calls) // 20] <= 120
    assert 3 <= median(len(incidents_of_day(d)) for d in quiet_days()) <= 8
    fates = Counter(c.outcome for d in quiet_days() for h in hours_of(d) for c in calls_of_hour(SEED, h))
    assert 0.88 < fates["answered"] / fates.total() < 0.94


def test_the_calls_of_ordinary_days_vary_twice_as_much_as_poisson() -> None:
    calls = [sum(len(calls_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet_days()]
    usual = [sum(map(volume.usual_calls, hours_of(d))) for d in quiet_days()]
    level = sum(calls) / sum(usual)
    phi = sum((n - level * m) ** 2 / (level * m) for n, m in zip(calls, usual, strict=True)) / (len(calls) - 1)
    assert 1.6 < phi < 2.5


def test_more_than_half_of_what_is_answered_is_nuisance_and_less_than_a_tenth_is_real() -> None:
    written = Counter(t.written_as for d in quiet_days() for h in hours_of(d) for t in tickets_of_hour(SEED, h))
    share = {word: n / written.total() for word, n in written.items()}
    assert 0.5 < share["Prank"] + share["Ghost"] + share["Salah sambung"] < 0.6
    assert 0.06 < share["Normal"] + share["Laporan ganda"] < 0.1
    assert share["Prank"] < share["Informasi"] < share["Ghost"]


def test_a_storm_brings_six_times_the_calls_of_such_hours() -> None:
    stormy = [hour for day in days_of_year() for hour in hours_of(day) if storms.storm_at(SEED, hour)]
    calls = sum(len(calls_of_hour(SEED, hour)) for hour in stormy)
    assert 5.5 <= calls / sum(map(volume.usual_calls, stormy)) <= 6.7


def test_any_sixty_days_hold_a_storm_and_storms_stay_rare() -> None:
    stormy = [d for d in range(days_of_year()[0], days_of_year()[0] + 3650) if storms.storm_of_day(SEED, d)]
    assert max(later - earlier for earlier, later in pairwise(stormy)) <= 60
    assert {month_of(d) for d in stormy} == set(range(1, 13))
    assert len(stormy) / 3650 < 0.06


@pytest.mark.usefixtures("only_storms_of_chance")
def test_an_ordered_storm_adds_calls_from_that_second_on_and_changes_none_of_before() -> None:
    hour = next(midnight for day in days_of_year() if storms.storm_of_day(SEED, day) is None
                for midnight in [hours_of(day)[0]])  # fmt: skip
    since = hour * HOUR + 1800
    before = [ringing.ringing_in(SEED, h) for h in (hour, hour + 1)]
    storms.order(SEED, since)
    after = [ringing.ringing_in(SEED, h) for h in (hour, hour + 1)]
    assert set(before[0]) < set(after[0])
    assert all(r.enter >= since for r in set(after[0]) - set(before[0]))
    assert sum(map(len, after)) > sum(map(len, before)) + 4


@pytest.mark.parametrize(("asked", "storms_kept"), [("1", 1), ("0", 0), ("", 0)])
@pytest.mark.usefixtures("only_storms_of_chance")
def test_a_storm_is_ordered_by_the_environment_once_and_remembered_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: str, storms_kept: int
) -> None:
    monkeypatch.setenv("DEMO_STORM", asked)
    for moment in (START, START + 60):
        run._order_storms(tmp_path / "badai", moment)
    assert (storms.storm_at(SEED, hour_of(START)) is not None) == bool(storms_kept)
    assert capsys.readouterr().out.count("badai 3 jam dimulai; panggilan 112 menjadi 6 kali") == storms_kept
    storms.withdraw_orders()
    monkeypatch.delenv("DEMO_STORM")
    run._order_storms(tmp_path / "badai", START + 120)
    assert (storms.storm_at(SEED, hour_of(START)) is not None) == bool(storms_kept)


def test_nobody_talks_to_two_callers_at_once_or_in_somebody_elses_shift() -> None:
    for day in list(days_of_year())[:60]:
        for hour in hours_of(day):
            until: dict[str, int] = {}
            for call in calls_of_hour(SEED, hour):
                if call.outcome == "answered":
                    assert call.answered_at >= until.get(call.agent, 0)
                    until[call.agent] = call.ended_at
                    assert call.agent in roster.shift_at(hour).agents + roster.shift_at(hour + 1).agents


@pytest.mark.parametrize(("wib", "present"), [(3, 1), (8, 3), (16, 2), (22, 2), (23, 1)])
def test_three_shifts_of_three_two_and_one(wib: int, present: int) -> None:
    hour = hours_of(days_of_year()[3])[wib]
    assert len(roster.on_duty(hour * HOUR + 1)) == present


def test_breaks_leave_somebody_at_the_telephone_by_day() -> None:
    for moment in range(START, START + 7 * DAY, 300):
        alone = len(roster.shift_at(hour_of(moment)).agents) == 1
        assert alone or roster.on_duty(moment)


def quiet_days() -> list[int]:
    return [d for d in days_of_year() if storms.storm_of_day(SEED, d) is None]
