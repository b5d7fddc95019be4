"""What the page said of a source at any moment is what `?at=` says of that moment afterwards."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from dashboard import clock
from dashboard.briefings.compose import Order, compose
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.read import source_states
from dashboard.ingestion import run
from dashboard.store.database import reading, writing
from dashboard.store.source_history import NOTED_TO, source_history, thin
from dashboard.store.source_states import SourceState, Told
from datasources.contract import Batch, Refused
from datasources.registry import ConfiguredSource
from tests.dashboard.scripted import NOON, Scripted, call, source

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
CONTRACTS = [(30, None), (30, 120), (600, 900), (3600, 600)]
"""Seconds after which answers are stale, and data."""


class Life:
    """Sources as a room lives with them: a clock that only this test moves, and what the page said meanwhile."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch, *contracts: tuple[int, int | None]) -> None:
        self.engine, self.now = engine, NOON
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.sources = [made(f"s{place}", *contract) for place, contract in enumerate(contracts)]
        run.begin(engine, self.sources)

    def wait(self, span: timedelta) -> None:
        self.now += span

    def batch(self, one: ConfiguredSource, age: timedelta, refused: int = 0) -> None:
        minute = (self.now - age - NOON) / MINUTE
        run.keep_batch(self.engine, one, Batch((call(minute),), (Refused("x", "salah"),) * refused))

    def states(self, at: datetime | None = None) -> dict[str, SourceState]:
        with reading(self.engine) as connection:
            return {s.id: s for s in source_states(connection, self.sources, at)}

    def rows(self) -> int:
        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(source_history)).scalar_one())


