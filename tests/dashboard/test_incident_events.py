"""Events of one incident in any order, with repetitions, kept in any number of batches, end in the same row."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from dashboard.store import calls112
from dashboard.store.database import reading, writing
from datasources.calls112.records import Incident

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
moments = st.none() | st.integers(0, 5).map(lambda m: NOON + timedelta(minutes=m, microseconds=m * 700))
lives = st.sampled_from([None, "baru", "diterima", "diproses", "selesai", "batal", "lain"])
events = st.builds(
    Incident,
    incident_id=st.just("T-1"),
    as_of=st.integers(0, 3).map(lambda s: NOON + timedelta(seconds=s, microseconds=s * 300)),
    t_received=st.sampled_from([NOON, NOON - timedelta(minutes=1)]),
    category_raw=st.sampled_from(["", "Kebakaran", "Banjir"]),
    opd=st.sampled_from([None, "Damkar", "BPBD"]),
    lat=st.sampled_from([None, -7.5, -7.6000000001]),
    n_calls=st.sampled_from([None, 1, 12]),
    t_arrived=moments,
    t_closed=moments,
    status=lives,
    class_raw=st.sampled_from([None, "darurat"]),
    caller_hash=st.sampled_from([None, "a" * 32, "b" * 32]),
).map(lambda e: replace(e, lon=None if e.lat is None else 112.5, cancelled=e.status == "batal"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(events, min_size=1, max_size=6), data=st.data())
def test_any_order_and_repetition_ends_in_the_same_row(
    engine: Engine, told: list[Incident], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(told), max_size=4))
    shuffled = data.draw(st.permutations([*told, *again]))
    cut = data.draw(st.integers(0, len(shuffled)))
    assert row_after(engine, told) == row_after(engine, shuffled[:cut], shuffled[cut:])
    assert row_after(engine, told) == row_after(engine, *([event] for event in shuffled))


def test_an_older_event_never_overwrites_a_newer_one_but_fills_its_gaps(engine: Engine) -> None:
    done = event(9, status="selesai", t_closed=NOON + timedelta(minutes=40))
    taken = event(2, status="diterima", t_acknowledged=NOON + timedelta(minutes=2), opd="Damkar")
    row = row_after(engine, [done], [taken])
    assert (row["status"], row["t_closed"]) == ("selesai", NOON + timedelta(minutes=40))
    assert (row["t_acknowledged"], row["opd"]) == (NOON + timedelta(minutes=2), "Damkar")
    assert row["as_of"] == NOON + timedelta(minutes=9)


def test_a_newer_event_replaces_what_it_knows_and_leaves_the_rest(engine: Engine) -> None:
    row = row_after(engine, [event(1, opd="Damkar", category_raw="Banjir")], [event(2, opd="BPBD", category_raw="")])
    assert (row["opd"], row["category_raw"]) == ("BPBD", "Banjir")


def test_a_gap_is_filled_by_the_newest_of_the_older_events(engine: Engine) -> None:
    last, first, second = event(9), event(1, opd="Damkar"), event(2, opd="BPBD")
    assert row_after(engine, [last], [first], [second])["opd"] == "BPBD"
    assert row_after(engine, [last], [second], [first])["opd"] == "BPBD"


def test_a_cancelled_ticket_that_goes_on_is_no_longer_cancelled(engine: Engine) -> None:
    batal, on = event(1, status="batal", cancelled=True), event(2, status="diproses")
    assert row_after(engine, [on], [batal])["cancelled"] is False
    assert row_after(engine, [batal], [event(2)])["cancelled"] is True, "an event without a status says nothing of it"


def test_of_one_moment_the_later_stage_of_life_counts(engine: Engine) -> None:
    both = [event(1, status="selesai"), event(1, status="diproses")]
    assert row_after(engine, both)["status"] == row_after(engine, both[::-1])["status"] == "selesai"


@pytest.mark.parametrize("count", [1, 700])
def test_without_a_time_the_newest_version_replaces_the_old(engine: Engine, count: int) -> None:
    source = uuid.uuid4().hex
    for opd, closed in (("Damkar", NOON), ("BPBD", None)):
        keep(engine, source, [plain(f"T-{n}", opd=opd, t_closed=closed) for n in range(count)])
    with reading(engine) as connection:
        rows = connection.execute(select(calls112.incidents).where(calls112.incidents.c.source == source)).all()
    assert {(r.opd, r.t_closed, r.as_of) for r in rows} == {("BPBD", None, None)}
    assert len(rows) == count


def test_an_event_goes_over_what_was_kept_without_a_time(engine: Engine) -> None:
    row = row_after(engine, [plain("T-1", opd="Damkar", status="selesai")], [event(1, status="diproses")])
    assert (row["opd"], row["status"], row["as_of"]) == ("Damkar", "diproses", NOON + timedelta(minutes=1))


def test_what_is_kept_is_read_as_it_was_told(engine: Engine) -> None:
    told = event(1, class_raw="darurat", first_call_id="17.2", caller_hash="c" * 32, n_calls=2)
    keep(engine, "webhook", [told])
    with reading(engine) as connection:
        assert calls112.incidents_between(connection, NOON, NOON + timedelta(minutes=1)) == [told]


def row_after(engine: Engine, *batches: list[Incident]) -> dict[str, Any]:
    """What stands in the store once the batches were kept, each in a transaction of its own; not when it was changed,
    for that is the history of how it came.
    """
    source = uuid.uuid4().hex
    for batch in batches:
        keep(engine, source, batch)
    with reading(engine) as connection:
        rows = connection.execute(select(calls112.incidents).where(calls112.incidents.c.source == source)).mappings()
        (row,) = [{name: value for name, value in row.items() if name not in ("source", "restated_at")} for row in rows]
    return row


def keep(engine: Engine, source: str, records: list[Incident]) -> None:
    with writing(engine) as connection:
        calls112.keep_incidents(connection, source, records, NOON)


def plain(incident_id: str, **given: Any) -> Incident:
    return Incident(**{"incident_id": incident_id, "t_received": NOON, "category_raw": "Kebakaran", **given})


def event(minute: int, **given: Any) -> Incident:
    return plain("T-1", as_of=NOON + timedelta(minutes=minute), **given)
