"""What was written over since is answered as it stood: each family is told, corrected, withdrawn, and asked again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.known_then import NOT_PUT_BACK, StoreThen, can_be_put_back, store_then
from dashboard.exploring.question import Question
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import open_database
from dashboard.store.noted_tables import BY_NAME
from tests.dashboard.asked_calls import MONDAY, wib
from tests.dashboard.asked_then import differing_from_then
from tests.dashboard.families_kept import FAMILIES, LATER, Family
from tests.dashboard.noted_rows import changed_since, note_from, noted_at
from tests.dashboard.resources_kept import NOW, kept
from tests.dashboard.test_known_then import keep_history
from tests.dashboard.test_questions_hazards import warning


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_a_family_is_answered_as_it_was_before_it_was_corrected(engine: Engine, family: Family) -> None:
    assert family.names
    differ = differing_from_then(engine, family.names, NOW, family.first, family.later, family.periods)
    assert len(differ) >= family.differ, f"what came later changed only {differ}"


def test_calls_beside_the_weather_rest_on_the_warnings_of_then(engine: Engine) -> None:
    names = ["incidents112.weather", "incidents112.weather_calls"]
    start = wib(MONDAY - timedelta(days=3), 9)
    then = wib(MONDAY + timedelta(days=9), 14)

    def first(engine: Engine) -> None:
        keep_history(engine, then)
        kept(engine, [warning(start, hours=5)], then, source="bmkg")

    def cancelled(engine: Engine) -> None:
        cancel = warning(start + timedelta(hours=1), identifier="v", message_type="Cancel", references=("w",))
        kept(engine, [cancel], then + timedelta(hours=5), source="bmkg")

    assert differing_from_then(engine, names, then, first, cancelled) == set(names)


STANDS_BY_ITSELF = {
    "measurements": "as of when it became known",
    "week_figures": "as of when it became known",
    "alert_events": "happened at a moment each",
    "notes": "entered and withdrawn at a moment each",
    "row_revisions": "replaced at a moment each",
    "staffed_days": "read only where agent spells of then say so",
    "incident_days": "read only for days that no later row touched",
    "incident_words": "a dictionary that is only added to",
    "sources": "only for who may be named at all",
    "import_findings": "judgement of sources: of today, and said to be",
}
"""Tables that questions read past any cover, and why that is no look into today."""


def test_no_question_that_is_put_back_reads_a_table_of_today(sqlite_store_url: str) -> None:
    engine = open_database(sqlite_store_url)
    note_from(engine, NOW - timedelta(days=400))
    with noted_at(engine, NOW - timedelta(hours=1)):
        keep_history(engine, NOW)
        for family in FAMILIES.values():
            family.first(engine)
    with noted_at(engine, LATER):
        for family in FAMILIES.values():
            family.later(engine)
    unchanged = BY_NAME.keys() - changed_since(engine, NOW)
    read: dict[str, set[str]] = {}
    with store_then(engine, NOW) as store:
        for question in filter(can_be_put_back, QUESTIONS.values()):
            for office, station in ((None, None), ("DLH", "sensor/pacet")):
                filters = replace(last_days(90, NOW.date()), office=office, station=station)
                store.ask(question, filters)
                read.setdefault(question.id, set()).update(read_past_covers(store, question, filters))
    engine.dispose()
    todays = {name: tables - unchanged - STANDS_BY_ITSELF.keys() for name, tables in read.items()}
    assert {name: tables for name, tables in todays.items() if tables} == {}
    assert "measurements" in set().union(*read.values()), "nothing was seen at all"
    assert len(unchanged) < len(BY_NAME) / 2, "hardly a table was changed"


def read_past_covers(store: StoreThen, question: Question, filters: Filters) -> set[str]:
    """The tables of the store that the question reads by their own name and through no view."""
    found: set[str] = set()

    def note(action: int, table: str, _column: str, schema: str, through: str | None) -> int:
        if action == sqlite3.SQLITE_READ and schema == "main" and through is None and table:
            found.add(table)
        return sqlite3.SQLITE_OK

    driver: Any = store.connection.connection.driver_connection
    driver.set_authorizer(note)
    store.ask(question, filters)
    driver.set_authorizer(None)
    return found - {"sqlite_master", "json_each"}


def test_every_question_is_put_back_or_listed_with_its_reason() -> None:
    assert NOT_PUT_BACK.keys() <= QUESTIONS.keys()
    assert all(len(reason) > 20 for reason in NOT_PUT_BACK.values())
    assert {name for name, question in QUESTIONS.items() if not can_be_put_back(question)} == NOT_PUT_BACK.keys()
    assert set(NOT_PUT_BACK) == {
        "calls112.repeat_callers", "desk112.not_called_back", "sources.findings", "sources.finding_examples",
        "sources.quarantine", "alerts.messages",
    }  # fmt: skip
