"""A family of questions asked before and after the store changed, and asked again for the moment before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.known_then import store_then
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading
from tests.dashboard.noted_rows import note_from, noted_at


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, its own notes included."""
    return [dict(row) for row in answer.rows], answer.n, answer.data_time, answer.missing, list(answer.marks)


Asked = dict[tuple[str, Filters], Answer]


def ask_now(engine: Engine, asked: Sequence[tuple[str, Filters]], at: datetime) -> Asked:
    with reading(engine) as connection:
        return {(name, filters): QUESTIONS[name].ask(connection, filters, at) for name, filters in asked}


def differing_from_then(
    engine: Engine,
    names: Sequence[str],
    then: datetime,
    first: Callable[[Engine], None],
    later: Callable[[Engine], None],
    periods: Sequence[Filters] = (),
) -> set[str]:
    """Asserts that `names` are answered as they were before `later`; the questions whose answer of today differs."""
    chosen = periods or [last_days(366, then.date())]
    asked = [(name, filters) for filters in chosen for name in names]
    note_from(engine, then - timedelta(days=400))
    with noted_at(engine, then - timedelta(hours=1)):
        first(engine)
    given = ask_now(engine, asked, then)
    with noted_at(engine, then + timedelta(hours=5)):
        later(engine)
    now = ask_now(engine, asked, then)
    with store_then(engine, then) as store:
        again = {one: store.ask(QUESTIONS[one[0]], one[1]) for one in asked}
    for one in asked:
        assert said(again[one]) == said(given[one]), one
        assert set(given[one].notes) <= set(again[one].notes), one
        assert not any("tidak dicatat" in note for note in again[one].notes), one
    return {one[0] for one in asked if said(now[one]) != said(given[one])}
