"""The call_center database of Issabel: calls with their answers, classes chosen from a list, agents by number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from datasources.calls112.issabel import Issabel
from datasources.calls112.records import AgentSpell, Call, CallClass
from datasources.contract import SourceUnavailable
from datasources.privacy import caller_hash
from tests.datasources.telephone_database import KEY, Reading, TelephoneDatabase, entry, session, telephone_database

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE_FIFTEEN = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
SEVEN = datetime(2026, 11, 23, 0, tzinfo=UTC)
CALLER = caller_hash("081234567890", KEY.encode())
ANSWERED = Call(
    "1795400100.1", "112", NINE_FIFTEEN, NINE_FIFTEEN + timedelta(seconds=6), NINE_FIFTEEN + timedelta(seconds=96),
    wait_s=6, talk_s=90, outcome="answered", caller_hash=CALLER, agent_code="3",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TelephoneDatabase]:
    """Their database on a file and on the server it is made for."""
    with telephone_database(request.param, tmp_path) as made:
        made.make_call_center()
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[TelephoneDatabase]:
    with telephone_database("sqlite", tmp_path) as made:
        made.make_call_center()
        yield made


def test_a_finished_call_is_told_whole(centre: TelephoneDatabase) -> None:
    centre.add("call_entry", **entry())
    assert reading(centre).fetch() == [ANSWERED]


@pytest.mark.parametrize(
    ("cells", "outcome", "answered", "ended"),
    [
        ({"status": "abandonada", "datetime_init": None, "id_agent": None, "duration": None}, "abandoned", False, True),
        ({"status": "activa", "datetime_end": None, "duration": None}, "answered", True, False),
        ({"status": "hold", "datetime_end": None, "duration": None}, "answered", True, False),
        ({"status": "en-cola", "datetime_init": None, "datetime_end": None, "duration": None}, None, False, False),
        ({"status": "fin-monitoreo", "datetime_init": None, "datetime_end": None}, "unknown", False, False),
        ({"status": "fin-monitoreo", "datetime_end": None}, "answered", True, False),
    ],
)
def test_each_status_says_how_far_the_call_came(
    centre: TelephoneDatabase, cells: dict[str, Any], outcome: str | None, answered: bool, ended: bool
) -> None:
    centre.add("call_entry", **entry(**cells))
    (call,) = reading(centre).fetch()
    assert isinstance(call, Call)
    assert (call.outcome, call.t_answer is not None, call.t_end is not None) == (outcome, answered, ended)
    assert call.talk_s is None
    assert call.wait_s == 6


@pytest.mark.parametrize("blank", [None, "", "siapa saja"])
def test_a_call_without_a_uniqueid_is_known_by_its_row(small: TelephoneDatabase, blank: str | None) -> None:
    for number in (1, 2):
        small.add("call_entry", **entry(id=number, uniqueid=blank))
    assert ids(reading(small).fetch()) == ["call_entry-1", "call_entry-2"]


def test_only_the_named_queues_are_read(small: TelephoneDatabase) -> None:
    small.add("call_entry", **entry())
    small.add("call_entry", **entry(id=2, id_queue_call_entry=2, uniqueid="1795400100.2"))
    small.add("call_entry", **entry(id=3, uniqueid="1795400100.3"))
    follower = reading(small, queues=["900"])
    assert ids(follower.fetch()) == ["1795400100.2"]
    assert follower.cursor["calls"]["id"] == 3
    assert follower.fetch() == []


def test_the_class_an_agent_chose_belongs_to_the_call(centre: TelephoneDatabase) -> None:
    with_classes(centre)
    centre.add("call_entry", **entry())
    centre.add("form_data_recolected_entry", id=1, id_call_entry=1, id_form_field=8, value="Siti, dekat pasar")
    centre.add("form_data_recolected_entry", id=2, id_call_entry=1, id_form_field=7, value="Prank")
    follower = reading(centre, class_field=7)
    assert follower.fetch() == [ANSWERED, CallClass("1795400100.1", NINE_FIFTEEN, "Prank", CALLER)]
    centre.run("UPDATE form_data_recolected_entry SET value = 'Darurat' WHERE id = 2")
    assert follower.fetch()[1:] == [CallClass("1795400100.1", NINE_FIFTEEN, "Darurat", CALLER)]
    assert follower.fetch() == []


def test_a_word_that_is_no_choice_is_not_read(small: TelephoneDatabase) -> None:
    with_classes(small)
    for number, value in enumerate(("Siti Aminah 081234567890", "Iseng"), start=1):
        small.add("call_entry", **entry(id=number, uniqueid=f"1795400100.{number}"))
        small.add("form_data_recolected_entry", id=number, id_call_entry=number, id_form_field=7, value=value)
    follower = reading(small, class_field=7, class_words=["Iseng"])
    classes = [record.class_raw for record in follower.fetch() if isinstance(record, CallClass)]
    (note,) = follower.refused
    assert classes == ["Iseng"]
    assert note.reason.startswith("nilai bukan pilihan isian kelas (class_field)")
    assert note.place == "form_data_recolected_entry, id 1"


@pytest.mark.parametrize("number", [8, 99])
def test_free_text_cannot_be_the_class(small: TelephoneDatabase, number: int) -> None:
    with_classes(small)
    with pytest.raises(SourceUnavailable, match=rf"class_field {number} bukan isian pilihan \(LIST\).*yang ada: 7\."):
        reading(small, class_field=number).fetch()


def test_logins_and_breaks_are_spells_and_holding_a_caller_is_not(centre: TelephoneDatabase) -> None:
    centre.add("audit", **session())
    centre.add("audit", **session(id=2, id_break=1, datetime_init="2026-11-23 09:16:00"))
    centre.add("audit", **session(id=3, id_break=2, datetime_init="2026-11-23 12:00:00", datetime_end=None,
                                  duration=None))  # fmt: skip
    assert reading(centre).fetch() == [
        AgentSpell("3", "", "login", SEVEN, SEVEN + timedelta(hours=8)),
        AgentSpell("3", "", "pause", SEVEN + timedelta(hours=5)),
    ]


def test_a_spell_without_an_end_but_with_a_length_has_ended(centre: TelephoneDatabase) -> None:
    centre.add("audit", **session(datetime_end=None, duration="26:30:15"))
    (spell,) = reading(centre).fetch()
    assert isinstance(spell, AgentSpell)
    assert spell.end == SEVEN + timedelta(hours=26, minutes=30, seconds=15)


def test_a_login_of_weeks_gets_its_end(centre: TelephoneDatabase) -> None:
    centre.add("audit", **session(datetime_init="2026-10-01 07:00:00", datetime_end=None, duration=None))
    centre.add("audit", **session(id=2, id_agent=4, datetime_init="2026-10-02 07:00:00"))
    follower = reading(centre)
    follower.fetch()
    assert follower.fetch() == []
    centre.run("UPDATE audit SET datetime_end = '2026-11-23 13:00:00' WHERE id = 1")
    (spell,) = follower.fetch()
    assert isinstance(spell, AgentSpell)
    assert (spell.agent_code, spell.end) == ("3", datetime(2026, 11, 23, 6, tzinfo=UTC))
    assert follower.fetch() == []


def test_nothing_new_yields_nothing_and_a_finished_call_is_given_again(centre: TelephoneDatabase) -> None:
    waiting = {"status": "en-cola", "datetime_init": None, "datetime_end": None, "duration": None, "id_agent": None}
    centre.add("call_entry", **entry(**waiting))
    centre.add("audit", **session())
    follower = reading(centre)
    assert len(follower.fetch()) == 2
    batches = follower.batches
    assert (follower.fetch(), follower.batches) == ([], batches)
    centre.run("DELETE FROM call_entry")
    centre.add("call_entry", **entry())
    assert follower.fetch() == [ANSWERED]


def test_rows_older_than_what_is_read_again_are_left_alone(small: TelephoneDatabase) -> None:
    small.add("call_entry", **entry(datetime_entry_queue="2026-11-01 09:00:00"))
    small.add("call_entry", **entry(id=2, uniqueid="1795400100.2"))
    follower = reading(small)
    follower.fetch()
    small.run("UPDATE call_entry SET duration = 91")
    assert ids(follower.fetch()) == ["1795400100.2"]


def test_a_rebuilt_database_is_read_from_its_first_row(small: TelephoneDatabase) -> None:
    small.add("call_entry", **entry(id=500))
    follower = reading(small)
    follower.fetch()
    small.run("DELETE FROM call_entry")
    small.add("call_entry", **entry())
    assert follower.fetch() == [ANSWERED]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.lists(st.integers(1, 4), max_size=4), st.lists(st.integers(1, 12), max_size=6))
def test_where_reading_stops_never_shows(page: int, stops: list[int], edited: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, telephone_database("sqlite", Path(folder)) as made:
        made.make_call_center()
        for number in range(1, 13):
            made.add("call_entry", **entry(id=number, uniqueid=f"1795400100.{number}"))
            made.add("audit", **session(id=number, id_agent=number))
        cut = reading(made, page=page)
        kept: dict[str, Any] = {}
        for stop in [*stops, 1000]:
            kept |= {repr(key_of(record)): record for record in cut.fetch(stop)}
        for number in edited:
            made.run(f"UPDATE call_entry SET duration = {100 + number} WHERE id = {number}")
        kept |= {repr(key_of(record)): record for record in cut.fetch()}
        assert kept == {repr(key_of(record)): record for record in reading(made).fetch()}


@pytest.mark.mariadb
def test_a_zero_date_of_a_real_server_is_no_date(tmp_path: Path) -> None:
    with telephone_database("mariadb", tmp_path) as made:
        made.make_call_center()
        made.add("call_entry", **entry(datetime_init="0000-00-00 00:00:00", datetime_end="0000-00-00 00:00:00",
                                       status="abandonada"))  # fmt: skip
        made.add("audit", **session(datetime_end="0000-00-00 00:00:00", duration=None))
        follower = reading(made)
        call, spell = follower.fetch()
        assert isinstance(call, Call)
        assert isinstance(spell, AgentSpell)
        assert (call.t_answer, call.t_end, spell.end, follower.refused) == (None, None, None, [])
        assert follower.fetch() == []


def with_classes(centre: TelephoneDatabase) -> None:
    centre.add("form_field", id=7, id_form=1, etiqueta="Kelas", value="Darurat,Prank,Ghost,", tipo="LIST")
    centre.add("form_field", id=8, id_form=1, etiqueta="Catatan", value="", tipo="TEXT")


def reading(centre: TelephoneDatabase, **options: Any) -> Reading:
    return Reading(Issabel.model_validate({"url": SecretStr(centre.url), "caller_key": SecretStr(KEY), **options}))


def key_of(record: Any) -> Any:
    return record.call_id if isinstance(record, Call) else replace(record, end=None)


def ids(records: list[Any]) -> list[str]:
    return [record.call_id for record in records]
