"""Nobody can be told by the code of a caller after 72 hours, whichever way the code came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from dashboard.store.call_classes import call_classes
from dashboard.store.calls112 import calls, incidents
from dashboard.store.database import reading, writing
from dashboard.store.forgetting import HASHES, forget_hashes
from dashboard.store.keep import keep
from dashboard.store.outbound_calls import outbound_calls
from dashboard.store.tables import TABLES
from dashboard.worker import Worker
from datasources.calls112.records import Call, CallClass, Incident, OutboundCall
from datasources.contract import Record

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CODE = "c0ffee" * 5


@pytest.mark.parametrize(("hours", "lives"), [(0, True), (71, True), (72, True), (73, False), (9000, False)])
def test_a_code_kept_later_than_72_hours_is_not_kept(engine: Engine, hours: int, lives: bool) -> None:
    put(engine, everything(NOW - timedelta(hours=hours)), NOW)
    assert codes(engine) == ([CODE] * 5 if lives else [])
    assert rows(engine) == 5


def test_an_event_about_an_old_incident_brings_no_code_back(engine: Engine) -> None:
    old = NOW - timedelta(hours=100)
    put(engine, [Incident("1", old, "ULAR", caller_hash=CODE, as_of=NOW)], NOW)
    assert codes(engine) == []


def test_what_has_become_older_than_72_hours_is_emptied_and_the_rest_stays(engine: Engine) -> None:
    put(engine, everything(NOW - timedelta(hours=1)), NOW)
    until, emptied = forget_hashes(engine, NOW + timedelta(hours=71))
    assert (emptied, codes(engine)) == (0, [CODE] * 5)
    until, emptied = forget_hashes(engine, NOW + timedelta(hours=72), until)
    assert (emptied, codes(engine), rows(engine)) == (5, [], 5)
    assert forget_hashes(engine, NOW + timedelta(hours=72), until) == (until, 0)


def test_an_office_may_forget_sooner(engine: Engine) -> None:
    put(engine, everything(NOW - timedelta(hours=25)), NOW)
    assert forget_hashes(engine, NOW, kept_for=timedelta(hours=24))[1] == 5
    assert codes(engine) == []


def test_after_a_long_pause_years_are_emptied_a_month_at_a_time(engine: Engine) -> None:
    old = NOW - timedelta(days=400)
    put(engine, everything(old), old)
    put(engine, [Call("young", "112", NOW, caller_hash=CODE)], NOW)
    rounds, since = 0, None
    while since != NOW - timedelta(hours=72):
        since, _ = forget_hashes(engine, NOW, since)
        rounds += 1
    assert rounds == 13
    assert codes(engine) == [CODE]


def test_a_call_of_which_only_the_end_is_known_is_forgotten_too(engine: Engine) -> None:
    put(engine, [Call("1", "112", t_end=NOW, caller_hash=CODE)], NOW)
    assert forget_hashes(engine, NOW + timedelta(hours=74), NOW)[1] == 1
    assert codes(engine) == []


def test_every_column_with_a_code_is_on_the_list() -> None:
    there = {column for table in TABLES for column in table.c if column.name in ("caller_hash", "called_hash")}
    assert there == {code for _, _, code in HASHES}


def test_the_worker_forgets_once_an_hour(engine: Engine) -> None:
    worker = Worker(engine, [], keep_hashes_for=timedelta(hours=24))
    put(engine, everything(NOW), NOW)
    worker.measure_changed(NOW + timedelta(hours=23, minutes=59))
    assert codes(engine) == [CODE] * 5
    worker.measure_changed(NOW + timedelta(hours=24, minutes=30))
    assert codes(engine) == [CODE] * 5, "looked half an hour ago"
    worker.measure_changed(NOW + timedelta(hours=25))
    assert codes(engine) == []


def everything(moment: datetime) -> list[Record]:
    return [
        Call("1", "112", moment, caller_hash=CODE),
        CallClass("1", moment, "prank", CODE),
        OutboundCall("2", moment, CODE),
        Incident("1", moment, "ULAR", caller_hash=CODE),
        Incident("2", moment, "ULAR", caller_hash=CODE, as_of=moment),
    ]


def put(engine: Engine, records: Sequence[Record], known_at: datetime) -> None:
    with writing(engine) as connection:
        keep(connection, "antrean", records, known_at)


def codes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [c for _, _, column in HASHES for c in connection.execute(select(column)).scalars() if c is not None]


def rows(engine: Engine) -> int:
    tables = (calls, incidents, call_classes, outbound_calls)
    with reading(engine) as connection:
        return sum(len(connection.execute(select(table.c.known_at)).all()) for table in tables)
