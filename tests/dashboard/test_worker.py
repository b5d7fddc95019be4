"""The worker measures what changed, when it changed, and only one worker leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store import calls112, changes, measurements
from dashboard.store.database import reading, writing
from dashboard.store.leader import NotLeader, leadership
from dashboard.worker import Worker
from datasources.calls112.records import Call

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_a_new_call_is_measured_at_once_and_nothing_else_is(engine: Engine) -> None:
    worker = Worker(engine, [])
    worker.measure_changed(NOON)
    keep(engine, Call("1.1", "112", NOON, outcome="answered", wait_s=4))
    worker.measure_changed(NOON + timedelta(seconds=1))
    with reading(engine) as connection:
        known = measurements.as_of(connection, NOON + timedelta(seconds=1), list(CATALOGUE))
    new = {i for i, m in known.items() if m.known_at > NOON}
    assert "calls112.offered_today" in new
    assert not any(i.startswith(("spbe", "air", "weather")) for i in new)
    assert known["calls112.service_level"].value == 100


def test_nothing_is_appended_while_nothing_changes(engine: Engine) -> None:
    worker = Worker(engine, [])
    assert worker.measure_changed(NOON) > 0
    assert worker.measure_changed(NOON + timedelta(seconds=16)) <= 1


def test_only_one_worker_leads(engine: Engine) -> None:
    with leadership(engine), pytest.raises(NotLeader), leadership(engine):
        pass
    with leadership(engine):
        pass


def keep(engine: Engine, *calls: Call) -> None:
    with writing(engine) as connection:
        calls112.keep_calls(connection, "antrean", calls, NOON)
        changes.announce(connection, ["calls"], NOON)
