"""A cdr table says when somebody rang, hardly ever whether anybody answered, and never who it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from datasources.calls112.cdr import Cdr
from datasources.calls112.records import Call, OutboundCall
from datasources.privacy import caller_hash
from tests.datasources.telephone_database import KEY, Reading, TelephoneDatabase, leg, telephone_database

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE_FIFTEEN = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
CALLER = caller_hash("081234567890", KEY.encode())
OUT = {
    "src": "2001", "dst": "081234567890", "dcontext": "from-internal", "lastapp": "Dial", "did": "",
    "dstchannel": "PJSIP/telkom-0007", "uniqueid": "1795400300.1", "linkedid": "1795400300.1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("mariadb", marks=pytest.mark.mariadb),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def cdr(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TelephoneDatabase]:
    """Their table on each kind of database."""
    with telephone_database(request.param, tmp_path) as made:
        made.make_cdr()
        yield made


@pytest.fixture
def sqlite_cdr(tmp_path: Path) -> Iterator[TelephoneDatabase]:
    with telephone_database("sqlite", tmp_path) as made:
        made.make_cdr()
        yield made


def test_an_answered_queue_call_ended_and_nothing_more_is_known(cdr: TelephoneDatabase) -> None:
    cdr.add("cdr", **leg())
    assert reading(cdr).fetch() == [
        Call("1795400100.1", "112", t_enter=NINE_FIFTEEN, t_end=NINE_FIFTEEN + timedelta(seconds=30),
             outcome="unknown", caller_hash=CALLER)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dispositions", "outcome"),
    [
        (["NO ANSWER"], "abandoned"),
        (["NO ANSWER", "BUSY"], "abandoned"),
        (["BUSY"], "timeout"),
        (["FAILED", "CONGESTION"], "timeout"),
        (["NO ANSWER", "ANSWERED"], "unknown"),
    ],
)
def test_only_a_call_without_any_answered_leg_was_certainly_not_answered(
    sqlite_cdr: TelephoneDatabase, dispositions: list[str], outcome: str
) -> None:
    for number, disposition in enumerate(dispositions):
        sqlite_cdr.add("cdr", **leg(disposition=disposition, uniqueid=f"1795400100.{number}", sequence=number))
    (call,) = reading(sqlite_cdr).fetch()
    assert isinstance(call, Call)
    assert (call.outcome, call.wait_s, call.talk_s) == (outcome, None, None)


def test_the_legs_of_one_call_are_one_call(cdr: TelephoneDatabase) -> None:
    cdr.add("cdr", **leg(duration=40))
    agent = {"lastapp": "Dial", "did": "", "dst": "2001", "dcontext": "from-internal"}
    cdr.add("cdr", **leg(calldate="2026-11-23 09:15:10", uniqueid="1795400110.2", duration=25, **agent))
    (call,) = reading(cdr, outbound_contexts=["from-internal"]).fetch()
    assert isinstance(call, Call)
    assert (call.t_enter, call.t_end) == (NINE_FIFTEEN, NINE_FIFTEEN + timedelta(seconds=40))


def test_a_caller_who_enters_two_queues_is_two_calls(sqlite_cdr: TelephoneDatabase) -> None:
    sqlite_cdr.add("cdr", **leg())
    sqlite_cdr.add("cdr", **leg(calldate="2026-11-23 09:15:30", dst="113", uniqueid="1795400100.1", sequence=2))
    calls = reading(sqlite_cdr).fetch()
    assert [(c.call_id, c.queue) for c in calls if isinstance(c, Call)] == [
        ("1795400100.1", "112"),
        ("1795400100.1", "113"),
    ]


@pytest.mark.parametrize("blank", [None, "", " ", "-"])
def test_blank_keys_never_make_two_calls_one(sqlite_cdr: TelephoneDatabase, blank: str | None) -> None:
    for number in range(3):
        sqlite_cdr.add("cdr", **leg(linkedid=blank, uniqueid=blank, sequence=number))
    sqlite_cdr.add("cdr", **leg(linkedid=blank, uniqueid="1795400100.9"))
    follower = reading(sqlite_cdr)
    ids = {call.call_id for call in follower.fetch() if isinstance(call, Call)}
    assert len(ids) == 4
    assert "1795400100.9" in ids
    assert follower.fetch() == []


def test_without_the_column_linkedid_rows_of_one_uniqueid_are_one_call(tmp_path: Path) -> None:
    with telephone_database("sqlite", tmp_path) as old:
        old.make_cdr(linkedid=False)
        for uniqueid in ("1795400100.1", "1795400100.1", "1795400100.2"):
            old.add("cdr", **{k: v for k, v in leg(uniqueid=uniqueid).items() if k != "linkedid"})
        assert [c.call_id for c in reading(old).fetch() if isinstance(c, Call)] == ["1795400100.1", "1795400100.2"]


def test_a_call_to_the_did_that_reached_no_queue_is_a_call_of_that_line(sqlite_cdr: TelephoneDatabase) -> None:
    sqlite_cdr.add("cdr", **leg(did="112", dst="s", lastapp="Congestion", disposition="CONGESTION"))
    sqlite_cdr.add("cdr", **leg(did="0321555000", dst="800", uniqueid="1795400101.2", linkedid="1795400101.2"))
    (call,) = reading(sqlite_cdr, inbound_dids=["112"]).fetch()
    assert isinstance(call, Call)
    assert (call.queue, call.outcome) == ("112", "timeout")


@pytest.mark.parametrize(
    ("options", "cells", "answered"),
    [
        ({"outbound_contexts": ["from-internal"]}, {}, True),
        ({"outbound_trunks": ["PJSIP/telkom"]}, {}, True),
        ({"outbound_contexts": ["from-internal"]}, {"billsec": 0}, False),
        ({"outbound_contexts": ["from-internal"]}, {"disposition": "BUSY"}, False),
        ({"outbound_contexts": ["from-internal"], "dial_prefix": "9"}, {"dst": "9081234567890"}, True),
        ({"outbound_contexts": ["from-internal"]}, {"dst": "2002"}, None),
        ({"outbound_contexts": ["dari-piket"]}, {}, None),
        ({"outbound_trunks": ["PJSIP/indosat"]}, {}, None),
        ({}, {}, None),
    ],
)
def test_what_the_centre_rang_and_whether_somebody_answered(
    sqlite_cdr: TelephoneDatabase, options: dict[str, Any], cells: dict[str, Any], answered: bool | None
) -> None:
    sqlite_cdr.add("cdr", **leg(**{**OUT, **cells}))
    expected = [] if answered is None else [OutboundCall("1795400300.1", NINE_FIFTEEN, CALLER, answered)]
    assert reading(sqlite_cdr, **options).fetch() == expected


def test_two_trunks_tried_are_one_outbound_call(cdr: TelephoneDatabase) -> None:
    cdr.add("cdr", **leg(**{**OUT, "disposition": "CONGESTION", "billsec": 0}))
    cdr.add("cdr", **leg(**{**OUT, "calldate": "2026-11-23 09:15:02", "sequence": 2}))
    follower = reading(cdr, outbound_contexts=["from-internal"], outbound_trunks=["PJSIP/"])
    assert follower.fetch() == [OutboundCall("1795400300.1", NINE_FIFTEEN, CALLER, True)]


def test_a_row_written_late_is_found_and_what_is_known_is_not_repeated(cdr: TelephoneDatabase) -> None:
    cdr.add("cdr", **numbered(1, minute=50))
    follower = reading(cdr)
    assert ids(follower.fetch()) == ["1795400001.1"]
    assert (follower.fetch(), follower.batches) == ([], 1)
    cdr.add("cdr", **numbered(2, minute=20, duration=1_900))
    assert ids(follower.fetch()) == ["1795400002.1"]


def test_a_leg_that_follows_changes_the_call(cdr: TelephoneDatabase) -> None:
    cdr.add("cdr", **leg(disposition="NO ANSWER"))
    follower = reading(cdr)
    follower.fetch()
    cdr.add("cdr", **leg(calldate="2026-11-23 09:15:30", uniqueid="1795400130.2"))
    (call,) = follower.fetch()
    assert isinstance(call, Call)
    assert (call.outcome, call.t_enter) == ("unknown", NINE_FIFTEEN)


def test_a_call_at_the_edge_of_what_is_read_again_is_not_cut(sqlite_cdr: TelephoneDatabase) -> None:
    sqlite_cdr.add("cdr", **leg(calldate="2026-11-23 05:00:00"))
    sqlite_cdr.add("cdr", **leg(calldate="2026-11-23 05:50:00", uniqueid="1795400130.2", disposition="NO ANSWER"))
    follower = reading(sqlite_cdr, re_read=timedelta(hours=1))
    for minute in (40, 41):
        sqlite_cdr.add("cdr", **numbered(minute, minute=minute, hour=6))
        assert all(call.outcome == "unknown" for call in follower.fetch() if isinstance(call, Call))
    assert "1795400100.1" not in ids(follower.fetch())


def test_many_rows_of_one_second_are_each_read_once(cdr: TelephoneDatabase) -> None:
    for number in range(11):
        cdr.add("cdr", **numbered(number, minute=min(number, 3)))
    follower = reading(cdr, page=2)
    assert sorted(ids(follower.fetch())) == [f"{1795400000 + number}.1" for number in range(11)]
    assert follower.fetch() == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=12),
    st.integers(1, 5),
    st.lists(st.integers(1, 6), max_size=8),
)
def test_where_reading_stops_never_shows(begun: list[tuple[int, int]], page: int, stops: list[int]) -> None:
    """Calls of two legs up to five hours apart, over two days; no call lasts as long as what is read again."""
    with tempfile.TemporaryDirectory() as folder, telephone_database("sqlite", Path(folder)) as made:
        made.make_cdr()
        for number, (hour, gap) in enumerate(begun):
            for at in (hour, hour + gap):
                local = f"2026-11-{21 + at // 24} {at % 24:02}:00:00"
                made.add("cdr", **{**numbered(number), "calldate": local})
        whole, cut = reading(made), reading(made, page=page)
        expected = {call.call_id: call for call in whole.fetch() if isinstance(call, Call)}
        found = {call.call_id: call for stop in stops for call in cut.fetch(stop) if isinstance(call, Call)}
        found |= {call.call_id: call for call in cut.fetch() if isinstance(call, Call)}
    assert len(expected) == len(begun)
    assert found == expected


def test_a_time_with_its_zone_is_understood(tmp_path: Path) -> None:
    with telephone_database("sqlite", tmp_path) as made:
        made.make_cdr()
        made.add("cdr", **leg())
        (call,) = reading(made, zone="Asia/Jayapura").fetch()
        assert isinstance(call, Call)
        assert call.t_enter == NINE_FIFTEEN - timedelta(hours=2)


@pytest.mark.postgres
def test_a_column_with_time_zone_is_compared_as_one(tmp_path: Path) -> None:
    with telephone_database("postgres", tmp_path) as made:
        made.make_cdr(moment="TIMESTAMP WITH TIME ZONE")
        made.add("cdr", **leg(calldate="2026-11-23 09:15:00+07"))
        follower = reading(made, re_read=timedelta(minutes=5))
        assert [c.data_time for c in follower.fetch()] == [NINE_FIFTEEN + timedelta(seconds=30)]
        made.add("cdr", **numbered(7, minute=14))
        made.run("UPDATE cdr SET calldate = '2026-11-23 09:14:00+07' WHERE linkedid = '1795400007.1'")
        assert ids(follower.fetch()) == ["1795400007.1"]


@pytest.mark.mariadb
def test_a_zero_date_of_a_real_server_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    with telephone_database("mariadb", tmp_path) as made:
        made.make_cdr()
        for number in range(3):
            made.add("cdr", **leg(calldate="0000-00-00 00:00:00", uniqueid=f"1795400200.{number}"))
        made.add("cdr", **leg())
        follower = reading(made, page=2)
        assert ids(follower.fetch()) == ["1795400100.1"]
        assert [note.place for note in follower.refused] == [f"cdr, uniqueid 1795400200.{n}" for n in range(3)]
        assert follower.fetch() == []


def reading(database: TelephoneDatabase, **options: Any) -> Reading:
    given = {"url": SecretStr(database.url), "caller_key": SecretStr(KEY), "table": f"{database.schema}cdr", **options}
    return Reading(Cdr.model_validate(given))


def numbered(number: int, hour: int = 9, minute: int = 0, **cells: Any) -> dict[str, Any]:
    key = f"{1795400000 + number}.1"
    return dict(leg(uniqueid=key, linkedid=key, calldate=f"2026-11-23 {hour:02}:{minute:02}:00", **cells))


def ids(records: list[Any]) -> list[str]:
    return [record.call_id for record in records]
