"""Hours of work counted before are those of the logins themselves, whatever came in which order and ended when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from dashboard.formulas.agents_present import HOUR_S, Spell, staffed_by_hour
from dashboard.store.agent_spells import agent_spells, keep_agent_spells, spells_between
from dashboard.store.database import reading, writing
from dashboard.store.recount import recount_all
from dashboard.store.recount_due import recount_due
from dashboard.store.staffed_hours import staffed_days, staffed_hours
from datasources.calls112.records import AgentSpell

START = datetime(2026, 11, 20, 17, tzinfo=UTC)
"""00.00 WIB."""
NOW = START + timedelta(days=6)
MINUTES = st.integers(0, 5 * 24 * 60)
TOLD = st.tuples(st.sampled_from("ab"), st.sampled_from(["login", "pause"]), MINUTES, st.none() | st.integers(0, 3000))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(TOLD, max_size=8), min_size=1, max_size=4), st.integers(0, 60), st.integers(1, 5000))
def test_hours_of_work_are_the_same_counted_or_not(
    engine: Engine, batches: list[list[tuple[str, str, int, int | None]]], first: int, length: int
) -> None:
    empty(engine)
    span = (START + timedelta(hours=first), START + timedelta(hours=first, minutes=length))
    for place, batch in enumerate(batches):
        keep(engine, f"antrean {place % 2}", [spell(*told) for told in batch])
        if place % 2:
            recount_all(engine)
        assert np.array_equal(of(engine, *span), one_by_one(engine, *span))
    recount_all(engine)
    assert np.array_equal(of(engine, *span), one_by_one(engine, *span))


def test_a_login_that_was_forgotten_and_ends_later_is_taken_off_the_days_it_filled(engine: Engine) -> None:
    keep(engine, "antrean", [spell("a", "login", 60, None)])
    recount_all(engine)
    assert of(engine, START, NOW).sum() == (6 * 24 - 1) * HOUR_S
    keep(engine, "antrean", [spell("a", "login", 60, 60)])
    assert of(engine, START, NOW).sum() == HOUR_S, "also before the recount"
    recount_all(engine)
    assert of(engine, START, NOW).sum() == HOUR_S


def test_days_that_were_counted_need_no_logins(engine: Engine) -> None:
    keep(engine, "antrean", [spell("a", "login", 60, 90), spell("b", "login", 2000, 60)])
    recount_all(engine)
    with writing(engine) as connection:
        connection.execute(delete(agent_spells))
        assert connection.execute(select(staffed_days)).all()
    assert of(engine, START, START + timedelta(days=2)).sum() == 150 * 60


def empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in (agent_spells, staffed_days, recount_due):
            connection.execute(delete(table))


def spell(agent: str, kind: str, begin: int, length: int | None) -> AgentSpell:
    start = START + timedelta(minutes=begin)
    end = None if length is None else start + timedelta(minutes=length)
    return AgentSpell(agent, "112", kind, start, end)  # type: ignore[arg-type]


def keep(engine: Engine, source: str, spells: list[AgentSpell]) -> None:
    with writing(engine) as connection:
        keep_agent_spells(connection, source, spells, NOW)


def of(engine: Engine, start: datetime, end: datetime) -> np.ndarray:
    with reading(engine) as connection:
        return staffed_hours(connection, start, end)


def one_by_one(engine: Engine, start: datetime, end: datetime) -> list[int]:
    with reading(engine) as connection:
        rows = spells_between(connection, start, end)
    spells = [Spell(agent, kind, begin // 1000, over and over // 1000) for agent, kind, begin, over in rows]
    found = staffed_by_hour(spells, int(start.timestamp()), int(end.timestamp()))
    first = int(start.timestamp()) // HOUR_S
    return [found[hour] for hour in range(first, -(-int(end.timestamp()) // HOUR_S))]
