"""Rows kept twice are kept once, by executemany and by COPY alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from dashboard.store import calls112
from dashboard.store.database import reading, writing
from datasources.calls112.records import Call

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
FEW, MANY = 3, 1200


@pytest.mark.parametrize("count", [FEW, MANY])
def test_keeping_the_same_calls_twice_changes_nothing(engine: Engine, count: int) -> None:
    for _ in range(2):
        keep(engine, [call(i) for i in range(count)])
    assert how_many(engine) == count


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_is_not_known_never_erases_what_is_known(engine: Engine, count: int) -> None:
    keep(engine, [call(i) for i in range(count)])
    keep(engine, [call(i, t_enter=None, t_answer=NOON, outcome="answered", wait_s=4) for i in range(count)])
    with reading(engine) as connection:
        rows = calls112.calls_between(connection, NOON, NOON + timedelta(hours=1))
    assert {(outcome, wait) for _, outcome, wait, _ in rows} == {("answered", 4)}
    assert len(rows) == count


@pytest.mark.parametrize("count", [FEW, MANY])
def test_one_known_call_among_new_ones_undoes_nothing_of_the_same_transaction(engine: Engine, count: int) -> None:
    with writing(engine) as connection:
        calls112.keep_calls(connection, "antrean", [call(i) for i in range(count)], NOON)
        calls112.keep_calls(connection, "antrean", [call(i) for i in range(count - 1, 2 * count)], NOON)
    assert how_many(engine) == 2 * count


def test_hours_are_counted_by_their_start(engine: Engine) -> None:
    keep(engine, [call(0), call(1), call(2, t_enter=NOON + timedelta(minutes=61))])
    with reading(engine) as connection:
        counts = calls112.hourly_counts(connection, NOON, NOON + timedelta(hours=3))
    assert counts == {NOON: 2, NOON + timedelta(hours=1): 1}


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(Exception, match=r"time zone|naive"):
        keep(engine, [call(1, t_enter=datetime(2026, 11, 23))])  # noqa: DTZ001


def keep(engine: Engine, calls: list[Call]) -> None:
    with writing(engine) as connection:
        calls112.keep_calls(connection, "antrean", calls, NOON)


def how_many(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(calls112.calls)).scalar_one()


def call(number: int, **given: object) -> Call:
    defaults: dict[str, object] = {"call_id": f"{number}.1", "queue": "112", "t_enter": NOON}
    return Call(**{**defaults, **given})  # type: ignore[arg-type]