@pytest.mark.parametrize("seed", range(4))
def test_the_word_of_any_moment_is_the_word_the_page_had_then(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    life = Life(engine, monkeypatch, *CONTRACTS)
    seen: list[tuple[datetime, dict[str, SourceState]]] = []
    for _ in range(150):
        life.wait(SECOND * chance.choice([1, 3, 10, 10, 10, 45, 130, 700]))
        seen.append((life.now, life.states()))
        life.wait(timedelta(milliseconds=chance.choice([1, 20, 900])))
        for one in chance.sample(life.sources, chance.choice([0, 1, 3, 4])):
            happens(life, one, chance)
    life.wait(timedelta(hours=5))
    for at, live in seen:
        then = life.states(at)
        assert words(then, at) == words(live, at)
        for name, state in live.items():
            assert then[name].told is Told.NOTED
            assert_near(then[name], state)


def happens(life: Life, one: ConfiguredSource, chance: random.Random) -> None:
    event = chance.choice(["answer", "answer", "batch", "old", "fail", "fail twice"])
    if event in ("batch", "old"):
        life.batch(one, SECOND * (chance.choice([0, 2]) if event == "batch" else chance.randrange(2000)))
    if event.startswith("fail"):
        for _ in event.split():
            run.failed(life.engine, one, chance.choice(["tidak menjawab", "salah sandi"]), "")
    else:
        run.answered(life.engine, one)


def words(states: dict[str, SourceState], at: datetime) -> dict[str, tuple[FreshState, bool, datetime | None]]:
    """The word, whether it fails, and since when: all of it exact."""
    return {name: (s.freshness(at).state, s.failures_in_row > 0, s.broken_since) for name, s in states.items()}


def assert_near(then: SourceState, live: SourceState) -> None:
    for name in ("answered_at", "newest_data_at"):
        told, was = getattr(then, name), getattr(live, name)
        assert (told is None) is (was is None)
        assert told is None or abs(told - was) <= NOTED_TO, name


def test_a_silent_source_turns_late_and_lost_at_the_very_second_it_did(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(engine, monkeypatch, (60, None))
    for _ in range(30):
        run.answered(engine, life.sources[0])
        life.wait(10 * SECOND)
    last = life.now - 10 * SECOND
    life.wait(timedelta(hours=1))
    run.answered(engine, life.sources[0])
    life.wait(timedelta(hours=1))
    seen = {s: life.states(last + s * SECOND)["s0"].freshness(last + s * SECOND).state for s in (0, 60, 61, 120, 121)}
    assert seen == {0: "segar", 60: "segar", 61: "terlambat", 120: "terlambat", 121: "putus"}


def test_what_failed_then_says_so_and_what_fails_today_is_not_told_of_then(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(engine, monkeypatch, (600, None))
    run.answered(engine, life.sources[0])
    life.wait(MINUTE)
    run.failed(engine, life.sources[0], "sandi ditolak", "")
    broken = life.now
    life.wait(2 * MINUTE)
    run.answered(engine, life.sources[0])
    life.wait(30 * MINUTE)
    run.failed(engine, life.sources[0], "hari ini gagal", "")
    life.wait(30 * MINUTE)
    told = {m: life.states(NOON + m * MINUTE)["s0"] for m in (0, 2, 20)}
    assert [(s.failures_in_row, s.last_error) for s in told.values()] == [(0, ""), (1, "sandi ditolak"), (0, "")]
    assert told[2].broken_since == broken


def test_a_moment_is_judged_by_the_contract_of_then_and_a_source_of_today_did_not_stand_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(engine, monkeypatch, (60, None))
    run.answered(engine, life.sources[0])
    life.wait(timedelta(hours=2))
    life.sources = [replace(life.sources[0], stale_after=timedelta(hours=9)), made("baru", 60, None)]
    run.begin(engine, life.sources)
    at = NOON + 90 * SECOND
    assert {name: s.freshness(at).state for name, s in life.states(at).items()} == {"s0": "terlambat"}


def test_before_the_history_began_the_spells_of_answering_are_all_that_is_known(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(engine, monkeypatch, (60, None))
    run.failed(engine, life.sources[0], "gagal", "")
    before = life.states(NOON - MINUTE)["s0"]
    assert (before.told, before.failures_in_row, before.answered_at) == (Told.SPELLS, 0, None)


def test_a_day_of_a_good_source_is_a_row_every_five_minutes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(engine, monkeypatch, (60, None))
    for _ in range(6 * 60):
        life.wait(10 * SECOND)
        run.answered(engine, life.sources[0])
    assert life.rows() == 1 + 1 + 11, "set up, the first answer, one for each five minutes that are over"


def test_refusals_and_rows_are_counted_as_they_were_known(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(engine, monkeypatch, (60, None))
    life.batch(life.sources[0], MINUTE, refused=3)
    life.wait(timedelta(hours=1))
    life.batch(life.sources[0], MINUTE, refused=5)
    life.wait(timedelta(hours=1))
    then = life.states(NOON + 30 * MINUTE)["s0"]
    assert (then.rows_total, then.refused_total) == (1, 3)


def test_the_briefing_names_who_was_late_at_its_time_with_the_refusals_of_then(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(engine, monkeypatch, (60, None))
    life.batch(life.sources[0], MINUTE, refused=3)
    run.answered(engine, life.sources[0])
    life.wait(timedelta(hours=2))
    as_of = life.now
    life.wait(timedelta(hours=1))
    life.batch(life.sources[0], MINUTE, refused=5)
    run.answered(engine, life.sources[0])
    life.wait(MINUTE)
    with reading(engine) as connection:
        made = compose(connection, life.sources, Order(clock.week_start(as_of), as_of))
    assert [(line.id, str(line.state), line.refused) for line in made.sources] == [("s0", "putus", 3)]


def test_old_rows_are_thinned_to_the_last_of_each_hour(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(engine, monkeypatch, (60, None))
    for _ in range(24):
        life.wait(10 * MINUTE)
        run.answered(engine, life.sources[0])
    with writing(engine) as connection:
        assert thin(connection, NOON + timedelta(days=59)) == 0
        assert thin(connection, NOON + timedelta(days=70)) == 25 - 5


def made(name: str, stale_s: int, silent_s: int | None) -> ConfiguredSource:
    silent = None if silent_s is None else timedelta(seconds=silent_s)
    return replace(source(Scripted([])), id=name, stale_after=timedelta(seconds=stale_s), silent_after=silent)
