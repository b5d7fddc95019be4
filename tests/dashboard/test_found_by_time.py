"""What is asked by time or by closing is found by it: with ten years in the store nothing walks through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from dashboard.store.agent_spells import spells_between
from dashboard.store.calls112 import keep_calls, keep_incidents
from dashboard.store.database import metadata, open_database, writing
from dashboard.store.incident_cases import open_cases
from dashboard.store.recount import COUNTS
from dashboard.store.recount_due import Due
from dashboard.store.tables import TABLES
from datasources.calls112.records import Call, Incident

assert TABLES
DAY = datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """Without statistics, as SQLite is in use."""
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("what", "own", "hourly"),
    [
        ("calls", "calls_by_time", "call_hours_by_time"),
        ("call_classes", "call_classes_by_time", "class_hours_by_time"),
    ],
)
def test_a_recount_finds_its_rows_by_their_time(sqlite: Engine, what: str, own: str, hourly: str) -> None:
    with writing(sqlite) as connection:
        plans = plans_of(
            connection, lambda: COUNTS[what](connection, Due(what, "antrean", DAY, DAY + timedelta(days=1)))
        )
    read = [plan for statement, plan in plans if statement.startswith("INSERT")]
    assert read
    assert all(f"USING INDEX {own}" in plan or f"USING INDEX {hourly}" in plan for plan in read)


def test_the_incidents_of_a_day_are_packed_without_a_look_at_the_others(sqlite: Engine) -> None:
    piece = Due("incidents", "kasus", DAY, DAY + timedelta(days=1))
    with writing(sqlite) as connection:
        plans = plans_of(connection, lambda: COUNTS["incidents"](connection, piece))
    read = [plan for statement, plan in plans if "FROM incidents" in statement]
    assert read
    assert all("USING INDEX incidents_by_time" in plan for plan in read)


def test_a_call_finds_the_incidents_that_began_with_it_by_its_number(sqlite: Engine) -> None:
    with writing(sqlite) as connection:
        keep_incidents(connection, "kasus", [Incident("1", DAY, "KEBAKARAN", first_call_id="p1")], DAY)
        call = Call("p1", "112", t_enter=DAY)
        plans = plans_of(connection, lambda: keep_calls(connection, "antrean", [call], DAY))
    (plan,) = [plan for statement, plan in plans if "first_call_id IN" in statement]
    assert "USING INDEX incidents_by_first_call" in plan
    assert "SCAN incidents" not in plan


def test_spells_of_agents_are_found_by_their_end(sqlite: Engine) -> None:
    with writing(sqlite) as connection:
        ((_, plan),) = plans_of(connection, lambda: spells_between(connection, DAY, DAY + timedelta(days=1)))
    assert "USING INDEX agent_spells_by_end" in plan
    assert "SCAN agent_spells" not in plan


def test_open_incidents_are_found_by_their_closing(sqlite: Engine) -> None:
    with writing(sqlite) as connection:
        ((_, plan),) = plans_of(connection, lambda: open_cases(connection, DAY))
    assert "USING INDEX incidents_open (t_closed=?)" in plan
    assert "SCAN incidents" not in plan


def plans_of(connection: Connection, run: Any) -> list[tuple[str, str]]:
    """The statements that were run, with how SQLite finds their rows."""
    told: list[tuple[str, Any]] = []
    note = lambda c, cursor, statement, values, *rest: told.append((statement, values))  # noqa: E731
    event.listen(connection, "before_cursor_execute", note)
    run()
    event.remove(connection, "before_cursor_execute", note)
    cursor = connection.connection.cursor()
    found = []
    for statement, values in told:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if isinstance(values, list) else values)
        found.append((statement, "; ".join(row[3] for row in cursor.fetchall())))
    return found
